package dev.flambeau.nn;

/** In training each element becomes the least value of {@link SELU} with probability p, then all are scaled to keep mean 0 and variance 1. */
public final class AlphaDropout extends Dropping {
  /** With probability ½. */
  public AlphaDropout() { this(0.5); }

  /** With probability {@code p}. */
  public AlphaDropout(double p) { super(p, x -> Functional.alphaDropout(x, p, true)); }
}
