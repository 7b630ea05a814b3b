package dev.flambeau.nn;

/** x where x > 0, else α · (eˣ − 1) (<a href="https://arxiv.org/abs/1511.07289">Clevert et al. 2015</a>). */
public final class ELU extends Stateless {
  /** α = 1. */
  public ELU() { this(1); }

  /** With this α. */
  public ELU(double alpha) { super(x -> x.elu(alpha), "alpha", alpha); }
}
