package dev.flambeau.nn;

/** exp x − target · x, for the logarithm x of an expectation; x − target · log(x + ε) for the expectation itself. */
public final class PoissonNLLLoss extends Loss {
  /** Its mean, for logarithms. */
  public PoissonNLLLoss() { this(true, false, 1e-8, LossReduction.MEAN); }

  /** For logarithms, or not; with Stirling's approximation of log target! added if {@code full}. */
  public PoissonNLLLoss(boolean logInput, boolean full, double eps, LossReduction reduction) {
    super((x, target) -> Functional.poissonNllLoss(x, target, logInput, full, eps, reduction));
  }
}
