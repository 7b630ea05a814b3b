package dev.flambeau.kernel;

/**
 * Tiles without the Vector API: rows long enough for the compiler to vectorise the loop along them, which it does only
 * if they are arrays of their own, so B's rows and the sums are.
 */
final class GemmTileScalar {
  private static final int ROWS = 8;
  private static final int LANES = 64;

  private GemmTileScalar() {}

  static GemmTiles<float[]> floats() {
    return new GemmTilesFloat(ROWS, LANES, false) {
      @Override
      GemmTile<float[]> newTile(int height, int vectors) {
        return new Floats(height, vectors * LANES);
      }

      @Override
      GemmTileTurn<float[]> newTurn(int used) { throw new UnsupportedOperationException("a turn of vectors"); }

      @Override
      float[] room(int length) { return new float[length]; }

      @Override
      void dots(int rows, int k, float[] a, int aFrom, int rowStep, float[] x, int xFrom, float[] c, int cFrom,
          int cStep, boolean accumulate) {
        GemmTileScalar.dots(rows, k, a, aFrom, rowStep, x, xFrom, c, cFrom, cStep, accumulate);
      }
    };
  }

  static GemmTiles<double[]> doubles() {
    return new GemmTilesDouble(ROWS, LANES, false) {
      @Override
      GemmTile<double[]> newTile(int height, int vectors) {
        return new Doubles(height, vectors * LANES);
      }

      @Override
      GemmTileTurn<double[]> newTurn(int used) { throw new UnsupportedOperationException("a turn of vectors"); }

      @Override
      double[] room(int length) { return new double[length]; }

      @Override
      void dots(int rows, int k, double[] a, int aFrom, int rowStep, double[] x, int xFrom, double[] c, int cFrom,
          int cStep, boolean accumulate) {
        GemmTileScalar.dots(rows, k, a, aFrom, rowStep, x, xFrom, c, cFrom, cStep, accumulate);
      }
    };
  }

  /** Tiles of floats. */
  record Floats(int height, int width) implements GemmTile<float[]> {
    @Override
    public void multiply(float[] a, int aFrom, int aEnd, float[] b, int bFrom, int bRow, float[] c, int cFrom, int cRow,
        boolean accumulate) {
      int[] bSteps = GemmTile.steps((aEnd - aFrom) / height, bRow);
      multiply(a, aFrom, aEnd, b, bFrom, bSteps, c, cFrom, cRow, accumulate);
    }

    @Override
    public void multiply(float[] a, int aFrom, int aEnd, float[] b, int bFrom, int[] bSteps, float[] c, int cFrom,
        int cRow,
        boolean accumulate) {
      float[][] sums = new float[height][width];
      float[][] rows = new float[4][width];
      int depth = (aEnd - aFrom) / height;
      for (int k = 0; k < depth; k += 4) {
        int count = Math.min(4, depth - k);
        for (int p = 0; p < count; p++) System.arraycopy(b, bFrom + bSteps[k + p], rows[p], 0, width);
        for (int r = 0; r < height; r++) {
          int x = aFrom + k * height + r;
          if (count == 4) {
            add(a[x], rows[0], a[x + height], rows[1], a[x + 2 * height], rows[2], a[x + 3 * height], rows[3], sums[r]);
          } else {
            for (int p = 0; p < count; p++) add(a[x + p * height], rows[p], sums[r]);
          }
        }
      }
      for (int r = 0; r < height; r++) {
        int at = cFrom + r * cRow;
        for (int j = 0; j < width; j++) c[at + j] = accumulate ? c[at + j] + sums[r][j] : sums[r][j];
      }
    }
  }

  private static void add(float a0, float[] b0, float a1, float[] b1, float a2, float[] b2, float a3, float[] b3,
      float[] sums) {
    for (int j = 0; j < sums.length; j++) sums[j] = sums[j] + a0 * b0[j] + a1 * b1[j] + a2 * b2[j] + a3 * b3[j];
  }

  private static void add(float a, float[] b, float[] sums) {
    for (int j = 0; j < sums.length; j++) sums[j] += a * b[j];
  }

