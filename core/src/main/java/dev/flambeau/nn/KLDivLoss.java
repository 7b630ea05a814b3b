package dev.flambeau.nn;

/** target · (log target − x), for logarithms x of probabilities. */
public final class KLDivLoss extends Loss {
  /** Its mean, for probabilities. */
  public KLDivLoss() { this(LossReduction.MEAN, false); }

  /** Reduced so; targets are probabilities, or logarithms if {@code logTarget}. */
  public KLDivLoss(LossReduction reduction, boolean logTarget) {
    super((x, target) -> Functional.klDiv(x, target, reduction, logTarget));
  }
}
