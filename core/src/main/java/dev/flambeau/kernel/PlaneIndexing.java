package dev.flambeau.kernel;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;

/** Elements of planes by their places in the plane, row by row, which an INT32 array tells for each plane; shapes are [N, C, H, W]. */
public final class PlaneIndexing {
  private static final int GRAIN = 1 << 14;
  private static final int CHANNELS = 64;

  private enum How { TAKE, ADD, PUT }

  private final How how;
  private final NdArray small;
  private final NdArray large;
  private final NdArray index;
  private final int width;
  private final int rowStep;
  private final int step;

  private PlaneIndexing(How how, NdArray small, NdArray large, NdArray index) {
    this.how = how;
    this.small = small;
    this.large = large;
    this.index = index;
    width = large.shape().size(3);
    rowStep = large.stride(2);
    step = large.stride(3);
  }

  /** y[n, c, …] = x[n, c, index[n, c, …]]. */
  public static NdArray take(NdArray x, NdArray index) {
    NdArray y = MaxPooling.allocate(x.type(), index, index.shape().size(2), index.shape().size(3));
    new PlaneIndexing(How.TAKE, y, x, index).run();
    return y;
  }

  /** Zeros, with g[n, c, …] at index[n, c, …] of the plane: the sum of all that belong there if {@code add}, else the last. */
  public static NdArray deposit(NdArray g, NdArray index, int height, int width, boolean add) {
    NdArray y = MaxPooling.allocate(g.type(), index, height, width);
    new PlaneIndexing(add ? How.ADD : How.PUT, g, y, index).run();
    return y;
  }

  /** Each plane on one thread, its elements in order; where channels lie side by side, as many planes at a time. */
  private void run() {
    Shape s = index.shape();
    if (index.numel() == 0) return;
    int c = s.size(1);
    int group = MaxPooling.channelsLast(index) ? Math.min(c, CHANNELS) : 1;
    int groups = (c + group - 1) / group;
    int perTask = s.size(2) * s.size(3) * group;
    Parallel.forRange(s.size(0) * groups, Math.max(1, GRAIN / perTask), (from, to) -> {
      for (int k = from; k < to; k++) planes(k / groups, k % groups * group, Math.min(c, (k % groups + 1) * group));
    });
  }

  private void planes(int n, int from, int to) {
    int height = index.shape().size(2);
    int outWidth = index.shape().size(3);
    for (int h = 0; h < height; h++) {
      if (to - from == 1) {
        int i = index.offset() + n * index.stride(0) + from * index.stride(1) + h * index.stride(2);
        int p = small.offset() + n * small.stride(0) + from * small.stride(1) + h * small.stride(2);
        int q = large.offset() + n * large.stride(0) + from * large.stride(1);
        move(outWidth, p, small.stride(3), i, index.stride(3), q, 0);
        continue;
      }
      for (int w = 0; w < outWidth; w++) {
        int i = index.offset() + n * index.stride(0) + from * index.stride(1) + h * index.stride(2)
            + w * index.stride(3);
        int p = small.offset() + n * small.stride(0) + from * small.stride(1) + h * small.stride(2)
            + w * small.stride(3);
        int q = large.offset() + n * large.stride(0) + from * large.stride(1);
        move(to - from, p, small.stride(1), i, index.stride(1), q, large.stride(1));
      }
    }
  }

  private void move(int count, int p, int pStep, int i, int iStep, int q, int qStep) {
    if (small.type() == ElementType.FLOAT32) {
      floats(small.floats(), large.floats(), count, p, pStep, i, iStep, q, qStep);
    } else {
      doubles(small.doubles(), large.doubles(), count, p, pStep, i, iStep, q, qStep);
    }
  }

  private int place(int at) { return rowStep == width * step ? at * step : at / width * rowStep + at % width * step; }

  private void floats(float[] a, float[] b, int count, int p, int pStep, int i, int iStep, int q, int qStep) {
    int[] at = index.ints();
    for (int k = 0; k < count; k++) {
      int to = q + k * qStep + place(at[i + k * iStep]);
      switch (how) {
        case TAKE -> a[p + k * pStep] = b[to];
        case ADD -> b[to] += a[p + k * pStep];
        case PUT -> b[to] = a[p + k * pStep];
      }
    }
  }

  private void doubles(double[] a, double[] b, int count, int p, int pStep, int i, int iStep, int q, int qStep) {
    int[] at = index.ints();
    for (int k = 0; k < count; k++) {
      int to = q + k * qStep + place(at[i + k * iStep]);
      switch (how) {
        case TAKE -> a[p + k * pStep] = b[to];
        case ADD -> b[to] += a[p + k * pStep];
        case PUT -> b[to] = a[p + k * pStep];
      }
    }
  }
}
