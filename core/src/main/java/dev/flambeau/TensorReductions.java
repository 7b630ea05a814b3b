package dev.flambeau;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.flambeau.array.Shape;

/**
 * Many elements to fewer, and what runs along a dimension. Where several dimensions may be given, none means all; reduced ones stay, with size 1, if
 * {@code keepDim}. A dimension that does not exist is an {@link IllegalArgumentException}.
 */
public sealed interface TensorReductions permits Tensor {
  /** This tensor. */
  Tensor self();

  /** y = Σ x, of integers and truth values as int64;  dx = g spread back. */
  default Tensor sum(int... dims) { return Op.apply(Sums.sum(Over.dims("sum", dims, false, self())), self()); }

  /** As {@link #sum(int...)}, over one dimension. */
  default Tensor sum(int dim, boolean keepDim) {
    return Op.apply(Sums.sum(Over.dim("sum", dim, keepDim, self())), self());
  }

  /** As {@link #sum(int...)}. */
  default Tensor sum(int[] dims, boolean keepDim) {
    return Op.apply(Sums.sum(Over.dims("sum", dims, keepDim, self())), self());
  }

  /** As {@link #sum(int...)}, computed in {@code dtype}. */
  default Tensor sum(DType dtype) { return Sums.in(dtype, self(), Tensor::sum); }

  /** As {@link #sum(int...)}, computed in {@code dtype}. */
  default Tensor sum(int[] dims, boolean keepDim, DType dtype) {
    return Sums.in(dtype, self(), x -> x.sum(dims, keepDim));
  }

  /**
   * y = Σ x over those dimensions in which a tensor of {@code shape} would have been broadcast to this one;  dx = g broadcast again.
   *
   * @throws IllegalArgumentException if {@code shape} does not broadcast to this tensor's
   */
  default Tensor sumToSize(long... shape) { return Sums.sumTo(self(), Shape.of(shape)); }

  /** y = Σ x without the NaNs;  dx = g spread back, 0 where x is NaN. */
  default Tensor nansum(int... dims) {
    return Op.apply(new Sums.Nansum(Over.dims("nansum", dims, false, self())), self());
  }

  /** As {@link #nansum(int...)}, over one dimension. */
  default Tensor nansum(int dim, boolean keepDim) {
    return Op.apply(new Sums.Nansum(Over.dim("nansum", dim, keepDim, self())), self());
  }

  /** As {@link #nansum(int...)}. */
  default Tensor nansum(int[] dims, boolean keepDim) {
    return Op.apply(new Sums.Nansum(Over.dims("nansum", dims, keepDim, self())), self());
  }

  /** y = Σ x / n of real numbers;  dx = g / n spread back. */
  default Tensor mean(int... dims) { return Op.apply(Moments.mean(Over.dims("mean", dims, false, self())), self()); }

  /** As {@link #mean(int...)}, over one dimension. */
  default Tensor mean(int dim, boolean keepDim) {
    return Op.apply(Moments.mean(Over.dim("mean", dim, keepDim, self())), self());
  }

  /** As {@link #mean(int...)}. */
  default Tensor mean(int[] dims, boolean keepDim) {
    return Op.apply(Moments.mean(Over.dims("mean", dims, keepDim, self())), self());
  }

  /** As {@link #mean(int...)}, computed in {@code dtype}. */
  default Tensor mean(DType dtype) { return self().to(dtype).mean(); }

  /** As {@link #mean(int...)}, computed in {@code dtype}. */
  default Tensor mean(int[] dims, boolean keepDim, DType dtype) { return self().to(dtype).mean(dims, keepDim); }

  /** The mean of those that are not NaN. */
  default Tensor nanmean(int... dims) { return nanmean(dims, false); }

  /** The mean of those that are not NaN. */
  default Tensor nanmean(int[] dims, boolean keepDim) {
    return nansum(dims, keepDim).div(self().eq(self()).sum(dims, keepDim));
  }

  /** y = Π x, of integers and truth values as int64;  dx = g · the product of the others, zeros or not. */
  default Tensor prod() { return Op.apply(new Products.Prod(Over.ALL), self()); }

  /** As {@link #prod()}, over one dimension. */
  default Tensor prod(int dim) { return prod(dim, false); }

  /** As {@link #prod()}, over one dimension. */
  default Tensor prod(int dim, boolean keepDim) {
    return Op.apply(new Products.Prod(Over.dim("prod", dim, keepDim, self())), self());
  }

  /** As {@link #prod()}, computed in {@code dtype}. */
  default Tensor prod(DType dtype) { return Sums.in(dtype, self(), Tensor::prod); }

