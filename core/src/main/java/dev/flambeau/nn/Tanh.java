package dev.flambeau.nn;

import dev.flambeau.Tensor;

/** Hyperbolic tangent. */
public final class Tanh extends Stateless {
  /** Nothing to choose. */
  public Tanh() { super(Tensor::tanh); }
}
