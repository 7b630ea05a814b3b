package dev.flambeau.nn;

/** log(1 + exp(βx)) / β, x itself where βx is above the threshold. */
public final class Softplus extends Stateless {
  /** β = 1 and threshold 20. */
  public Softplus() { this(1, 20); }

  /** With this β and threshold. */
  public Softplus(double beta, double threshold) {
    super(x -> x.softplus(beta, threshold), "beta", beta, "threshold", threshold);
  }
}