  /** y = Σ (x − mean)² / (n − 1) of real numbers;  dx = 2 g (x − mean) / (n − 1). */
  default Tensor var(int... dims) { return var(dims, 1, false); }

  /** As {@link #var(int...)}, over one dimension. */
  default Tensor var(int dim, boolean keepDim) { return var(new int[] {dim}, 1, keepDim); }

  /** As {@link #var(int...)}. */
  default Tensor var(int[] dims, boolean keepDim) { return var(dims, 1, keepDim); }

  /** As {@link #var(int...)}, with {@code correction} for the 1. */
  default Tensor var(int[] dims, double correction, boolean keepDim) {
    return Op.apply(new Moments.Variance(Over.dims("var", dims, keepDim, self()), correction, "Var"), self());
  }

  /** The {@link #var(int...)} and the {@link #mean(int...)}. */
  default Tensor[] varMean(int... dims) { return varMean(dims, 1, false); }

  /** The {@link #var(int[], double, boolean)} and the {@link #mean(int[], boolean)}. */
  default Tensor[] varMean(int[] dims, double correction, boolean keepDim) {
    Over over = Over.dims("varMean", dims, keepDim, self());
    return new Tensor[] {Op.apply(new Moments.Variance(over, correction, "VarMean"), self()),
      Op.apply(Moments.mean(over), self())};
  }

  /** y = √(Σ (x − mean)² / (n − 1)) of real numbers;  dx = g (x − mean) / (y (n − 1)), 0 where y is 0. */
  default Tensor std(int... dims) { return std(dims, 1, false); }

  /** As {@link #std(int...)}, over one dimension. */
  default Tensor std(int dim, boolean keepDim) { return std(new int[] {dim}, 1, keepDim); }

  /** As {@link #std(int...)}. */
  default Tensor std(int[] dims, boolean keepDim) { return std(dims, 1, keepDim); }

  /** As {@link #std(int...)}, with {@code correction} for the 1. */
  default Tensor std(int[] dims, double correction, boolean keepDim) {
    return Op.apply(new Moments.Deviation(Over.dims("std", dims, keepDim, self()), correction, "Std"), self());
  }

  /** The {@link #std(int...)} and the {@link #mean(int...)}. */
  default Tensor[] stdMean(int... dims) { return stdMean(dims, 1, false); }

  /** The {@link #std(int[], double, boolean)} and the {@link #mean(int[], boolean)}. */
  default Tensor[] stdMean(int[] dims, double correction, boolean keepDim) {
    Over over = Over.dims("stdMean", dims, keepDim, self());
    return new Tensor[] {Op.apply(new Moments.Deviation(over, correction, "StdMean"), self()),
      Op.apply(Moments.mean(over), self())};
  }

  /** Whether any element is not 0: a truth value, for bytes a byte. */
  default Tensor any(int... dims) { return Op.apply(new Counts.Any(Over.dims("any", dims, false, self())), self()); }

  /** As {@link #any(int...)}, over one dimension. */
  default Tensor any(int dim, boolean keepDim) {
    return Op.apply(new Counts.Any(Over.dim("any", dim, keepDim, self())), self());
  }

  /** As {@link #any(int...)}. */
  default Tensor any(int[] dims, boolean keepDim) {
    return Op.apply(new Counts.Any(Over.dims("any", dims, keepDim, self())), self());
  }

  /** Whether all elements are not 0: a truth value, for bytes a byte. */
  default Tensor all(int... dims) { return Op.apply(new Counts.All(Over.dims("all", dims, false, self())), self()); }

  /** As {@link #all(int...)}, over one dimension. */
  default Tensor all(int dim, boolean keepDim) {
    return Op.apply(new Counts.All(Over.dim("all", dim, keepDim, self())), self());
  }

  /** As {@link #all(int...)}. */
  default Tensor all(int[] dims, boolean keepDim) {
    return Op.apply(new Counts.All(Over.dims("all", dims, keepDim, self())), self());
  }

  /** Number of elements that are not 0, as int64. */
  default Tensor countNonzero(int... dims) {
    return Op.apply(new Counts.CountNonzero(Over.dims("countNonzero", dims, false, self())), self());
  }

  /**
   * y = the greatest element, NaN if there is one;  dx = g in equal shares to all that are.
   *
   * @throws IllegalArgumentException if there are no elements
   */
  default Tensor max() { return Op.apply(new Extremes.Whole(true), self()); }

