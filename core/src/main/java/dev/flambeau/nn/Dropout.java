package dev.flambeau.nn;

/**
 * In training each element becomes 0 with probability p, the others grow by 1 / (1 − p); else x itself
 * (<a href="https://arxiv.org/abs/1207.0580">Hinton et al. 2012</a>).
 */
public final class Dropout extends Dropping {
  /** With probability ½. */
  public Dropout() { this(0.5); }

  /**
   * With probability {@code p}.
   *
   * @throws IllegalArgumentException unless 0 ≤ p ≤ 1
   */
  public Dropout(double p) { super(p, x -> Functional.dropout(x, p, true)); }
}
