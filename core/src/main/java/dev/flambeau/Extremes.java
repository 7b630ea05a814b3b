package dev.flambeau;

import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.kernel.ArgReduce;
import dev.flambeau.kernel.Reducer;
import dev.flambeau.scalar.Scalar;
import org.jspecify.annotations.Nullable;

/** Greatest and least elements, and where they are. */
final class Extremes {
  private Extremes() {}

  private static void checkNotEmpty(String operation, Over over, Shape x) {
    if (over.count(x) > 0) return;
    throw Errors.argument(operation,
        "there is no extreme element over " + (over.whole() ? "all" : over.dims()) + " dimensions of shape " + x
            + ", as there are no elements; reduce over dimensions that are not empty");
  }

  private static NdArray extreme(boolean max, Over over, NdArray x) {
    return over.reduce(max ? Reducer.MAX : Reducer.MIN, Sums.IDENTITY, x.type(), x.type(), x);
  }

  /** The gradient g of reduced elements, in equal shares to those of the elements that {@code chosen} marks. */
  static Tensor shared(Over over, Tensor g, Tensor chosen) {
    Tensor count = Op.apply(Sums.sum(over.keeping()), chosen);
    return over.kept(g, chosen.array().shape()).div(count).mul(chosen);
  }

  /** The gradient g of elements that were picked at {@code indices} along {@code dim} of the shape {@code x}: all of it to those places. */
  static Tensor toIndices(Shape x, Tensor g, Tensor indices, int dim) {
    return Tensor.of(NdArray.allocate(g.array().type(), x)).scatterAdd(dim, indices, g);
  }

  /** y = whether a equals b, or both are NaN. */
  record Same() implements Pointwise {
    static final Same OP = new Same();

    @Override
    public Typing typing() { return Typing.TRUTH; }

    @Override
    public Scalar of(Scalar... x) { return x[0].eq(x[1]).or(x[0].isNan().and(x[1].isNan())); }
  }

  /** y = the greatest or least of all x;  dx = g in equal shares to the elements that are it; if it is NaN, to the NaNs. */
  record Whole(boolean max) implements Reduction {
    @Override
    public String name() { return max ? "Max" : "Min"; }

    @Override
    public int overload() { return 1; }

    @Override
    public NdArray forward(NdArray... x) {
      checkNotEmpty(Errors.operation(this), Over.ALL, x[0].shape());
      return extreme(max, Over.ALL, x[0]);
    }

    @Override
    public Saves saves(int i) { return Saves.input(0).and(Saves.OUTPUT); }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) {
      return shared(Over.ALL, g, Op.apply(Same.OP, s.input(0), s.output()));
    }
  }

  /** y = the greatest or least x over dims;  dx = g in equal shares to the elements that equal it; none does if it is NaN, and dx is NaN. */
  record Along(boolean max, Over over, String name) implements Reduction {
    @Override
    public NdArray forward(NdArray... x) {
      checkNotEmpty(Errors.operation(this), over, x[0].shape());
      return extreme(max, over, x[0]);
    }

    @Override
    public Saves saves(int i) { return Saves.input(0).and(Saves.OUTPUT); }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) {
      Tensor y = over.kept(s.output(), s.shapeOf(0));
      return shared(over, g, s.input(0).eq(y));
    }
  }

  /** The greatest or least x along dim, and the first index of it;  dx = g at that index. */
  record Picked(boolean max, int dim, boolean keepDim) implements Ranking {
    @Override
    public String name() { return max ? "Max" : "Min"; }

    @Override
    public NdArray[] outputs(NdArray... x) {
      ArgReduce.Extremes found = ArgReduce.minmax(x[0], dim, max);
      return new NdArray[] {without(found.values()), without(found.indices())};
    }

    private NdArray without(NdArray y) { return keepDim || y.rank() == 0 ? y : y.reshaped(y.shape().without(dim)); }

    @Override
    public Saves saves(int i) { return Saves.OUTPUT; }

    @Override
    public @Nullable Tensor gradient(int i, Saved s, @Nullable Tensor[] g) {
      Tensor values = g[0];
      if (values == null) return null;
      Shape x = s.shapeOf(0);
      boolean kept = keepDim || x.rank() == 0;
      return toIndices(x, kept ? values : values.unsqueeze(dim), kept ? s.output(1) : s.output(1).unsqueeze(dim), dim);
    }
  }

  /** y = first index of the greatest or least x along dim, or in row-major order of all. */
  record Arg(boolean max, Over over) implements Reduction {
    @Override
    public String name() { return max ? "Argmax" : "Argmin"; }

    @Override
    public NdArray forward(NdArray... x) {
      String operation = Errors.operation(this);
      checkNotEmpty(operation, over, x[0].shape());
      NdArray in = over.whole() ? Layout.contiguous(x[0]).reshaped(Shape.of(x[0].numel())) : x[0];
      int dim = over.dims().size() == 0 ? 0 : over.dims().at(0);
      NdArray y = max ? ArgReduce.argmax(in, dim) : ArgReduce.argmin(in, dim);
      return y.reshaped(over.result(x[0].shape()));
    }

    @Override
    public @Nullable Tensor backward(int i, Saved s, Tensor g) { return null; }
  }
}