  /** The greatest elements along {@code dim} with their first indices;  dx = g at these. */
  default ValuesAndIndices max(int dim) { return max(dim, false); }

  /** The greatest elements along {@code dim} with their first indices;  dx = g at these. */
  default ValuesAndIndices max(int dim, boolean keepDim) {
    return ValuesAndIndices.of(new Extremes.Picked(true, Dims.wrap("max", dim, self().dim()), keepDim), self());
  }

  /**
   * y = the least element, NaN if there is one;  dx = g in equal shares to all that are.
   *
   * @throws IllegalArgumentException if there are no elements
   */
  default Tensor min() { return Op.apply(new Extremes.Whole(false), self()); }

  /** The least elements along {@code dim} with their first indices;  dx = g at these. */
  default ValuesAndIndices min(int dim) { return min(dim, false); }

  /** The least elements along {@code dim} with their first indices;  dx = g at these. */
  default ValuesAndIndices min(int dim, boolean keepDim) {
    return ValuesAndIndices.of(new Extremes.Picked(false, Dims.wrap("min", dim, self().dim()), keepDim), self());
  }

  /** y = the greatest element, NaN if there is one;  dx = g in equal shares to all that equal it. */
  default Tensor amax(int... dims) {
    return Op.apply(new Extremes.Along(true, Over.dims("amax", dims, false, self()), "Amax"), self());
  }

  /** As {@link #amax(int...)}, over one dimension. */
  default Tensor amax(int dim, boolean keepDim) {
    return Op.apply(new Extremes.Along(true, Over.dim("amax", dim, keepDim, self()), "Amax"), self());
  }

  /** As {@link #amax(int...)}. */
  default Tensor amax(int[] dims, boolean keepDim) {
    return Op.apply(new Extremes.Along(true, Over.dims("amax", dims, keepDim, self()), "Amax"), self());
  }

  /** y = the least element, NaN if there is one;  dx = g in equal shares to all that equal it. */
  default Tensor amin(int... dims) {
    return Op.apply(new Extremes.Along(false, Over.dims("amin", dims, false, self()), "Amin"), self());
  }

  /** As {@link #amin(int...)}, over one dimension. */
  default Tensor amin(int dim, boolean keepDim) {
    return Op.apply(new Extremes.Along(false, Over.dim("amin", dim, keepDim, self()), "Amin"), self());
  }

  /** As {@link #amin(int...)}. */
  default Tensor amin(int[] dims, boolean keepDim) {
    return Op.apply(new Extremes.Along(false, Over.dims("amin", dims, keepDim, self()), "Amin"), self());
  }

  /** The {@link #amin(int...) least} and the {@link #amax(int...) greatest} elements. */
  default Tensor[] aminmax(int... dims) { return aminmax(dims, false); }

  /** The {@link #amin(int...) least} and the {@link #amax(int...) greatest} elements. */
  default Tensor[] aminmax(int[] dims, boolean keepDim) {
    Over over = Over.dims("aminmax", dims, keepDim, self());
    return new Tensor[] {Op.apply(new Extremes.Along(false, over, "Aminmax"), self()),
      Op.apply(new Extremes.Along(true, over, "Aminmax"), self())};
  }

  /** First index of the greatest element in row-major order, or of the first NaN. */
  default Tensor argmax() { return Op.apply(new Extremes.Arg(true, Over.ALL), self()); }

  /** First indices of the greatest elements along {@code dim}. */
  default Tensor argmax(int dim) { return argmax(dim, false); }

  /** First indices of the greatest elements along {@code dim}. */
  default Tensor argmax(int dim, boolean keepDim) {
    return Op.apply(new Extremes.Arg(true, Over.dim("argmax", dim, keepDim, self())), self());
  }

  /** First index of the least element in row-major order, or of the first NaN. */
  default Tensor argmin() { return Op.apply(new Extremes.Arg(false, Over.ALL), self()); }

  /** First indices of the least elements along {@code dim}. */
  default Tensor argmin(int dim) { return argmin(dim, false); }

  /** First indices of the least elements along {@code dim}. */
  default Tensor argmin(int dim, boolean keepDim) {
    return Op.apply(new Extremes.Arg(false, Over.dim("argmin", dim, keepDim, self())), self());
  }

  /** y = √Σ x²;  dx = g · x / y, 0 where y is 0. */
  default Tensor norm() { return norm(2); }

  /** y = (Σ |x|ᵖ)^(1/p); the number of x ≠ 0 for p = 0, the extreme |x| for p = ±∞;  dx = g · x · |x|ᵖ⁻² / yᵖ⁻¹, 0 where y is 0. */
  default Tensor norm(double p, int... dims) { return norm(p, dims, false); }

