package dev.flambeau;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/** Elements moved into a new order, repeated, padded, sorted and counted. */
public sealed interface TensorArranging permits Tensor {
  /** This tensor. */
  Tensor self();

  // ---------------------------------------------------------------- moved

  /** These dimensions backwards. */
  default Tensor flip(int... dims) {
    return Op.apply(new Arrangements.Flip(Ints.of(Views.distinct("flip", dims, self().dim()))), self());
  }

  /** The second dimension backwards. */
  default Tensor fliplr() {
    if (self().dim() < 2)
      throw Errors.argument("fliplr", "at least two dimensions are needed, but the shape is " + self().array().shape());
    return flip(1);
  }

  /** The first dimension backwards. */
  default Tensor flipud() {
    if (self().dim() < 1)
      throw Errors.argument("flipud", "at least one dimension is needed, but the tensor is a single number");
    return flip(0);
  }

  /** Elements moved on by {@code shift} in row-major order; the last ones come first. */
  default Tensor roll(long shift) { return Arrangements.roll(self(), new long[] {shift}, new int[0]); }

  /** Elements moved on by {@code shift} in {@code dim}; the last ones come first. */
  default Tensor roll(long shift, int dim) { return Arrangements.roll(self(), new long[] {shift}, new int[] {dim}); }

  /** Elements moved on by {@code shifts[k]} in {@code dims[k]}; the last ones come first. */
  default Tensor roll(long[] shifts, int[] dims) { return Arrangements.roll(self(), shifts, dims); }

  /** Turned by 90° in the plane of the first two dimensions, from the first towards the second. */
  default Tensor rot90() { return rot90(1); }

  /** Turned by k · 90° in the plane of the first two dimensions. */
  default Tensor rot90(int k) { return rot90(k, 0, 1); }

  /** Turned by k · 90° in the plane of two dimensions, from the first towards the second. */
  default Tensor rot90(int k, int dim0, int dim1) { return Arrangements.rot90(self(), k, dim0, dim1); }

  // ---------------------------------------------------------------- repeated

  /** As often as {@code times} says in each dimension; more numbers than dimensions make new leading ones. */
  default Tensor repeat(long... times) { return Arrangements.repeat(self(), times); }

  /** As {@link #repeat}; fewer numbers than dimensions leave the leading ones as they are. */
  default Tensor tile(long... times) { return Arrangements.tile(self(), times); }

  /** Each element, row-major, {@code times} times in a row. */
  default Tensor repeatInterleave(long times) { return Arrangements.repeatInterleave(self().flatten(), times, 0); }

  /** Each slice along {@code dim} {@code times} times in a row. */
  default Tensor repeatInterleave(long times, int dim) { return Arrangements.repeatInterleave(self(), times, dim); }

  /** Each element, row-major, as often as its number in {@code repeats} says. */
  default Tensor repeatInterleave(Tensor repeats) { return Reads.repeatInterleave(self().flatten(), repeats, 0); }

  /** Each slice along {@code dim} as often as its number in {@code repeats} says. */
  default Tensor repeatInterleave(Tensor repeats, int dim) { return Reads.repeatInterleave(self(), repeats, dim); }

  /** Differences of neighbours along the last dimension: y = x[…, 1:] − x[…, :−1]. */
  default Tensor diff() { return diff(1, -1); }

  /** Differences of neighbours along {@code dim}, taken {@code n} times; truth values differ where they are not equal. */
  default Tensor diff(int n, int dim) { return Slices.differences(self(), n, dim); }

  // ---------------------------------------------------------------- triangles, diagonals, rims

  /** The lower triangle of each matrix, zero above. */
  default Tensor tril() { return tril(0); }

  /** What is on or below the diagonal {@code offset} of each matrix, zero above. */
  default Tensor tril(long offset) { return Op.apply(new Arrangements.Tril(Dims.exact("tril", offset)), self()); }

  /** As {@link #tril(long)}, in place. */
  @CanIgnoreReturnValue
  default Tensor tril_(long offset) {
    return Recorder.applyInPlace(new Arrangements.Tril(Dims.exact("tril", offset)), self());
  }

