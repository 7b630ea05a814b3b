package dev.flambeau.kernel;

import java.util.Arrays;

/** Integer products, exact modulo 2³² and 2⁶⁴: rows of C in parallel, each a sum of multiples of B's rows. */
final class GemmIntegers {
  private static final long PRODUCTS_PER_CHUNK = 1 << 16;

  private GemmIntegers() {}

  static void multiply(int m, int n, int k, int[] a, int aOff, int aRow, int aCol, int[] b, int bOff, int bRow,
      int bCol, int[] c, int cOff, int cRow, boolean accumulate) {
    Parallel.forRange(m, grain(n, k), (start, end) -> {
      for (int i = start; i < end; i++) {
        int to = cOff + i * cRow;
        if (!accumulate) Arrays.fill(c, to, to + n, 0);
        for (int p = 0; p < k; p++) {
          int factor = a[aOff + i * aRow + p * aCol];
          int from = bOff + p * bRow;
          if (bCol == 1) {
            for (int j = 0; j < n; j++) c[to + j] += factor * b[from + j];
          } else {
            for (int j = 0; j < n; j++) c[to + j] += factor * b[from + j * bCol];
          }
        }
      }
    });
  }

  static void multiply(int m, int n, int k, long[] a, int aOff, int aRow, int aCol, long[] b, int bOff, int bRow,
      int bCol, long[] c, int cOff, int cRow, boolean accumulate) {
    Parallel.forRange(m, grain(n, k), (start, end) -> {
      for (int i = start; i < end; i++) {
        int to = cOff + i * cRow;
        if (!accumulate) Arrays.fill(c, to, to + n, 0);
        for (int p = 0; p < k; p++) {
          long factor = a[aOff + i * aRow + p * aCol];
          int from = bOff + p * bRow;
          if (bCol == 1) {
            for (int j = 0; j < n; j++) c[to + j] += factor * b[from + j];
          } else {
            for (int j = 0; j < n; j++) c[to + j] += factor * b[from + j * bCol];
          }
        }
      }
    });
  }

  private static int grain(int n, int k) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, PRODUCTS_PER_CHUNK / Math.max(1, (long) n * k)));
  }
}
