package dev.flambeau.nn;

import dev.flambeau.Tensor;

/** σ(x) = 1 / (1 + e⁻ˣ). */
public final class Sigmoid extends Stateless {
  /** Nothing to choose. */
  public Sigmoid() { super(Tensor::sigmoid); }
}