  /** As {@link #tril()}, in place. */
  @CanIgnoreReturnValue
  default Tensor tril_() { return tril_(0); }

  /** The upper triangle of each matrix, zero below. */
  default Tensor triu() { return triu(0); }

  /** What is on or above the diagonal {@code offset} of each matrix, zero below. */
  default Tensor triu(long offset) { return Op.apply(new Arrangements.Triu(Dims.exact("triu", offset)), self()); }

  /** As {@link #triu(long)}, in place. */
  @CanIgnoreReturnValue
  default Tensor triu_(long offset) {
    return Recorder.applyInPlace(new Arrangements.Triu(Dims.exact("triu", offset)), self());
  }

  /** As {@link #triu()}, in place. */
  @CanIgnoreReturnValue
  default Tensor triu_() { return triu_(0); }

  /** The matrix with this vector as its diagonal, or a copy of this matrix's diagonal. */
  default Tensor diag() { return diag(0); }

  /** As {@link #diag()}, for the diagonal {@code offset} above the main one. */
  default Tensor diag(long offset) { return Arrangements.diag(self(), offset); }

  /** Matrices with the last dimension as their diagonals: (…, n) gives (…, n, n). */
  default Tensor diagEmbed() { return diagEmbed(0); }

  /** As {@link #diagEmbed()}, for the diagonal {@code offset} above the main one. */
  default Tensor diagEmbed(long offset) { return diagEmbed(offset, -2, -1); }

  /** As {@link #diagEmbed(long)}, with rows and columns as dimensions {@code dim1} and {@code dim2} of the result. */
  default Tensor diagEmbed(long offset, int dim1, int dim2) {
    return Arrangements.diagEmbed(self(), offset, dim1, dim2);
  }

  /** With a rim of zeros: pairs (before, after) from the last dimension backwards; negative ones cut off. */
  default Tensor pad(long... pads) { return pad(pads, 0); }

  /** As {@link #pad(long...)}, with a rim of {@code value}. */
  default Tensor pad(long[] pads, double value) { return pad(pads, "constant", value); }

  /** As {@link #pad(long...)}; the mode is "constant", "reflect", "replicate" or "circular". */
  default Tensor pad(long[] pads, String mode) { return pad(pads, mode, 0); }

  /** As {@link #pad(long[], String)}, with a rim of {@code value} if the mode is "constant". */
  default Tensor pad(long[] pads, String mode, double value) { return Pads.pad(self(), pads, mode, value); }

  // ---------------------------------------------------------------- in order

  /** In ascending order along the last dimension, NaN last, with the indices that the elements had. */
  default ValuesAndIndices sort() { return sort(-1); }

  /** In ascending order along {@code dim}. */
  default ValuesAndIndices sort(int dim) { return sort(dim, false); }

  /** In order along {@code dim}. */
  default ValuesAndIndices sort(int dim, boolean descending) { return sort(dim, descending, false); }

  /** In order along {@code dim}. Equal elements always keep their order; {@code stable} only tells that this was asked for. */
  default ValuesAndIndices sort(int dim, boolean descending, boolean stable) {
    return Orders.sort(self(), dim, descending, stable);
  }

  /** The elements in ascending order along the first dimension. */
  default Tensor msort() { return sort(0).values(); }

  /** The indices that sort the last dimension. */
  default Tensor argsort() { return argsort(-1, false); }

  /** The indices that sort {@code dim}; equal elements keep their order. */
  default Tensor argsort(int dim, boolean descending) { return sort(dim, descending, true).indices(); }

  /** The {@code k} greatest along the last dimension, the greatest first. */
  default ValuesAndIndices topk(long k) { return topk(k, -1, true); }

  /** The {@code k} greatest along {@code dim}, or the smallest, the best first. */
  default ValuesAndIndices topk(long k, int dim, boolean largest) { return Orders.topk(self(), k, dim, largest); }

  /** The {@code k}-th smallest along the last dimension, counted from 1. */
  default ValuesAndIndices kthvalue(long k) { return kthvalue(k, -1, false); }

