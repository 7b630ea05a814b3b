package dev.flambeau;

import dev.flambeau.array.NdArray;
import dev.flambeau.kernel.Loops;
import org.jspecify.annotations.Nullable;

/** An operation with one output. */
public sealed interface Single extends Op permits Pointwise, Reduction, View, Contraction, Indexing, Arranging, Fused {
  /** The output. */
  NdArray forward(NdArray... x);

  /** The gradient of input {@code i}, given the output's; null where it is zero everywhere. */
  @Nullable Tensor backward(int i, Saved s, Tensor g);

  /** Writes the output into {@code target}, which is {@code x[0]}: how the operation is done in place. Nothing is written before all is checked. */
  default void forwardInto(NdArray target, NdArray... x) {
    NdArray y = forward(x);
    if (!y.shape().equals(target.shape())) {
      throw Errors.argument(Errors.operation(this) + "_",
          "the result has shape " + y.shape() + ", but the tensor has shape " + target.shape()
              + "; an operation in place cannot change the shape");
    }
    Loops.copy(target, y);
  }

  @Override
  default NdArray[] outputs(NdArray... x) { return new NdArray[] {forward(x)}; }

  @Override
  default @Nullable Tensor gradient(int i, Saved s, @Nullable Tensor[] g) {
    Tensor only = g[0];
    return only == null ? null : backward(i, s, only);
  }
}
