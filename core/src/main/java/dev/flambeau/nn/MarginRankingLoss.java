package dev.flambeau.nn;

import dev.flambeau.Tensor;

/** max(0, margin − target · (a − b)), targets being 1 where a should rank higher, else −1. */
public final class MarginRankingLoss extends Module {
  private final double margin;
  private final LossReduction reduction;

  /** Its mean, with margin 0. */
  public MarginRankingLoss() { this(0, LossReduction.MEAN); }

  /** With this margin, reduced so. */
  public MarginRankingLoss(double margin, LossReduction reduction) {
    this.margin = margin;
    this.reduction = reduction;
  }

  /** The loss. */
  public Tensor apply(Tensor a, Tensor b, Tensor target) {
    return call(in -> one(Functional.marginRankingLoss(in[0], in[1], in[2], margin, reduction)),
        a, b, target)[0];
  }
}
