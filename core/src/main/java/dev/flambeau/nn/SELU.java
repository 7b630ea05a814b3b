package dev.flambeau.nn;

import dev.flambeau.Tensor;

/**
 * λ · x where x > 0, else λ α (eˣ − 1), with the λ and α that keep mean 0 and variance 1 (<a href="https://arxiv.org/abs/1706.02515">Klambauer et al.
 * 2017</a>).
 */
public final class SELU extends Stateless {
  /** Nothing to choose. */
  public SELU() { super(Tensor::selu); }
}
