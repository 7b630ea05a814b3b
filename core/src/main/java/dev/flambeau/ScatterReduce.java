package dev.flambeau;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.kernel.Elements;
import dev.flambeau.kernel.Elements.Combine;
import dev.flambeau.kernel.Formula;
import dev.flambeau.kernel.Loops;
import dev.flambeau.kernel.Selection;
import dev.flambeau.scalar.Scalar;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * y[…, index[…, i, …], …] = all v[…, i, …] of that index combined, with x there too if {@code includeSelf}; elsewhere y = x. Inputs: x, v, index.
 *
 * <p>dx and dv by {@code how}: sum g; mean g / count; prod g · (product of the others); amax and amin g / count of those that are equal to y, zero for others.
 */
record ScatterReduce(int dim, How how, boolean includeSelf) implements Indexing {
  private static final Formula QUOTIENT = Formula.of(Scalar.arg(0).div(Scalar.arg(1)), 2);
  private static final Formula FLOORED = Formula.of(Scalar.arg(0).floorDiv(Scalar.arg(1)), 2);

  /** How values meet. */
  enum How {
    SUM(Combine.SUM), PROD(Combine.PROD), MEAN(Combine.SUM), AMAX(Combine.MAX), AMIN(Combine.MIN);

    private final Combine combine;

    How(Combine combine) { this.combine = combine; }

    static How of(String name) {
      for (How how : values()) if (how.name().toLowerCase(Locale.ROOT).equals(name)) return how;
      throw Errors.argument("scatterReduce",
          "values are combined by \"sum\", \"prod\", \"mean\", \"amax\" or \"amin\", not \"" + name + "\"");
    }
  }

  private Places places() { return new Places.Along(dim); }

  private Reads.Read read() { return new Reads.Read(places(), "Gather"); }

  @Override
  public Saves saves(int i) {
    Saves index = Saves.input(2);
    return switch (how) {
      case SUM -> i == 0 && includeSelf ? Saves.NOTHING : index;
      case MEAN -> index;
      case PROD, AMAX, AMIN -> index.and(Saves.input(0)).and(Saves.input(1)).and(Saves.OUTPUT);
    };
  }

  @Override
  public NdArray forward(NdArray... x) {
    NdArray y = Layout.copy(x[0]);
    forwardInto(y, x);
    return y;
  }

  @Override
  public void forwardInto(NdArray target, NdArray... x) {
    if (x[1].type() != target.type()) {
      throw Errors.argument("scatterReduce",
          "the values are " + DType.of(x[1].type()).torchName() + ", but the tensor is "
              + DType.of(target.type()).torchName() + "; convert them with to(…)");
    }
    Selection at = places().in(target, "scatterReduce", 2, x);
    NdArray values = Broadcast.to("scatterReduce", x[1], x[2].shape());
    if (!includeSelf) {
      switch (how) {
        case SUM, MEAN -> Elements.put(target, at, Writes.number(target.type(), 0));
        case PROD -> Elements.put(target, at, Writes.number(target.type(), 1));
        case AMAX, AMIN -> Elements.put(target, at, values);
      }
    }
    Elements.combine(how.combine, target, at, values);
    if (how == How.MEAN) {
      NdArray counts = counts(x[2], target);
      Loops.map(target.type().isFloating() ? QUOTIENT : FLOORED, target.type(), target, target, counts);
    }
  }

  /** How many values meet at each place; 1 where there are none. */
  private NdArray counts(NdArray index, NdArray like) {
    NdArray counts = NdArray.allocate(ElementType.INT64, like.shape());
    Loops.fill(counts, 1L);
    Selection at = places().in(counts, "scatterReduce", 0, index);
    if (!includeSelf) Elements.put(counts, at, NdArray.scalar(0L));
    Elements.add(counts, at, NdArray.scalar(1L));
    return counts;
  }

  @Override
  public @Nullable Tensor backward(int i, Saved s, Tensor g) {
    if (i == 2) return null;
    if (how == How.SUM && i == 0 && includeSelf) return g;
    Tensor index = s.input(2);
    return switch (how) {
      case SUM -> i == 0 ? kept(g, index) : there(g, index);
      case MEAN -> {
        Tensor even = g.div(Tensor.of(counts(index.array(), NdArray.allocate(g.array().type(), s.shapeOf(0)))));
        yield i == 0 ? kept(even, index) : there(even, index);
      }
      case PROD -> i == 0 ? kept(g.mul(othersOfSelf(s, index)), index) : there(g, index).mul(othersOfValues(s, index));
      case AMAX, AMIN -> {
        Tensor result = s.output();
        Tensor selfHits = kept(s.input(0).eq(result).to(g.dtype()), index);
        Tensor valueHits = s.input(1).eq(there(result, index)).to(g.dtype());
        Tensor even = g.div(selfHits.scatterAdd(dim, index, valueHits));
        yield i == 0 ? selfHits.mul(even) : valueHits.mul(there(even, index));
      }
    };
  }

  /** What reaches x: nothing at the places, unless x counts there. */
  private Tensor kept(Tensor g, Tensor index) { return includeSelf ? g : g.scatter(dim, index, 0L); }

  private Tensor there(Tensor g, Tensor index) { return Op.apply(read(), g, index); }

  /** At each place the product of all values that meet x there. */
  private Tensor othersOfSelf(Saved s, Tensor index) {
    Tensor x = s.input(0);
    Tensor ones = Tensor.of(NdArray.allocate(x.array().type(), x.array().shape())).fill_(1L);
    return Op.apply(new ScatterReduce(dim, How.PROD, true), ones, s.input(1), index);
  }

  /** For each value the product of those that it meets: by division, except for an only zero. */
  private Tensor othersOfValues(Saved s, Tensor index) {
    Tensor v = s.input(1);
    Tensor zero = v.eq(0L);
    Tensor zeros =
        Tensor.of(NdArray.allocate(v.array().type(), s.shapeOf(0))).scatterAdd(dim, index, zero.to(v.dtype()));
    Tensor onlyZero = zero.logicalAnd(there(zeros, index).eq(1L));
    Tensor withoutIt = there(Op.apply(this, s.input(0), v.maskedFill(onlyZero, 1L), index), index);
    return withoutIt.where(onlyZero, there(s.output(), index).div(v.maskedFill(zero, 1L)));
  }
}
