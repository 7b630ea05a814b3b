package dev.flambeau.nn;

/** |x − target|. */
public final class L1Loss extends Loss {
  /** Its mean. */
  public L1Loss() { this(LossReduction.MEAN); }

  /** Reduced so. */
  public L1Loss(LossReduction reduction) { super((x, target) -> Functional.l1Loss(x, target, reduction)); }
}
