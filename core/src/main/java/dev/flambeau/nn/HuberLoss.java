package dev.flambeau.nn;

/** d² / 2 where d = |x − target| &lt; δ, else δ · (d − δ/2). */
public final class HuberLoss extends Loss {
  /** Its mean, with δ = 1. */
  public HuberLoss() { this(LossReduction.MEAN, 1); }

  /** Reduced so, with this δ. */
  public HuberLoss(LossReduction reduction, double delta) {
    super((x, target) -> Functional.huberLoss(x, target, delta, reduction));
  }
}
