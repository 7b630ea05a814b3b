package dev.flambeau.kernel;

/**
 * What tiles of vectors compute, to the bit, without vectors: each sum is fused and in the same order. It stands in for
 * them until they are compiled, and where there are none.
 *
 * <p>The compiler makes vectors of the loops along a row if they are long enough, but only of arrays of their own, so
 * B's rows are copied.
 */
final class GemmTileScalar {
  private GemmTileScalar() {}

  /** A tile of floats. */
  record Floats(int height, int width, GemmLayout layout) implements GemmTile<float[]> {
    @Override
    public void multiply(float[] a, int aFrom, int aEnd, int aStep, float[] b, int bFrom, int bRow, float[] c,
        int cFrom,
        int cRow, boolean accumulate) {
      int[] bSteps = GemmTile.steps(layout.places(aFrom, aEnd, aStep).length, bRow);
      multiply(a, aFrom, aEnd, aStep, b, bFrom, bSteps, c, cFrom, cRow, accumulate);
    }

    @Override
    public void multiply(float[] a, int aFrom, int aEnd, int aStep, float[] b, int bFrom, int[] bSteps, float[] c,
        int cFrom, int cRow, boolean accumulate) {
      float[][] sums = new float[height][width];
      float[][] rows = new float[4][width];
      int[] places = layout.places(aFrom, aEnd, aStep);
      int rowStep = layout.rowStep() == 0 ? aStep : layout.rowStep();
      int group = layout.lanewise() ? 1 : 4;
      for (int k = 0; k < places.length; k += group) {
        int count = Math.min(group, places.length - k);
        for (int p = 0; p < count; p++) System.arraycopy(b, bFrom + bSteps[k + p], rows[p], 0, width);
        for (int r = 0; r < height; r++) {
          int x = r * rowStep;
          if (layout.lanewise()) {
            System.arraycopy(a, places[k] + x, rows[1], 0, width);
            add(rows[1], rows[0], sums[r]);
          } else if (count == 4) {
            add(a[places[k] + x], rows[0], a[places[k + 1] + x], rows[1], a[places[k + 2] + x], rows[2],
                a[places[k + 3] + x], rows[3], sums[r]);
          } else {
            for (int p = 0; p < count; p++) add(a[places[k + p] + x], rows[p], sums[r]);
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

  private static void add(float[] a, float[] b, float[] sums) {
    for (int j = 0; j < sums.length; j++) sums[j] = Math.fma(a[j], b[j], sums[j]);
  }

  /** A tile of doubles. */
  record Doubles(int height, int width, GemmLayout layout) implements GemmTile<double[]> {
    @Override
    public void multiply(double[] a, int aFrom, int aEnd, int aStep, double[] b, int bFrom, int bRow, double[] c,
        int cFrom,
        int cRow, boolean accumulate) {
      int[] bSteps = GemmTile.steps(layout.places(aFrom, aEnd, aStep).length, bRow);
      multiply(a, aFrom, aEnd, aStep, b, bFrom, bSteps, c, cFrom, cRow, accumulate);
    }

    @Override
    public void multiply(double[] a, int aFrom, int aEnd, int aStep, double[] b, int bFrom, int[] bSteps, double[] c,
        int cFrom, int cRow, boolean accumulate) {
      double[][] sums = new double[height][width];
      double[][] rows = new double[4][width];
      int[] places = layout.places(aFrom, aEnd, aStep);
      int rowStep = layout.rowStep() == 0 ? aStep : layout.rowStep();
      int group = layout.lanewise() ? 1 : 4;
      for (int k = 0; k < places.length; k += group) {
        int count = Math.min(group, places.length - k);
        for (int p = 0; p < count; p++) System.arraycopy(b, bFrom + bSteps[k + p], rows[p], 0, width);
        for (int r = 0; r < height; r++) {
          int x = r * rowStep;
          if (layout.lanewise()) {
            System.arraycopy(a, places[k] + x, rows[1], 0, width);
            add(rows[1], rows[0], sums[r]);
          } else if (count == 4) {
            add(a[places[k] + x], rows[0], a[places[k + 1] + x], rows[1], a[places[k + 2] + x], rows[2],
                a[places[k + 3] + x], rows[3], sums[r]);
          } else {
            for (int p = 0; p < count; p++) add(a[places[k + p] + x], rows[p], sums[r]);
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
      double[] b3, double[] sums) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] = Math.fma(a3, b3[j], Math.fma(a2, b2[j], Math.fma(a1, b1[j], Math.fma(a0, b0[j], sums[j]))));
    }
  }

  private static void add(double a, double[] b, double[] sums) {
    for (int j = 0; j < sums.length; j++) sums[j] = Math.fma(a, b[j], sums[j]);
  }

  private static void add(double[] a, double[] b, double[] sums) {
    for (int j = 0; j < sums.length; j++) sums[j] = Math.fma(a[j], b[j], sums[j]);
  }
}