  /** The {@code k}-th smallest along {@code dim}, counted from 1; {@code dim} stays with size 1 if {@code keepDim}. */
  default ValuesAndIndices kthvalue(long k, int dim, boolean keepDim) {
    return Orders.kthvalue(self(), k, dim, keepDim);
  }

  /** The median of all elements, of an even number the lower one;  dx = g shared by the elements that are equal to it. */
  default Tensor median() { return Op.apply(new Orders.Median(false), self()); }

  /** The median along {@code dim}. */
  default ValuesAndIndices median(int dim) { return median(dim, false); }

  /** The median along {@code dim}, which stays with size 1 if {@code keepDim}. */
  default ValuesAndIndices median(int dim, boolean keepDim) { return Orders.median(self(), dim, keepDim, false); }

  /** The median of all elements that are not NaN. */
  default Tensor nanmedian() { return Op.apply(new Orders.Median(true), self()); }

  /** The median of those along {@code dim} that are not NaN. */
  default ValuesAndIndices nanmedian(int dim, boolean keepDim) { return Orders.median(self(), dim, keepDim, true); }

  // ---------------------------------------------------------------- distinct, counted, found

  /** The distinct elements in ascending order. */
  default Tensor unique() { return uniqueAll().values(); }

  /** The distinct slices along {@code dim} in lexicographic order. */
  default Tensor unique(int dim) { return uniqueAll(dim).values(); }

  /** The distinct elements in ascending order, with the index of each element's value and the counts. */
  default Distinct uniqueAll() { return Orders.unique(self(), false); }

  /** The distinct slices along {@code dim} in lexicographic order, with the index of each slice's value and the counts. */
  default Distinct uniqueAll(int dim) { return Orders.unique(self(), dim, false); }

  /** One element of each run of equal ones. */
  default Tensor uniqueConsecutive() { return uniqueConsecutiveAll().values(); }

  /** One element of each run of equal ones, with the index of each element's value and the counts. */
  default Distinct uniqueConsecutiveAll() { return Orders.unique(self(), true); }

  /** One slice of each run of equal ones along {@code dim}, with the index of each slice's value and the counts. */
  default Distinct uniqueConsecutiveAll(int dim) { return Orders.unique(self(), dim, true); }

  /** How often each of 0, 1, … occurs in this vector of integers. */
  default Tensor bincount() { return bincount(0); }

  /** As {@link #bincount()}, with at least {@code minLength} numbers. */
  default Tensor bincount(long minLength) { return Orders.bincount(self(), null, minLength); }

  /** The sums of the weights at the places where each of 0, 1, … occurs. */
  default Tensor bincount(Tensor weights) { return bincount(weights, 0); }

  /** As {@link #bincount(Tensor)}, with at least {@code minLength} numbers. */
  default Tensor bincount(Tensor weights, long minLength) { return Orders.bincount(self(), weights, minLength); }

  /** How many elements fall into each of {@code bins} bins of equal width from {@code min} to {@code max}; from the least to the greatest if these are equal. */
  default Tensor histc(int bins, double min, double max) { return Orders.histc(self(), bins, min, max); }

  /** Each class label as a row with a 1 at its place: int64 (…) gives int64 (…, classes), with as many classes as the greatest label needs. */
  default Tensor oneHot() { return oneHot(-1); }

  /** Each class label as a row of {@code numClasses} with a 1 at its place. */
  default Tensor oneHot(long numClasses) { return Orders.oneHot(self(), numClasses); }

  /** Where {@code values} would be put in to keep this ascending sequence in order, before equal elements. */
  default Tensor searchsorted(Tensor values) { return searchsorted(values, false); }

  /** Where {@code values} would be put in to keep this ascending sequence, or each along the last dimension, in order; behind equal elements if {@code right}. */
  default Tensor searchsorted(Tensor values, boolean right) {
    return Op.apply(new Orders.Searchsorted(right), self(), values);
  }

  /** The bucket of each of {@code values} between these ascending boundaries; one that is equal to a boundary belongs before it, or behind if {@code right}. */
  default Tensor bucketize(Tensor values, boolean right) {
    if (self().dim() != 1)
      throw Errors.argument("bucketize", "the boundaries must be a vector, but have shape " + self().array().shape());
    return searchsorted(values, right);
  }
}
