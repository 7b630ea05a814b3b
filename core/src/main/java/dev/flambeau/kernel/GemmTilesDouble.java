package dev.flambeau.kernel;

import java.util.Arrays;

/** Tiles of doubles. */
final class GemmTilesDouble extends GemmTiles<double[]> {
  /** The steps of k packed at a time: short enough for the written stretch of the panel to stay in the first cache. */
  private static final int STRETCH = 64;

  GemmTilesDouble(int rows, int vectorBits) { super(true, rows, vectorBits); }

  @Override
  GemmTile<double[]> scalar(int height, int width, GemmLayout layout) {
    return new GemmTileScalar.Doubles(height, width, layout);
  }

  @Override
  double[] room(int length) { return new double[length]; }

  @Override
  double[] take(int length) { return Workspace.takeDoubles(length); }

  @Override
  void give(double[] array) { Workspace.give(array); }

  @Override
  void pack(double[] from, int at, int step, int kStep, int used, int width, int depth, double[] to, int toAt) {
    if (used < width) Arrays.fill(to, toAt, toAt + width * depth, 0);
    if (step == 1) {
      for (int k = 0; k < depth; k++) System.arraycopy(from, at + k * kStep, to, toAt + k * width, used);
      return;
    }
    for (int first = 0; first < used; first += lanes) {
      int group = Math.min(lanes, used - first);
      int start = at + first * step;
      int done = kStep == 1 ? turn(from, start, step, group, width, depth, to, toAt + first) : 0;
      for (int k = done; k < depth; k += STRETCH) {
        packStretch(from, start + k * kStep, step, kStep, group, width, Math.min(STRETCH, depth - k), to,
            toAt + k * width + first);
      }
    }
  }

  private static void packStretch(double[] from, int at, int step, int kStep, int used, int width, int depth,
      double[] to, int toAt) {
    int i = 0;
    if (kStep == 1) {
      for (; i + 4 <= used; i += 4) packFour(from, at + i * step, step, depth, to, toAt + i, width);
    }
    for (; i < used; i++) {
      for (int k = 0; k < depth; k++) to[toAt + k * width + i] = from[at + i * step + k * kStep];
    }
  }

  /** Four rows of the operand become four columns of the panel. */
  private static void packFour(double[] from, int r0, int step, int count, double[] to, int toAt, int width) {
    int r1 = r0 + step;
    int r2 = r1 + step;
    int r3 = r2 + step;
    for (int p = 0; p < count; p++) {
      int w = toAt + p * width;
      to[w] = from[r0 + p];
      to[w + 1] = from[r1 + p];
      to[w + 2] = from[r2 + p];
      to[w + 3] = from[r3 + p];
    }
  }

  @Override
  void copy(double[] tile, int tileRow, int rows, int columns, double[] c, int cFrom, int cRow,
      boolean accumulate) {
    for (int r = 0; r < rows; r++) {
      int from = r * tileRow;
      int to = cFrom + r * cRow;
      if (accumulate) {
        for (int j = 0; j < columns; j++) c[to + j] += tile[from + j];
      } else {
        System.arraycopy(tile, from, c, to, columns);
      }
    }
  }

  @Override
  void finishDot(double[] lanes, int from, int count, double[] a, int aFrom, double[] x, int xFrom, int rest,
      double[] c, int to,
      boolean accumulate) {
    double sum = 0;
    for (int l = 0; l < count; l++) sum += lanes[from + l];
    double last = 0;
    for (int p = 0; p < rest; p++) last += a[aFrom + p] * x[xFrom + p];
    c[to] = accumulate ? c[to] + (sum + last) : sum + last;
  }
}
