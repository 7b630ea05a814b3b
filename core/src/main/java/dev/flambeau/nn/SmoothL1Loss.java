package dev.flambeau.nn;

/** d² / 2β where d = |x − target| &lt; β, else d − β/2 (<a href="https://arxiv.org/abs/1504.08083">Girshick 2015</a>). */
public final class SmoothL1Loss extends Loss {
  /** Its mean, with β = 1. */
  public SmoothL1Loss() { this(LossReduction.MEAN, 1); }

  /** Reduced so, with this β. */
  public SmoothL1Loss(LossReduction reduction, double beta) {
    super((x, target) -> Functional.smoothL1Loss(x, target, beta, reduction));
  }
}
