package dev.flambeau.nn;

/** x moved by λ towards 0, 0 for −λ ≤ x ≤ λ. */
public final class Softshrink extends Stateless {
  /** λ = ½. */
  public Softshrink() { this(0.5); }

  /** With this λ. */
  public Softshrink(double lambda) { super(x -> x.softshrink(lambda), "", lambda); }
}
