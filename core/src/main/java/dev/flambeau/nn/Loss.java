package dev.flambeau.nn;

import dev.flambeau.Tensor;
import java.util.function.BinaryOperator;

/** How far a network's result is from the target, as one number or one for each element. */
public abstract class Loss extends Module {
  private final transient BinaryOperator<Tensor> formula;

  Loss(BinaryOperator<Tensor> formula) { this.formula = formula; }

  /**
   * The loss.
   *
   * @throws IllegalArgumentException if shapes or dtypes do not fit
   */
  public Tensor apply(Tensor x, Tensor target) { return call(in -> one(formula.apply(in[0], in[1])), x, target)[0]; }
}
