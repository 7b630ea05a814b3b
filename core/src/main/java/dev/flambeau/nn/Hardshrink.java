package dev.flambeau.nn;

/** x, but 0 for −λ ≤ x ≤ λ. */
public final class Hardshrink extends Stateless {
  /** λ = ½. */
  public Hardshrink() { this(0.5); }

  /** With this λ. */
  public Hardshrink(double lambda) { super(x -> x.hardshrink(lambda), "", lambda); }
}
