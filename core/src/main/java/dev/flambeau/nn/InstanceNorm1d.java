package dev.flambeau.nn;

import dev.flambeau.Tensor;
import org.jspecify.annotations.Nullable;

/** {@link InstanceNorm2d} for {@code x (N, C, L)}, or {@code (C, L)}. */
public final class InstanceNorm1d extends BatchNorm {
  /** C channels, with ε = 1e-5, without weight and bias, and without running statistics. */
  public InstanceNorm1d(long numFeatures) { this(numFeatures, 1e-5, 0.1, false, false); }

  /** As {@link BatchNorm2d#BatchNorm2d(long, double, Double, boolean, boolean)}. */
  public InstanceNorm1d(long numFeatures, double eps, @Nullable Double momentum, boolean affine,
      boolean trackRunningStats) {
    super(2, 3, numFeatures, eps, momentum, affine, trackRunningStats);
  }

  @Override
  Tensor normalized(Tensor x, boolean measured) { return eachSample(x, measured); }
}
