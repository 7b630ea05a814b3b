package dev.flambeau.nn;

import dev.flambeau.Tensor;

/** x − tanh x. */
public final class Tanhshrink extends Stateless {
  /** Nothing to choose. */
  public Tanhshrink() { super(Tensor::tanhshrink); }
}
