package dev.flambeau.nn;

import org.jspecify.annotations.Nullable;

/**
 * y = (x − mean) / √(variance + ε) · w + b for each channel, {@code x (N, C, H, W)} → {@code (N, C, H, W)}: mean and variance are those of the batch in
 * training, else running ones, r ← (1 − momentum) · r + momentum · those of a batch (<a href="https://arxiv.org/abs/1502.03167">Ioffe &amp; Szegedy
 * 2015</a>, <a href="https://pytorch.org/docs/stable/generated/torch.nn.BatchNorm2d.html">torch.nn.BatchNorm2d</a>).
 */
public final class BatchNorm2d extends BatchNorm {
  /** C channels, with ε = 1e-5, momentum 0.1, weight and bias, and running statistics. */
  public BatchNorm2d(long numFeatures) { this(numFeatures, 1e-5, 0.1, true, true); }

  /**
   * C channels.
   *
   * @param momentum null for running statistics that are the average of all steps
   * @param affine whether there are a weight and a bias
   * @param trackRunningStats whether there are running statistics; else evaluation takes those of the batch too
   */
  public BatchNorm2d(long numFeatures, double eps, @Nullable Double momentum, boolean affine,
      boolean trackRunningStats) {
    super(4, 4, numFeatures, eps, momentum, affine, trackRunningStats);
  }
}
