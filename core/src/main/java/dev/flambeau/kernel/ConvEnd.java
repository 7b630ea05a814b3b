package dev.flambeau.kernel;

import org.jspecify.annotations.Nullable;

/**
 * What is done with the outputs of a channel once they are summed, while they are in the cache.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
@FunctionalInterface
interface ConvEnd<A> {
  /** Changes {@code count} outputs of one channel, {@code step} apart. */
  void finish(int channel, A y, int at, int count, int step);

  /** A number for each channel is added, if there are any. */
  static <A> ConvEnd<A> plus(ConvLoops<A> loops, @Nullable A bias, int from) {
    return bias == null ? (_, _, _, _, _) -> {}
        : (channel, y, at, count, step) -> loops.add(bias, from + channel, y, at, count, step);
  }

  /**
   * y ← y · scale + shift + rest, and what is negative becomes 0 if {@code rectified}. Outputs are row-major.
   *
   * @param rest its elements have the places of those of y, which is what lets the compiler use vectors
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Normalized(float[] scale, float[] shift, float @Nullable [] rest, boolean rectified)
      implements ConvEnd<float[]> {
    @Override
    public void finish(int channel, float[] y, int at, int count, int step) {
      float factor = scale[channel];
      float summand = shift[channel];
      if (rest == null) for (int i = at; i < at + count; i++) y[i] = y[i] * factor + summand;
      else for (int i = at; i < at + count; i++) y[i] = y[i] * factor + summand + rest[i];
      if (rectified) for (int i = at; i < at + count; i++) y[i] = Math.max(y[i], 0);
    }
  }
}
