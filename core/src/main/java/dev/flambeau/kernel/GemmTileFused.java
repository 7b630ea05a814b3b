package dev.flambeau.kernel;

import java.util.Arrays;

/** What tiles of vectors compute, without vectors, to the bit: each sum is fused and in the same order. */
final class GemmTileFused {
  private GemmTileFused() {}

  static void multiply(int height, int width, float[] a, int aFrom, int aEnd, float[] b, int bFrom, int bRow,
      float[] c, int cFrom, int cRow, boolean accumulate) {
    float[][] sums = new float[height][width];
    float[][] rows = new float[4][width];
    int from = bFrom;
    for (int at = aFrom; at < aEnd; at += 4 * height) {
      int count = Math.min(4, (aEnd - at) / height);
      for (int p = 0; p < count; p++, from += bRow) System.arraycopy(b, from, rows[p], 0, width);
      for (int r = 0; r < height; r++) {
        int x = at + r;
        if (count == 4) {
          add(a[x], rows[0], a[x + height], rows[1], a[x + 2 * height], rows[2], a[x + 3 * height], rows[3], sums[r]);
        } else {
          for (int p = 0; p < count; p++) add(a[x + p * height], rows[p], sums[r]);
        }
      }
    }
    for (int r = 0; r < height; r++) {
      int to = cFrom + r * cRow;
      for (int j = 0; j < width; j++) c[to + j] = accumulate ? sums[r][j] + c[to + j] : sums[r][j];
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

  static void multiply(int height, int width, double[] a, int aFrom, int aEnd, double[] b, int bFrom, int bRow,
      double[] c, int cFrom, int cRow, boolean accumulate) {
    double[][] sums = new double[height][width];
    double[][] rows = new double[4][width];
    int from = bFrom;
    for (int at = aFrom; at < aEnd; at += 4 * height) {
      int count = Math.min(4, (aEnd - at) / height);
      for (int p = 0; p < count; p++, from += bRow) System.arraycopy(b, from, rows[p], 0, width);
      for (int r = 0; r < height; r++) {
        int x = at + r;
        if (count == 4) {
          add(a[x], rows[0], a[x + height], rows[1], a[x + 2 * height], rows[2], a[x + 3 * height], rows[3], sums[r]);
        } else {
          for (int p = 0; p < count; p++) add(a[x + p * height], rows[p], sums[r]);
        }
      }
    }
    for (int r = 0; r < height; r++) {
      int to = cFrom + r * cRow;
      for (int j = 0; j < width; j++) c[to + j] = accumulate ? sums[r][j] + c[to + j] : sums[r][j];
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
