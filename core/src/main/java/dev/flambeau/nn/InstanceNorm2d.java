package dev.flambeau.nn;

import dev.flambeau.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * {@link BatchNorm2d} with the mean and variance of each sample and channel for itself: {@code x (N, C, H, W)}, or {@code (C, H, W)}
 * (<a href="https://arxiv.org/abs/1607.08022">Ulyanov et al. 2016</a>).
 */
public final class InstanceNorm2d extends BatchNorm {
  /** C channels, with ε = 1e-5, without weight and bias, and without running statistics. */
  public InstanceNorm2d(long numFeatures) { this(numFeatures, 1e-5, 0.1, false, false); }

  /** As {@link BatchNorm2d#BatchNorm2d(long, double, Double, boolean, boolean)}. */
  public InstanceNorm2d(long numFeatures, double eps, @Nullable Double momentum, boolean affine,
      boolean trackRunningStats) {
    super(3, 4, numFeatures, eps, momentum, affine, trackRunningStats);
  }

  @Override
  Tensor normalized(Tensor x, boolean measured) { return eachSample(x, measured); }
}
