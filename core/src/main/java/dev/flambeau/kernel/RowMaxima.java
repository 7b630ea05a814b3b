package dev.flambeau.kernel;

import dev.flambeau.array.NdArray;

/**
 * The greatest element of each of many short rows that lie one after the other. Compared as integers, four at a time: comparisons of real numbers are
 * compiled to jumps that cannot be predicted.
 */
public final class RowMaxima {
  private static final int GRAIN = 1 << 15;

  private RowMaxima() {}

  /** The greatest of each {@code x[i, …]} to {@code out[i]}; both are contiguous and real. If there are NaNs, it may be one, or not. */
  public static void find(NdArray out, NdArray x) {
    int rows = out.numel();
    if (rows == 0) return;
    int n = x.numel() / rows;
    Parallel.forRange(rows, Math.max(1, GRAIN / Math.max(1, n)), (from, to) -> {
      for (int row = from; row < to; row++) {
        int start = x.offset() + row * n;
        switch (x.type()) {
          case FLOAT32 -> out.floats()[out.offset() + row] = greatest(x.floats(), start, start + n);
          case FLOAT64 -> out.doubles()[out.offset() + row] = greatest(x.doubles(), start, start + n);
          case INT64, INT32, UINT8, BOOL -> throw new IllegalArgumentException("expected real numbers, not " + x);
        }
      }
    });
  }

  private static float greatest(float[] x, int from, int to) {
    int a = key(Float.NEGATIVE_INFINITY);
    int b = a;
    int c = a;
    int d = a;
    int i = from;
    for (; i + 3 < to; i += 4) {
      a = Math.max(a, key(x[i]));
      b = Math.max(b, key(x[i + 1]));
      c = Math.max(c, key(x[i + 2]));
      d = Math.max(d, key(x[i + 3]));
    }
    for (; i < to; i++) a = Math.max(a, key(x[i]));
    int greatest = Math.max(Math.max(a, b), Math.max(c, d));
    return Float.intBitsToFloat(greatest ^ greatest >> 31 & Integer.MAX_VALUE);
  }

  /** An integer in the order of the floats. */
  private static int key(float value) {
    int bits = Float.floatToRawIntBits(value);
    return bits ^ bits >> 31 & Integer.MAX_VALUE;
  }

  private static double greatest(double[] x, int from, int to) {
    double best = Double.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) if (x[i] > best) best = x[i];
    return best;
  }
}
