package dev.flambeau.nn;

/** x where x > 0, else slope · x. */
public final class LeakyReLU extends Stateless {
  /** Slope 0.01. */
  public LeakyReLU() { this(0.01); }

  /** With this slope. */
  public LeakyReLU(double negativeSlope) { super(x -> x.leakyRelu(negativeSlope), "negative_slope", negativeSlope); }
}
