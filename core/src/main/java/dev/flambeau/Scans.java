package dev.flambeau;

import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.kernel.ArgReduce;
import dev.flambeau.kernel.Loops;
import dev.flambeau.kernel.Recurrences;
import dev.flambeau.kernel.Reducer;
import org.jspecify.annotations.Nullable;

/** What runs along a dimension: cumulative sums, products, extremes. A single number is a lane of one element. */
final class Scans {
  private Scans() {}

  static int dim(String operation, int dim, Tensor x) { return Dims.wrap(operation, dim, x.dim()); }

  private static NdArray lane(NdArray x) { return x.rank() > 0 ? x : x.view(Shape.of(1), new int[] {1}, x.offset()); }

  private static NdArray turned(NdArray x, int dim) {
    int[] strides = x.strides();
    int last = Math.max(x.shape().size(dim) - 1, 0);
    int offset = x.offset() + last * strides[dim];
    strides[dim] = -strides[dim];
    return x.view(x.shape(), strides, offset);
  }

  private static NdArray scan(Reducer r, NdArray x, int dim, boolean reverse) {
    NdArray in = lane(x);
    NdArray y = NdArray.unwritten(Sums.type(x), in.shape());
    if (y.numel() > 0) Loops.scan(r, reverse ? turned(y, dim) : y, reverse ? turned(in, dim) : in, dim);
    return y.reshaped(x.shape());
  }

  /** All of {@code x} along {@code dim} but the last, or but the first. */
  private static Tensor neighbours(Tensor x, int dim, boolean first) {
    return x.narrow(dim, first ? 1 : 0, x.size(dim) - 1);
  }

  /** {@code 1, 0, 0, …} along {@code dim}, or the same from the other end. */
  private static Tensor unit(Tensor x, int dim, boolean reverse) {
    int n = x.array().shape().size(dim);
    NdArray unit = NdArray.allocate(x.array().type(), Shape.of(n));
    Loops.fill(unit.view(Shape.of(1), new int[] {1}, reverse ? n - 1 : 0), 1);
    int[] strides = new int[x.dim()];
    strides[dim] = 1;
    return Tensor.of(unit.view(x.array().shape(), strides, 0));
  }

  /** Π x over all before each element along {@code dim}, or over all after it. */
  static Tensor productOfOthers(Tensor x, int dim, boolean after) {
    return Op.apply(new Recurrence(dim, after), neighbours(x, dim, after), unit(x, dim, after));
  }

  /** y = Σ x up to each element along dim;  dx = Σ g from each element on. */
  record Cumsum(int dim, boolean reverse) implements Reduction {
    @Override
    public NdArray forward(NdArray... x) { return scan(Reducer.SUM, x[0], dim, reverse); }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) { return Op.apply(new Cumsum(dim, !reverse), g); }
  }

  /** y = Π x up to each element along dim;  dx = (Π x before it) · r with rᵢ = gᵢ + xᵢ₊₁ · rᵢ₊₁: no division, so zeros do no harm. */
  record Cumprod(int dim) implements Reduction {
    @Override
    public NdArray forward(NdArray... x) { return scan(Reducer.PROD, x[0], dim, false); }

    @Override
    public Saves saves(int i) { return Saves.input(0); }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) {
      Tensor x = s.input(0);
      if (x.dim() == 0 || x.numel() == 0) return g;
      return productOfOthers(x, dim, false).mul(Op.apply(new Recurrence(dim, true), neighbours(x, dim, true), g));
    }
  }

  /** y with y₀ = b₀ and yᵢ = bᵢ + aᵢ₋₁ · yᵢ₋₁ along dim, or from the other end;  db is the same of g from the other end, daᵢ = dbᵢ₊₁ · yᵢ. */
  record Recurrence(int dim, boolean reverse) implements Reduction {
    @Override
    public NdArray forward(NdArray... x) { return Recurrences.affine(x[0], x[1], dim, reverse); }

    @Override
    public Saves saves(int i) { return i == 0 ? Saves.input(0).and(Saves.OUTPUT) : Saves.input(0); }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) {
      Tensor db = Op.apply(new Recurrence(dim, !reverse), s.input(0), g);
      return i == 1 ? db : neighbours(db, dim, !reverse).mul(neighbours(s.output(), dim, reverse));
    }
  }

  /** y = log Σ eˣ up to each element along dim;  dx = eˣ⁻ʸ · r with rᵢ = gᵢ + e^(yᵢ − yᵢ₊₁) · rᵢ₊₁, whose factors are at most 1. */
  record Logcumsumexp(int dim) implements Reduction {
    @Override
    public NdArray forward(NdArray... x) {
      Moments.checkReal("logcumsumexp", x[0]);
      return Recurrences.logCumSumExp(x[0], dim);
    }

    @Override
    public Saves saves(int i) { return Saves.input(0).and(Saves.OUTPUT); }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) {
      Tensor y = s.output();
      Tensor share = s.input(0).sub(y).exp();
      if (y.dim() == 0 || y.numel() == 0) return g.mul(share);
      Tensor decay = neighbours(y, dim, false).sub(neighbours(y, dim, true)).exp();
      return share.mul(Op.apply(new Recurrence(dim, true), decay, g));
    }
  }

  /** The greatest or least x up to each element along dim, and its index;  dx = g at that index. */
  record Cumextreme(boolean max, int dim) implements Ranking {
    @Override
    public String name() { return max ? "Cummax" : "Cummin"; }

    @Override
    public NdArray[] outputs(NdArray... x) {
      ArgReduce.Extremes found = Recurrences.extremes(x[0], dim, max);
      return new NdArray[] {found.values(), found.indices()};
    }

    @Override
    public Saves saves(int i) { return Saves.OUTPUT; }

    @Override
    public @Nullable Tensor gradient(int i, Saved s, @Nullable Tensor[] g) {
      Tensor values = g[0];
      return values == null ? null : Extremes.toIndices(s.shapeOf(0), values, s.output(1), dim);
    }
  }
}
