package dev.flambeau.nn;

/** (x − target)². */
public final class MSELoss extends Loss {
  /** Its mean. */
  public MSELoss() { this(LossReduction.MEAN); }

  /** Reduced so. */
  public MSELoss(LossReduction reduction) { super((x, target) -> Functional.mseLoss(x, target, reduction)); }
}
