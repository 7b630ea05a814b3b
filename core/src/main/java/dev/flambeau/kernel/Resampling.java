package dev.flambeau.kernel;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;

/** A dimension made anew from weighted sums along it: averages, enlargements, reductions in size, and what is their transpose. */
public final class Resampling {
  private static final int GRAIN = 1 << 14;

  private Resampling() {}

  /** Sums of real {@code x} along dimension {@code dim}; the result is row-major. */
  public static NdArray apply(Taps taps, NdArray x, int dim) {
    NdArray from = Elements.dense(x);
    NdArray y = NdArray.allocate(x.type(), x.shape().with(dim, taps.rows()));
    int inner = 1;
    for (int d = dim + 1; d < x.rank(); d++) inner *= x.shape().size(d);
    if (y.numel() == 0) return y;
    int lanes = inner;
    int rows = taps.rows();
    int slice = rows * inner;
    float[] weights = new float[taps.weights().length];
    for (int k = 0; k < weights.length; k++) weights[k] = (float) taps.weights()[k];
    boolean floats = x.type() == ElementType.FLOAT32;
    int perTask = Math.max(1, lanes * taps.width());
    Parallel.forRange(y.numel() / lanes, Math.max(1, GRAIN / perTask), (begin, end) -> {
      int k = begin;
      while (k < end) {
        int outer = k / rows;
        int last = Math.min(end, (outer + 1) * rows);
        int source = from.offset() + outer * taps.size() * lanes;
        int target = outer * slice;
        int first = k - outer * rows;
        int bound = last - outer * rows;
        if (floats) run(taps, weights, from.floats(), source, y.floats(), target, lanes, first, bound);
        else run(taps, from.doubles(), source, y.doubles(), target, lanes, first, bound);
        k = last;
      }
    });
    return y;
  }

  private static void run(Taps taps, float[] weights, float[] x, int source, float[] y, int target, int lanes, int from,
      int to) {
    for (int o = from; o < to; o++) {
      int count = taps.count()[o];
      int weight = o * taps.width();
      int in = source + taps.start()[o] * lanes;
      int out = target + o * lanes;
      if (lanes == 1) {
        float sum = 0;
        for (int k = 0; k < count; k++) sum += weights[weight + k] * x[in + k];
        y[out] = sum;
      } else {
        for (int k = 0; k < count; k++) {
          float factor = weights[weight + k];
          int at = in + k * lanes;
          for (int l = 0; l < lanes; l++) y[out + l] += factor * x[at + l];
        }
      }
    }
  }

  private static void run(Taps taps, double[] x, int source, double[] y, int target, int lanes, int from, int to) {
    double[] weights = taps.weights();
    for (int o = from; o < to; o++) {
      int count = taps.count()[o];
      int weight = o * taps.width();
      int in = source + taps.start()[o] * lanes;
      int out = target + o * lanes;
      for (int k = 0; k < count; k++) {
        double factor = weights[weight + k];
        int at = in + k * lanes;
        for (int l = 0; l < lanes; l++) y[out + l] += factor * x[at + l];
      }
    }
  }
}
