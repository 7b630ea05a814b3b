package dev.flambeau;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.kernel.Formula;
import dev.flambeau.kernel.Loops;
import dev.flambeau.kernel.Reducer;
import dev.flambeau.scalar.Scalar;
import org.jspecify.annotations.Nullable;

/** What is not zero: whether any is, whether all are, how many are. */
final class Counts {
  private static final Formula TRUTH = Formula.of(Scalar.arg(0).ne(0), 1);

  private Counts() {}

  private static NdArray truth(NdArray x) {
    if (x.type() == ElementType.BOOL) return x;
    NdArray truth = NdArray.unwritten(ElementType.BOOL, x.shape());
    Loops.map(TRUTH, x.type(), truth, x);
    return truth;
  }

  /** Truth values, kept as bytes where the input was bytes, as PyTorch has it. */
  private static NdArray like(NdArray x, NdArray truth) {
    return x.type() == ElementType.UINT8 ? truth.as(ElementType.UINT8) : truth;
  }

  /** y = whether any x is not 0. */
  record Any(Over over) implements Reduction {
    @Override
    public NdArray forward(NdArray... x) {
      if (over.count(x[0].shape()) == 0)
        return like(x[0], NdArray.allocate(ElementType.BOOL, over.result(x[0].shape())));
      return like(x[0], over.reduce(Reducer.MAX, Sums.IDENTITY, ElementType.INT32, ElementType.BOOL, truth(x[0])));
    }

    @Override
    public @Nullable Tensor backward(int i, Saved s, Tensor g) { return null; }
  }

  /** y = whether all x are not 0. */
  record All(Over over) implements Reduction {
    @Override
    public NdArray forward(NdArray... x) {
      return like(x[0], over.reduce(Reducer.PROD, Sums.IDENTITY, ElementType.INT32, ElementType.BOOL, truth(x[0])));
    }

    @Override
    public @Nullable Tensor backward(int i, Saved s, Tensor g) { return null; }
  }

  /** y = number of x that are not 0. */
  record CountNonzero(Over over) implements Reduction {
    @Override
    public NdArray forward(NdArray... x) {
      return over.reduce(Reducer.SUM, Sums.IDENTITY, ElementType.INT64, ElementType.INT64, truth(x[0]));
    }

    @Override
    public @Nullable Tensor backward(int i, Saved s, Tensor g) { return null; }
  }
}
