package dev.flambeau.kernel;

/**
 * Matrix products {@code C = A · B} or {@code C += A · B} on Java arrays, with A of m × k, B of k × n and C of m × n.
 *
 * <p>Element (i, p) of A is {@code a[aOff + i*aRow + p*aCol]}, so a transposed operand is one with its strides swapped;
 * B likewise; element (i, j) of C is {@code c[cOff + i*cRow + j]}. The caller has checked the sizes, and C overlaps
 * neither operand. With {@code k == 0} the product is zero. Nothing is skipped: NaN and infinities propagate.
 *
 * <p>The order of the additions depends on the shape and on which strides are 1, never on the number of threads.
 */
public final class Gemm {
  /** Up to this many products a plain loop is as good, and it is not slow while it is cold. */
  private static final long SMALL = 16 * 16 * 16;

  private Gemm() {}

  /** C (+)= A · B in float. */
  public static void sgemm(int m, int n, int k, float[] a, int aOff, int aRow, int aCol, float[] b, int bOff,
      int bRow, int bCol, float[] c, int cOff, int cRow, boolean accumulate) {
    if ((long) m * n * k <= SMALL) {
      small(m, n, k, a, aOff, aRow, aCol, b, bOff, bRow, bCol, c, cOff, cRow, accumulate);
    } else {
      GemmBlocks.multiply(GemmTier.FLOATS, m, n, k, a, aOff, aRow, aCol, b, bOff, bRow, bCol, c, cOff, cRow,
          accumulate);
    }
  }

  /** C (+)= A · B in double. */
  public static void dgemm(int m, int n, int k, double[] a, int aOff, int aRow, int aCol, double[] b, int bOff,
      int bRow, int bCol, double[] c, int cOff, int cRow, boolean accumulate) {
    if ((long) m * n * k <= SMALL) {
      small(m, n, k, a, aOff, aRow, aCol, b, bOff, bRow, bCol, c, cOff, cRow, accumulate);
    } else {
      GemmBlocks.multiply(GemmTier.DOUBLES, m, n, k, a, aOff, aRow, aCol, b, bOff, bRow, bCol, c, cOff, cRow,
          accumulate);
    }
  }

  /** C (+)= A · B in int, wrapping around. */
  public static void igemm(int m, int n, int k, int[] a, int aOff, int aRow, int aCol, int[] b, int bOff, int bRow,
      int bCol, int[] c, int cOff, int cRow, boolean accumulate) {
    GemmIntegers.multiply(m, n, k, a, aOff, aRow, aCol, b, bOff, bRow, bCol, c, cOff, cRow, accumulate);
  }

  /** C (+)= A · B in long, wrapping around. */
  public static void lgemm(int m, int n, int k, long[] a, int aOff, int aRow, int aCol, long[] b, int bOff, int bRow,
      int bCol, long[] c, int cOff, int cRow, boolean accumulate) {
    GemmIntegers.multiply(m, n, k, a, aOff, aRow, aCol, b, bOff, bRow, bCol, c, cOff, cRow, accumulate);
  }

  private static void small(int m, int n, int k, float[] a, int aOff, int aRow, int aCol, float[] b, int bOff,
      int bRow, int bCol, float[] c, int cOff, int cRow, boolean accumulate) {
    for (int i = 0; i < m; i++) {
      int row = aOff + i * aRow;
      int to = cOff + i * cRow;
      int j = 0;
      for (; j + 4 <= n; j += 4) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int y = bOff + j * bCol;
        for (int p = 0, x = row; p < k; p++, x += aCol, y += bRow) {
          float factor = a[x];
          s0 += factor * b[y];
          s1 += factor * b[y + bCol];
          s2 += factor * b[y + 2 * bCol];
          s3 += factor * b[y + 3 * bCol];
        }
        c[to + j] = accumulate ? c[to + j] + s0 : s0;
        c[to + j + 1] = accumulate ? c[to + j + 1] + s1 : s1;
        c[to + j + 2] = accumulate ? c[to + j + 2] + s2 : s2;
        c[to + j + 3] = accumulate ? c[to + j + 3] + s3 : s3;
      }
      for (; j < n; j++) {
        float sum = 0;
        for (int p = 0; p < k; p++) sum += a[row + p * aCol] * b[bOff + p * bRow + j * bCol];
        c[to + j] = accumulate ? c[to + j] + sum : sum;
      }
    }
  }

  private static void small(int m, int n, int k, double[] a, int aOff, int aRow, int aCol, double[] b, int bOff,
      int bRow, int bCol, double[] c, int cOff, int cRow, boolean accumulate) {
    for (int i = 0; i < m; i++) {
      int row = aOff + i * aRow;
      int to = cOff + i * cRow;
      int j = 0;
      for (; j + 4 <= n; j += 4) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int y = bOff + j * bCol;
        for (int p = 0, x = row; p < k; p++, x += aCol, y += bRow) {
          double factor = a[x];
          s0 += factor * b[y];
          s1 += factor * b[y + bCol];
          s2 += factor * b[y + 2 * bCol];
          s3 += factor * b[y + 3 * bCol];
        }
        c[to + j] = accumulate ? c[to + j] + s0 : s0;
        c[to + j + 1] = accumulate ? c[to + j + 1] + s1 : s1;
        c[to + j + 2] = accumulate ? c[to + j + 2] + s2 : s2;
        c[to + j + 3] = accumulate ? c[to + j + 3] + s3 : s3;
      }
      for (; j < n; j++) {
        double sum = 0;
        for (int p = 0; p < k; p++) sum += a[row + p * aCol] * b[bOff + p * bRow + j * bCol];
        c[to + j] = accumulate ? c[to + j] + sum : sum;
      }
    }
  }
}
