package dev.flambeau.nn;

import dev.flambeau.Tensor;

/** 1 − cos(a, b) where the target is 1, max(0, cos(a, b) − margin) where it is −1: {@code a, b (N, D), target (N)}. */
public final class CosineEmbeddingLoss extends Module {
  private final double margin;
  private final LossReduction reduction;

  /** Its mean, with margin 0. */
  public CosineEmbeddingLoss() { this(0, LossReduction.MEAN); }

  /** With this margin, reduced so. */
  public CosineEmbeddingLoss(double margin, LossReduction reduction) {
    this.margin = margin;
    this.reduction = reduction;
  }

  /** The loss. */
  public Tensor apply(Tensor a, Tensor b, Tensor target) {
    return call(in -> one(Functional.cosineEmbeddingLoss(in[0], in[1], in[2], margin, reduction)),
        a, b, target)[0];
  }
}
