package dev.flambeau.nn;

import dev.flambeau.Tensor;

/** x / (1 + |x|). */
public final class Softsign extends Stateless {
  /** Nothing to choose. */
  public Softsign() { super(Tensor::softsign); }
}
