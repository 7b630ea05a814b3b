package dev.flambeau.nn;

/** x where the target is 1, max(0, margin − x) where it is −1; x are distances. */
public final class HingeEmbeddingLoss extends Loss {
  /** Its mean, with margin 1. */
  public HingeEmbeddingLoss() { this(1, LossReduction.MEAN); }

  /** With this margin, reduced so. */
  public HingeEmbeddingLoss(double margin, LossReduction reduction) {
    super((x, target) -> Functional.hingeEmbeddingLoss(x, target, margin, reduction));
  }
}
