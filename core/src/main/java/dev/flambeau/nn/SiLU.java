package dev.flambeau.nn;

import dev.flambeau.Tensor;

/** x · σ(x), also called swish. */
public final class SiLU extends Stateless {
  /** Nothing to choose. */
  public SiLU() { super(Tensor::silu); }
}
