package dev.flambeau.nn;

/** x where x > 0, else α · (exp(x/α) − 1) (<a href="https://arxiv.org/abs/1704.07483">Barron 2017</a>). */
public final class CELU extends Stateless {
  /** α = 1. */
  public CELU() { this(1); }

  /** With this α. */
  public CELU(double alpha) { super(x -> x.celu(alpha), "alpha", alpha); }
}
