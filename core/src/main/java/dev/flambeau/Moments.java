package dev.flambeau;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.kernel.Formula;
import dev.flambeau.kernel.Loops;
import dev.flambeau.kernel.Reducer;
import dev.flambeau.scalar.Scalar;

/** Means, and how far elements are from them. */
final class Moments {
  private static final Mean MEAN = new Mean(Over.ALL);
  private static final Formula QUOTIENT = Formula.of(Scalar.arg(0).div(Scalar.arg(1)), 2);
  private static final Formula SQUARED_DISTANCE = Formula.of(Scalar.arg(0).sub(Scalar.arg(1)).square(), 2);
  private static final Formula ROOT = Formula.of(Scalar.arg(0).sqrt(), 1);

  private Moments() {}

  static Mean mean(Over over) { return over == Over.ALL ? MEAN : new Mean(over); }

  static void checkReal(String operation, NdArray x) {
    if (!x.type().isFloating()) {
      throw Errors.argument(operation, "expected real numbers, but the tensor is " + DType.of(x.type()).torchName()
          + "; convert it with to(DType.FLOAT32)");
    }
  }

  private static NdArray meanKept(Over over, NdArray x) {
    ElementType type = x.type();
    NdArray y = over.reduceKept(Reducer.SUM, Sums.IDENTITY, type, type, x);
    Loops.map(QUOTIENT, type, y, y, NdArray.scalar((double) over.count(x.shape())));
    return y;
  }

  /** y = Σ x / n over dims;  dx = g / n spread back over them. */
  record Mean(Over over) implements Reduction {
    @Override
    public int overload() { return over.overload(); }

    @Override
    public NdArray forward(NdArray... x) {
      checkReal("mean", x[0]);
      return meanKept(over, x[0]).reshaped(over.result(x[0].shape()));
    }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) {
      return over.spread(g.div((double) over.count(s.shapeOf(0))), s.shapeOf(0));
    }
  }

  private static double freedom(Over over, double correction, Shape x) {
    return Math.max(0, over.count(x) - correction);
  }

  private static NdArray variance(Over over, double correction, NdArray x) {
    ElementType type = x.type();
    NdArray y = over.reduceKept(Reducer.SUM, SQUARED_DISTANCE, type, type, x, meanKept(over, x));
    Loops.map(QUOTIENT, type, y, y, NdArray.scalar(freedom(over, correction, x.shape())));
    return y.reshaped(over.result(x.shape()));
  }

  /** 2 g (x − mean x) / (n − correction). */
  private static Tensor slope(Over over, double correction, Tensor x, Tensor g) {
    Tensor scaled = g.mul(2 / freedom(over, correction, x.array().shape()));
    return over.kept(scaled, x.array().shape()).mul(x.sub(Op.apply(mean(over.keeping()), x)));
  }

  /**
   * y = Σ (x − mean x)² / (n − correction) over dims;  dx = 2 g (x − mean x) / (n − correction).
   *
   * @param name tells a variance alone from one with its mean
   */
  record Variance(Over over, double correction, String name) implements Reduction {
    @Override
    public NdArray forward(NdArray... x) {
      checkReal("var", x[0]);
      return variance(over, correction, x[0]);
    }

    @Override
    public Saves saves(int i) { return Saves.input(0); }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) { return slope(over, correction, s.input(0), g); }
  }

  /**
   * y = √(Σ (x − mean x)² / (n − correction)) over dims;  dx = g (x − mean x) / (y (n − correction)), 0 where y is 0.
   *
   * @param name tells a deviation alone from one with its mean
   */
  record Deviation(Over over, double correction, String name) implements Reduction {
    @Override
    public NdArray forward(NdArray... x) {
      checkReal("std", x[0]);
      NdArray y = variance(over, correction, x[0]);
      Loops.map(ROOT, y.type(), y, y);
      return y;
    }

    @Override
    public Saves saves(int i) { return Saves.input(0).and(Saves.OUTPUT); }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) {
      return slope(over, correction, s.input(0), Op.apply(RootSlope.OP, g, s.output()));
    }
  }

  /** y = g / 2r for a root r, 0 where that is 0. */
  record RootSlope() implements Pointwise {
    static final RootSlope OP = new RootSlope();

    @Override
    public Scalar of(Scalar... x) { return x[1].eq(0).select(0, x[0].div(x[1].mul(2))); }
  }
}
