package dev.flambeau.nn;

import dev.flambeau.Tensor;

/** (log v + (x − target)² / v) / 2 for a variance v, which counts as at least ε. */
public final class GaussianNLLLoss extends Module {
  private final boolean full;
  private final double eps;
  private final LossReduction reduction;

  /** Its mean, with ε = 1e-6. */
  public GaussianNLLLoss() { this(false, 1e-6, LossReduction.MEAN); }

  /** With all choices; {@code full} adds log(2π) / 2. */
  public GaussianNLLLoss(boolean full, double eps, LossReduction reduction) {
    this.full = full;
    this.eps = eps;
    this.reduction = reduction;
  }

  /** The loss. */
  public Tensor apply(Tensor x, Tensor target, Tensor variance) {
    return call(in -> one(Functional.gaussianNllLoss(in[0], in[1], in[2], full, eps, reduction)),
        x, target, variance)[0];
  }
}
