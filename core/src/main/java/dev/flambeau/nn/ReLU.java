package dev.flambeau.nn;

import dev.flambeau.Tensor;

/** max(x, 0), element by element. */
public final class ReLU extends Stateless {
  /** Leaves its input as it is. */
  public ReLU() { super(Tensor::relu); }

  /** Changes its input in its place, if {@code inplace}. */
  public ReLU(boolean inplace) {
    super(inplace ? Tensor::relu_ : Tensor::relu, inplace ? new Object[] {"inplace", true} : new Object[0]);
  }
}