  /** Tiles of doubles. */
  record Doubles(int height, int width) implements GemmTile<double[]> {
    @Override
    public void multiply(double[] a, int aFrom, int aEnd, double[] b, int bFrom, int bRow, double[] c, int cFrom,
        int cRow,
        boolean accumulate) {
      int[] bSteps = GemmTile.steps((aEnd - aFrom) / height, bRow);
      multiply(a, aFrom, aEnd, b, bFrom, bSteps, c, cFrom, cRow, accumulate);
    }

    @Override
    public void multiply(double[] a, int aFrom, int aEnd, double[] b, int bFrom, int[] bSteps, double[] c, int cFrom,
        int cRow,
        boolean accumulate) {
      double[][] sums = new double[height][width];
      double[][] rows = new double[4][width];
      int depth = (aEnd - aFrom) / height;
      for (int k = 0; k < depth; k += 4) {
        int count = Math.min(4, depth - k);
        for (int p = 0; p < count; p++) System.arraycopy(b, bFrom + bSteps[k + p], rows[p], 0, width);
        for (int r = 0; r < height; r++) {
          int x = aFrom + k * height + r;
          if (count == 4) {
            add(a[x], rows[0], a[x + height], rows[1], a[x + 2 * height], rows[2], a[x + 3 * height], rows[3], sums[r]);
          } else {
            for (int p = 0; p < count; p++) add(a[x + p * height], rows[p], sums[r]);
          }
        }
      }
      for (int r = 0; r < height; r++) {
        int at = cFrom + r * cRow;
        for (int j = 0; j < width; j++) c[at + j] = accumulate ? c[at + j] + sums[r][j] : sums[r][j];
      }
    }
  }

  private static void add(double a0, double[] b0, double a1, double[] b1, double a2, double[] b2, double a3,
      double[] b3,
      double[] sums) {
    for (int j = 0; j < sums.length; j++) sums[j] = sums[j] + a0 * b0[j] + a1 * b1[j] + a2 * b2[j] + a3 * b3[j];
  }

  private static void add(double a, double[] b, double[] sums) {
    for (int j = 0; j < sums.length; j++) sums[j] += a * b[j];
  }

  private static void dots(int rows, int k, float[] a, int aFrom, int rowStep, float[] x, int xFrom, float[] c,
      int cFrom, int cStep, boolean accumulate) {
    for (int i = 0; i < rows; i++) {
      int row = aFrom + i * rowStep;
      float s0 = 0;
      float s1 = 0;
      float s2 = 0;
      float s3 = 0;
      int p = 0;
      for (; p + 4 <= k; p += 4) {
        s0 += a[row + p] * x[xFrom + p];
        s1 += a[row + p + 1] * x[xFrom + p + 1];
        s2 += a[row + p + 2] * x[xFrom + p + 2];
        s3 += a[row + p + 3] * x[xFrom + p + 3];
      }
      for (; p < k; p++) s0 += a[row + p] * x[xFrom + p];
      float sum = (s0 + s1) + (s2 + s3);
      int to = cFrom + i * cStep;
      c[to] = accumulate ? c[to] + sum : sum;
    }
  }

  private static void dots(int rows, int k, double[] a, int aFrom, int rowStep, double[] x, int xFrom, double[] c,
      int cFrom, int cStep, boolean accumulate) {
    for (int i = 0; i < rows; i++) {
      int row = aFrom + i * rowStep;
      double s0 = 0;
      double s1 = 0;
      double s2 = 0;
      double s3 = 0;
      int p = 0;
      for (; p + 4 <= k; p += 4) {
        s0 += a[row + p] * x[xFrom + p];
        s1 += a[row + p + 1] * x[xFrom + p + 1];
        s2 += a[row + p + 2] * x[xFrom + p + 2];
        s3 += a[row + p + 3] * x[xFrom + p + 3];
      }
      for (; p < k; p++) s0 += a[row + p] * x[xFrom + p];
      double sum = (s0 + s1) + (s2 + s3);
      int to = cFrom + i * cStep;
      c[to] = accumulate ? c[to] + sum : sum;
    }
  }
}
