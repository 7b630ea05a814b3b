package dev.flambeau.kernel;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import java.util.Arrays;

/**
 * The greatest or least element along a dimension, and where it is.
 *
 * <p>The first of equals wins, and the first NaN wins over everything. Results keep the dimension with size 1.
 * Dimensions count from 0 and are in range; a single number is a lane of one element.
 */
public final class ArgReduce {
  /** Neighbouring lanes that go through memory together, few enough to keep what is best so far in cache. */
  private static final int BAND = 512;
  private static final int NARROW = 4;
  private static final int GRAIN = 1 << 15;

  private ArgReduce() {}

  /**
   * Extreme elements and where they are.
   *
   * @param indices INT64, along the reduced dimension
   */
  public record Extremes(NdArray values, NdArray indices) {}

  /**
   * Index of the greatest element along {@code dim}, as INT64.
   *
   * @throws IllegalArgumentException if {@code dim} is empty
   */
  public static NdArray argmax(NdArray x, int dim) { return indices(x, lanes("argmax", x, dim), dim, true); }

  /**
   * Index of the least element along {@code dim}, as INT64.
   *
   * @throws IllegalArgumentException if {@code dim} is empty
   */
  public static NdArray argmin(NdArray x, int dim) { return indices(x, lanes("argmin", x, dim), dim, false); }

  /**
   * The greatest or least elements along {@code dim} with their indices.
   *
   * @throws IllegalArgumentException if {@code dim} is empty
   */
  public static Extremes minmax(NdArray x, int dim, boolean max) {
    Lanes lanes = lanes(max ? "max" : "min", x, dim);
    NdArray indices = indices(x, lanes, dim, max);
    int[] positions = lanes.starts();
    for (int lane = 0; lane < positions.length; lane++) positions[lane] += (int) indices.longs()[lane] * lanes.stride();
    return new Extremes(Elements.take(x, positions, indices.shape()), indices);
  }

  private static Lanes lanes(String op, NdArray x, int dim) {
    Lanes lanes = Lanes.of(x, dim);
    if (lanes.size() == 0) {
      throw new IllegalArgumentException(op + ": dimension " + dim + " of shape " + x.shape()
          + " is empty and has no extreme element; reduce over a dimension that is not");
    }
    return lanes;
  }

  private static NdArray indices(NdArray x, Lanes lanes, int dim, boolean max) {
    Shape shape = x.rank() == 0 ? Shape.SCALAR : x.shape().with(dim, 1);
    NdArray out = NdArray.allocate(ElementType.INT64, shape);
    long[] at = out.longs();
    int fewest = lanes.stride() == 1 ? 1 : BAND;
    Parallel.forRange(lanes.count(), Math.max(fewest, GRAIN / lanes.size()), (from, to) -> {
      for (int lane = from; lane < to;) {
        int band = lanes.stride() == 1 ? 1 : band(lanes.starts(), lane, to);
        if (band < NARROW) at[lane] = alongLane(x, lanes.starts()[lane], lanes, max);
        else acrossLanes(x, lanes.starts()[lane], lanes, max, at, lane, lane + band);
        lane += band < NARROW ? 1 : band;
      }
    });
    return out;
  }

  /** How many lanes from {@code lane} on start next to each other. */
  private static int band(int[] starts, int lane, int end) {
    int last = Math.min(end, lane + BAND) - lane;
    int band = 1;
    while (band < last && starts[lane + band] == starts[lane] + band) band++;
    return band;
  }

  /** The index of one lane's extreme; the least is the greatest of the elements in opposite order. */
  private static int alongLane(NdArray x, int start, Lanes lanes, boolean max) {
    int size = lanes.size();
    int stride = lanes.stride();
    int sign = max ? 1 : -1;
    int flip = max ? 0 : -1;
    int at = 0;
    switch (x.type()) {
      case FLOAT32 -> {
        float[] a = x.floats();
        float best = Float.NEGATIVE_INFINITY;
        for (int i = 0, p = start; i < size; i++, p += stride) {
          float v = sign * a[p];
          if (v <= best) continue;
          best = v;
          at = i;
          if (Float.isNaN(v)) break;
        }
      }
      case FLOAT64 -> {
        double[] a = x.doubles();
        double best = Double.NEGATIVE_INFINITY;
        for (int i = 0, p = start; i < size; i++, p += stride) {
          double v = sign * a[p];
          if (v <= best) continue;
          best = v;
          at = i;
          if (Double.isNaN(v)) break;
        }
      }
      case INT64, INT32, UINT8, BOOL -> {
        long best = Long.MIN_VALUE;
        for (int i = 0, p = start; i < size; i++, p += stride) {
          long v = x.longAt(p) ^ flip;
          if (v <= best) continue;
          best = v;
          at = i;
        }
      }
    }
    return at;
  }

  /** The indices of neighbouring lanes' extremes, to {@code at[from], …}, reading memory in order. */
  private static void acrossLanes(NdArray x, int start, Lanes lanes, boolean max, long[] at, int from, int to) {
    int size = lanes.size();
    int stride = lanes.stride();
    int sign = max ? 1 : -1;
    int flip = max ? 0 : -1;
    int band = to - from;
    switch (x.type()) {
      case FLOAT32 -> {
        float[] a = x.floats();
        float[] best = new float[band];
        Arrays.fill(best, Float.NEGATIVE_INFINITY);
        for (int i = 0, p = start; i < size; i++, p += stride) {
          for (int j = 0; j < band; j++) {
            float v = sign * a[p + j];
            if (v <= best[j] || Float.isNaN(best[j])) continue;
            best[j] = v;
            at[from + j] = i;
          }
        }
      }
      case FLOAT64 -> {
        double[] a = x.doubles();
        double[] best = new double[band];
        Arrays.fill(best, Double.NEGATIVE_INFINITY);
        for (int i = 0, p = start; i < size; i++, p += stride) {
          for (int j = 0; j < band; j++) {
            double v = sign * a[p + j];
            if (v <= best[j] || Double.isNaN(best[j])) continue;
            best[j] = v;
            at[from + j] = i;
          }
        }
      }
      case INT64, INT32, UINT8, BOOL -> {
        long[] best = new long[band];
        Arrays.fill(best, Long.MIN_VALUE);
        for (int i = 0, p = start; i < size; i++, p += stride) {
          for (int j = 0; j < band; j++) {
            long v = x.longAt(p + j) ^ flip;
            if (v <= best[j]) continue;
            best[j] = v;
            at[from + j] = i;
          }
        }
      }
    }
  }
}
