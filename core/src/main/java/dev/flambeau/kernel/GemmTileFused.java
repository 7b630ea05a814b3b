package dev.flambeau.kernel;

import java.util.Arrays;

/** What tiles of vectors compute, without vectors, to the bit: each sum is fused and in the same order. */
final class GemmTileFused {
  private GemmTileFused() {}

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
        for (int j = 0; j < width; j++) c[at + j] = accumulate ? sums[r][j] + c[at + j] : sums[r][j];
      }
    }
  }

  private static void add(float a0, float[] b0, float a1, float[] b1, float a2, float[] b2, float a3, float[] b3,
      float[] sums) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] = Math.fma(a3, b3[j], Math.fma(a2, b2[j], Math.fma(a1, b1[j], Math.fma(a0, b0[j], sums[j]))));
    }
  }

  private static void add(float a, float[] b, float[] sums) {
    for (int j = 0; j < sums.length; j++) sums[j] = Math.fma(a, b[j], sums[j]);
  }

  static void dots(int lanes, int rows, int k, float[] a, int aFrom, int rowStep, float[] x, int xFrom, float[] c,
      int cFrom, int cStep, boolean accumulate) {
    int bound = k / lanes * lanes;
    float[] sums = new float[lanes];
    for (int i = 0; i < rows; i++) {
      int row = aFrom + i * rowStep;
      Arrays.fill(sums, 0);
      for (int p = 0; p < bound; p += lanes) {
        for (int l = 0; l < lanes; l++) sums[l] = Math.fma(a[row + p + l], x[xFrom + p + l], sums[l]);
      }
      float sum = 0;
      for (int l = 0; l < lanes; l++) sum += sums[l];
      float rest = 0;
      for (int p = bound; p < k; p++) rest += a[row + p] * x[xFrom + p];
      int to = cFrom + i * cStep;
      c[to] = accumulate ? c[to] + (sum + rest) : sum + rest;
    }
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
        for (int j = 0; j < width; j++) c[at + j] = accumulate ? sums[r][j] + c[at + j] : sums[r][j];
      }
    }
  }

  private static void add(double a0, double[] b0, double a1, double[] b1, double a2, double[] b2, double a3,
      double[] b3,
      double[] sums) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] = Math.fma(a3, b3[j], Math.fma(a2, b2[j], Math.fma(a1, b1[j], Math.fma(a0, b0[j], sums[j]))));
    }
  }

  private static void add(double a, double[] b, double[] sums) {
    for (int j = 0; j < sums.length; j++) sums[j] = Math.fma(a, b[j], sums[j]);
  }

  static void dots(int lanes, int rows, int k, double[] a, int aFrom, int rowStep, double[] x, int xFrom, double[] c,
      int cFrom, int cStep, boolean accumulate) {
    int bound = k / lanes * lanes;
    double[] sums = new double[lanes];
    for (int i = 0; i < rows; i++) {
      int row = aFrom + i * rowStep;
      Arrays.fill(sums, 0);
      for (int p = 0; p < bound; p += lanes) {
        for (int l = 0; l < lanes; l++) sums[l] = Math.fma(a[row + p + l], x[xFrom + p + l], sums[l]);
      }
      double sum = 0;
      for (int l = 0; l < lanes; l++) sum += sums[l];
      double rest = 0;
      for (int p = bound; p < k; p++) rest += a[row + p] * x[xFrom + p];
      int to = cFrom + i * cStep;
      c[to] = accumulate ? c[to] + (sum + rest) : sum + rest;
    }
  }
}
