package dev.flambeau;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.kernel.Formula;
import dev.flambeau.kernel.Loops;
import dev.flambeau.kernel.Reducer;
import dev.flambeau.scalar.Scalar;
import java.util.function.UnaryOperator;

/** Sums, and sums down to a shape. */
final class Sums {
  static final Formula IDENTITY = Formula.of(Scalar.arg(0), 1);
  private static final Formula WITHOUT_NAN = Formula.of(Scalar.arg(0).isNan().select(0, Scalar.arg(0)), 1);
  private static final Sum ALL = new Sum(Over.ALL);

  private Sums() {}

  static Sum sum(Over over) { return over == Over.ALL ? ALL : new Sum(over); }

  /** Sums a gradient of a broadcast shape down to the shape that was broadcast. */
  static Tensor sumTo(Tensor x, Shape shape) {
    return x.array().shape().equals(shape) ? x : Op.apply(new SumTo(shape), x);
  }

  /** The type in which elements are summed: integers and truth values as INT64. */
  static ElementType type(NdArray x) { return x.type().isFloating() ? x.type() : ElementType.INT64; }

  /** {@code reduction} of x computed in {@code dtype}: real numbers from the start, integers as int64. */
  static Tensor in(DType dtype, Tensor x, UnaryOperator<Tensor> reduction) {
    return dtype.isFloatingPoint() ? reduction.apply(x.to(dtype)) : reduction.apply(x.to(DType.INT64)).to(dtype);
  }

  /** y = Σ x over dims;  dx = g spread back over them. */
  record Sum(Over over) implements Reduction {
    @Override
    public int overload() { return over.overload(); }

    @Override
    public NdArray forward(NdArray... x) { return over.reduce(Reducer.SUM, IDENTITY, type(x[0]), type(x[0]), x[0]); }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) { return over.spread(g, s.shapeOf(0)); }
  }

  /** y = Σ x over those dims in which x was broadcast from {@code shape};  dx = g broadcast again. */
  record SumTo(Shape shape) implements Reduction {
    @Override
    public String name() { return "Sum"; }

    @Override
    public int overload() { return 1; }

    @Override
    public NdArray forward(NdArray... x) {
      Shape from = x[0].shape();
      if (!shape.broadcastsTo(from)) {
        throw Errors.argument("sumToSize",
            "a tensor of shape " + from + " does not sum to " + shape + "; that must be a shape that broadcasts to it");
      }
      int lead = from.rank() - shape.rank();
      int[] sizes = from.sizes();
      boolean[] reduced = new boolean[sizes.length];
      for (int d = 0; d < sizes.length; d++) {
        reduced[d] = d < lead || shape.size(d - lead) != sizes[d];
        if (reduced[d]) sizes[d] = 1;
      }
      NdArray out = NdArray.unwritten(type(x[0]), Shape.of(sizes));
      Loops.reduce(Reducer.SUM, IDENTITY, out.type(), out, reduced, x[0]);
      return out.reshaped(shape);
    }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) { return Op.apply(new Views.Expand(s.shapeOf(0)), g); }
  }

  /** y = Σ x without the NaNs;  dx = g, 0 where x is NaN. */
  record Nansum(Over over) implements Reduction {
    @Override
    public NdArray forward(NdArray... x) {
      Formula pre = x[0].type().isFloating() ? WITHOUT_NAN : IDENTITY;
      return over.reduce(Reducer.SUM, pre, type(x[0]), type(x[0]), x[0]);
    }

    @Override
    public Saves saves(int i) { return Saves.input(0); }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) {
      return Op.apply(UnlessNan.OP, over.kept(g, s.shapeOf(0)), s.input(0));
    }
  }

  /** y = a, 0 where b is NaN. */
  record UnlessNan() implements Pointwise {
    static final UnlessNan OP = new UnlessNan();

    @Override
    public Scalar of(Scalar... x) { return x[1].isNan().select(0, x[0]); }
  }

  /** y = Σ x over the diagonal of a matrix;  dx = g on the diagonal. */
  record Trace() implements Reduction {
    private static final View DIAGONAL = new Slices.Diagonal(0, 0, 1);

    @Override
    public NdArray forward(NdArray... x) {
      if (x[0].rank() != 2)
        throw Errors.argument("trace", "expected a matrix, but got a tensor of shape " + x[0].shape());
      return Over.ALL.reduce(Reducer.SUM, IDENTITY, type(x[0]), type(x[0]), DIAGONAL.forward(x));
    }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) {
      Shape x = s.shapeOf(0);
      return DIAGONAL.unview(x, Op.apply(new Views.Expand(Shape.of(Math.min(x.size(0), x.size(1)))), g));
    }
  }
}
