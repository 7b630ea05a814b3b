package dev.flambeau.nn;

import dev.flambeau.Tensor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A layer that is a function of its arguments, without state. */
abstract class Stateless extends Module {
  private final transient UnaryOperator<Tensor> formula;
  private final String arguments;

  /** A layer that prints these arguments, names and values in turn. */
  Stateless(UnaryOperator<Tensor> formula, @Nullable Object... arguments) {
    this.formula = formula;
    this.arguments = PythonText.arguments(arguments);
  }

  /** Widths left, right, above and below; a single one stands for all. */
  static long[] rim(long... widths) {
    return widths.length == 1 ? new long[] {widths[0], widths[0], widths[0], widths[0]} : widths.clone();
  }

  /** Two sizes; a single one stands for both. */
  static long[] pair(long... sizes) { return sizes.length == 1 ? new long[] {sizes[0], sizes[0]} : sizes.clone(); }

  @Override
  public Tensor forward(Tensor x) { return formula.apply(x); }

  @Override
  protected String extraRepr() { return arguments; }
}
