package dev.flambeau.kernel;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;

/** Copies without conversion: whole rows, or floats across rows. */
final class LoopCopy extends Loop {
  private static final LoopCopy INSTANCE = new LoopCopy();
  private static final int STRIP = 8;

  private LoopCopy() {}

  /** Whether a copy along {@code walk} is one of these. */
  static boolean suits(Walk walk, ElementType type) {
    int[] inner = walk.innerSteps();
    return inner[0] == 1
        && (inner[1] == 1 || type == ElementType.FLOAT32 && walk.innerSize() >= STRIP && walk.isAcross(1));
  }

  static Loop get() { return INSTANCE; }

  @Override
  void rows(NdArray out, NdArray[] in, int[] position, int[] inner, int[] outer, int rows, int n) {
    if (inner[1] != 1) {
      across(out.floats(), position[0], outer[0], in[0].floats(), position[1], inner[1], outer[1], rows, n);
      return;
    }
    for (int row = 0; row < rows; row++) {
      System.arraycopy(in[0].data(), position[1] + row * outer[1], out.data(), position[0] + row * outer[0], n);
    }
  }

  /** A strip of a few columns at a time, so that the cache keeps the lines that they run along. */
  private static void across(float[] y, int to, int down, float[] x, int from, int step, int along, int rows, int n) {
    int j = 0;
    for (; j <= n - STRIP; j += STRIP) {
      int target = to + j;
      int source = from + j * step;
      for (int row = 0; row < rows; row++, target += down, source += along) {
        y[target] = x[source];
        y[target + 1] = x[source + step];
        y[target + 2] = x[source + 2 * step];
        y[target + 3] = x[source + 3 * step];
        y[target + 4] = x[source + 4 * step];
        y[target + 5] = x[source + 5 * step];
        y[target + 6] = x[source + 6 * step];
        y[target + 7] = x[source + 7 * step];
      }
    }
    for (; j < n; j++) {
      for (int row = 0; row < rows; row++) y[to + row * down + j] = x[from + row * along + j * step];
    }
  }
}