  /** As {@link #norm(double, int...)}, over one dimension. */
  default Tensor norm(double p, int dim, boolean keepDim) {
    return Op.apply(new Norms.Norm(p, Over.dim("norm", dim, keepDim, self())), self());
  }

  /** As {@link #norm(double, int...)}. */
  default Tensor norm(double p, int[] dims, boolean keepDim) {
    return Op.apply(new Norms.Norm(p, Over.dims("norm", dims, keepDim, self())), self());
  }

  /** y = log Σ eˣ, without overflow;  dx = g · eˣ⁻ʸ. */
  default Tensor logsumexp(int... dims) {
    return Softmaxes.logsumexp(self(), Over.dims("logsumexp", dims, false, self()));
  }

  /** As {@link #logsumexp(int...)}, over one dimension. */
  default Tensor logsumexp(int dim, boolean keepDim) {
    return Softmaxes.logsumexp(self(), Over.dim("logsumexp", dim, keepDim, self()));
  }

  /** As {@link #logsumexp(int...)}. */
  default Tensor logsumexp(int[] dims, boolean keepDim) {
    return Softmaxes.logsumexp(self(), Over.dims("logsumexp", dims, keepDim, self()));
  }

  /** y = eˣ / Σ eˣ along {@code dim};  dx = y · (g − Σ g · y). */
  default Tensor softmax(int dim) {
    return Op.apply(new Softmaxes.Softmax(Over.dim("softmax", dim, true, self())), self());
  }

  /** As {@link #softmax(int)}, computed in {@code dtype}. */
  default Tensor softmax(int dim, DType dtype) { return self().to(dtype).softmax(dim); }

  /** y = x − log Σ eˣ along {@code dim};  dx = g − eʸ · Σ g. */
  default Tensor logSoftmax(int dim) {
    return Op.apply(new Softmaxes.LogSoftmax(Over.dim("logSoftmax", dim, true, self())), self());
  }

  /** As {@link #logSoftmax(int)}, computed in {@code dtype}. */
  default Tensor logSoftmax(int dim, DType dtype) { return self().to(dtype).logSoftmax(dim); }

  /** y = Σ x up to each element along {@code dim}, of integers and truth values as int64;  dx = Σ g from each element on. */
  default Tensor cumsum(int dim) { return Op.apply(new Scans.Cumsum(Scans.dim("cumsum", dim, self()), false), self()); }

  /** As {@link #cumsum(int)}, computed in {@code dtype}. */
  default Tensor cumsum(int dim, DType dtype) { return Sums.in(dtype, self(), x -> x.cumsum(dim)); }

  /** As {@link #cumsum(int)}, in place. */
  @CanIgnoreReturnValue
  default Tensor cumsum_(int dim) {
    return Recorder.applyInPlace(new Scans.Cumsum(Scans.dim("cumsum", dim, self()), false), self());
  }

  /** y = Π x up to each element along {@code dim}, of integers and truth values as int64; the gradient is exact with zeros, too. */
  default Tensor cumprod(int dim) { return Op.apply(new Scans.Cumprod(Scans.dim("cumprod", dim, self())), self()); }

  /** As {@link #cumprod(int)}, computed in {@code dtype}. */
  default Tensor cumprod(int dim, DType dtype) { return Sums.in(dtype, self(), x -> x.cumprod(dim)); }

  /** As {@link #cumprod(int)}, in place. */
  @CanIgnoreReturnValue
  default Tensor cumprod_(int dim) {
    return Recorder.applyInPlace(new Scans.Cumprod(Scans.dim("cumprod", dim, self())), self());
  }

  /** y = log Σ eˣ up to each element along {@code dim}, without overflow;  dxᵢ = Σ gⱼ · e^(xᵢ − yⱼ) from i on. */
  default Tensor logcumsumexp(int dim) {
    return Op.apply(new Scans.Logcumsumexp(Scans.dim("logcumsumexp", dim, self())), self());
  }

  /** The greatest elements up to each one along {@code dim}, with their last indices;  dx = g at these. */
  default ValuesAndIndices cummax(int dim) {
    return ValuesAndIndices.of(new Scans.Cumextreme(true, Scans.dim("cummax", dim, self())), self());
  }

  /** The least elements up to each one along {@code dim}, with their last indices;  dx = g at these. */
  default ValuesAndIndices cummin(int dim) {
    return ValuesAndIndices.of(new Scans.Cumextreme(false, Scans.dim("cummin", dim, self())), self());
  }
}
