package dev.flambeau.nn;

import org.jspecify.annotations.Nullable;

/**
 * {@link BatchNorm2d} for {@code x (N, C)} or {@code (N, C, L)}.
 */
public final class BatchNorm1d extends BatchNorm {
  /** C channels, with ε = 1e-5, momentum 0.1, weight and bias, and running statistics. */
  public BatchNorm1d(long numFeatures) { this(numFeatures, 1e-5, 0.1, true, true); }

  /** As {@link BatchNorm2d#BatchNorm2d(long, double, Double, boolean, boolean)}. */
  public BatchNorm1d(long numFeatures, double eps, @Nullable Double momentum, boolean affine,
      boolean trackRunningStats) {
    super(2, 3, numFeatures, eps, momentum, affine, trackRunningStats);
  }
}
