package dev.flambeau.kernel;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;

/** What runs along a dimension and is more than a cumulative sum: each lane from one end to the other, in double precision. */
public final class Recurrences {
  private static final int GRAIN = 1 << 14;

  private Recurrences() {}

  @FunctionalInterface
  private interface LaneBody {
    void run(int lane);
  }

  private static void forLanes(Lanes lanes, LaneBody body) {
    Parallel.forRange(lanes.count(), Math.max(1, GRAIN / Math.max(1, lanes.size())), (from, to) -> {
      for (int lane = from; lane < to; lane++) body.run(lane);
    });
  }

  private static void set(NdArray x, int position, double value) {
    if (x.type() == ElementType.FLOAT32) x.floats()[position] = (float) value;
    else x.doubles()[position] = value;
  }

  /**
   * h with h₀ = b₀ and hᵢ = bᵢ + aᵢ₋₁ · hᵢ₋₁ along {@code dim}; if {@code reverse} from the other end, hᵢ = bᵢ + aᵢ · hᵢ₊₁.
   *
   * @param a the couplings of neighbours: of the shape of {@code b}, but one shorter in {@code dim}
   */
  public static NdArray affine(NdArray a, NdArray b, int dim, boolean reverse) {
    NdArray h = NdArray.unwritten(b.type(), b.shape());
    if (h.numel() == 0) return h;
    Lanes left = Lanes.of(a, dim);
    Lanes right = Lanes.of(b, dim);
    Lanes out = Lanes.of(h, dim);
    int n = out.size();
    forLanes(out, lane -> {
      int p = left.starts()[lane] + (reverse ? (n - 2) * left.stride() : 0);
      int q = right.starts()[lane] + (reverse ? (n - 1) * right.stride() : 0);
      int r = out.starts()[lane] + (reverse ? (n - 1) * out.stride() : 0);
      int step = reverse ? -1 : 1;
      double value = b.doubleAt(q);
      set(h, r, value);
      for (int i = 1; i < n; i++) {
        q += step * right.stride();
        r += step * out.stride();
        value = b.doubleAt(q) + a.doubleAt(p) * value;
        p += step * left.stride();
        set(h, r, value);
      }
    });
    return h;
  }

  /** log Σ eˣ over all elements up to each one along {@code dim}. */
  public static NdArray logCumSumExp(NdArray x, int dim) {
    NdArray y = NdArray.unwritten(x.type(), x.shape());
    Lanes in = Lanes.of(x, dim);
    Lanes out = Lanes.of(y, dim);
    forLanes(out, lane -> {
      double sum = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < out.size(); i++) {
        double value = x.doubleAt(in.starts()[lane] + i * in.stride());
        double high = Math.max(sum, value);
        sum = Double.isInfinite(high) ? high : high + Math.log1p(Math.exp(Math.min(sum, value) - high));
        set(y, out.starts()[lane] + i * out.stride(), sum);
      }
    });
    return y;
  }

  /** The greatest or least element up to each one along {@code dim}, and where it is: the last of equals, and the last NaN over everything. */
  public static ArgReduce.Extremes extremes(NdArray x, int dim, boolean max) {
    NdArray values = NdArray.unwritten(x.type(), x.shape());
    NdArray indices = NdArray.unwritten(ElementType.INT64, x.shape());
    Lanes in = Lanes.of(x, dim);
    Lanes out = Lanes.of(values, dim);
    int[] from = new int[x.numel()];
    boolean real = x.type().isFloating();
    forLanes(out, lane -> {
      int best = in.starts()[lane];
      int at = 0;
      for (int i = 0; i < out.size(); i++) {
        int p = in.starts()[lane] + i * in.stride();
        if (real ? replaces(x.doubleAt(p), x.doubleAt(best), max) : max ? x.longAt(p) >= x.longAt(best)
            : x.longAt(p) <= x.longAt(best)) {
          best = p;
          at = i;
        }
        int q = out.starts()[lane] + i * out.stride();
        from[q] = best;
        indices.longs()[q] = at;
      }
    });
    return new ArgReduce.Extremes(Elements.take(x, from, x.shape()), indices);
  }

  private static boolean replaces(double value, double best, boolean max) {
    return Double.isNaN(value) || (max ? value >= best : value <= best);
  }
}
