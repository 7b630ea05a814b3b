package dev.flambeau.nn;

import dev.flambeau.Tensor;
import java.util.function.UnaryOperator;

/** Dropout of some kind. */
abstract class Dropping extends Module {
  private final double p;
  private final transient UnaryOperator<Tensor> drop;

  Dropping(double p, UnaryOperator<Tensor> drop) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException(name() + ": p is a probability, in 0 … 1, but is " + p);
    }
    this.p = p;
    this.drop = drop;
  }

  @Override
  public final Tensor forward(Tensor x) { return isTraining() ? drop.apply(x) : x; }

  @Override
  protected String extraRepr() { return PythonText.arguments("p", p, "inplace", false); }
}
