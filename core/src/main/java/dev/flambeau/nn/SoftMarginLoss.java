package dev.flambeau.nn;

/** log(1 + exp(−target · x)), targets being −1 or 1. */
public final class SoftMarginLoss extends Loss {
  /** Its mean. */
  public SoftMarginLoss() { this(LossReduction.MEAN); }

  /** Reduced so. */
  public SoftMarginLoss(LossReduction reduction) {
    super((x, target) -> Functional.softMarginLoss(x, target, reduction));
  }
}
