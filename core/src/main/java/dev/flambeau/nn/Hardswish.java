package dev.flambeau.nn;

import dev.flambeau.Tensor;

/** x · hardsigmoid(x) (<a href="https://arxiv.org/abs/1905.02244">Howard et al. 2019</a>). */
public final class Hardswish extends Stateless {
  /** Nothing to choose. */
  public Hardswish() { super(Tensor::hardswish); }
}
