package dev.flambeau.nn;

import dev.flambeau.Tensor;

/** x · tanh(log(1 + eˣ)) (<a href="https://arxiv.org/abs/1908.08681">Misra 2019</a>). */
public final class Mish extends Stateless {
  /** Nothing to choose. */
  public Mish() { super(Tensor::mish); }
}
