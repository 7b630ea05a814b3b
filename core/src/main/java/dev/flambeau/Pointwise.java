package dev.flambeau;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.kernel.Loops;
import dev.flambeau.scalar.Scalar;
import org.jspecify.annotations.Nullable;

/**
 * One scalar formula, applied element by element.
 *
 * <p>All else follows from the formula: loops for every dtype and layout, the derivative (symbolic, itself a pointwise operation, so the way back is one
 * loop too), what must be saved for it (the arguments that appear in it), and the derivative's derivative.
 */
public non-sealed interface Pointwise extends Single {
  /** The formula over {@code x[0], x[1], …}. */
  Scalar of(Scalar... x);

  /** Which dtype comes out. */
  default Typing typing() { return Typing.SAME; }

  /**
   * ∂y/∂xᵢ in terms of the inputs and of the output {@code y}.
   *
   * <p>Given by hand only where the output is cheaper than the inputs, or where convention differs from calculus.
   */
  default Scalar slope(int i, Scalar y, Scalar... x) { return of(x).derivative(i); }

  @Override
  default NdArray forward(NdArray... x) {
    Shape shape = PointwiseKernel.broadcast(this, x);
    ElementType compute = PointwiseKernel.computeType(this, x);
    NdArray y = NdArray.unwritten(PointwiseKernel.resultType(this, compute), shape);
    Loops.map(PointwiseKernel.of(this, x.length).formula(), compute, y, x);
    return y;
  }

  @Override
  default Saves saves(int i) { return PointwiseKernel.known(this).slope(this, i).saves(); }

  @Override
  default @Nullable Tensor backward(int i, Saved s, Tensor g) {
    return PointwiseKernel.of(this, s.inputs()).slope(this, i).times(g, s);
  }
}
