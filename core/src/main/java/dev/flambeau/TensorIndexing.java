package dev.flambeau;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;

/**
 * Elements picked by, or put at, places that indices or other tensors name.
 *
 * <p>Index tensors are int64 or int32, masks bool. All indices are checked before anything is written; where a place is named several times, the last value
 * written stays, and values added all count. The methods whose names end in an underscore change this tensor; the others change a copy.
 */
public sealed interface TensorIndexing permits Tensor {
  /** This tensor. */
  Tensor self();

  // ---------------------------------------------------------------- brackets

  /** The view at these indices of the leading dimensions, which go; negative ones count from the end. */
  default Tensor get(long... index) {
    Tensor x = self();
    for (long i : index) x = x.select(0, i);
    return x;
  }

  /**
   * What Python's {@code x[…]} gives: a view, unless there are index tensors. These broadcast together, and the dimensions that they make take the place
   * of those that they index, or go first if those are not adjacent.
   *
   * @throws IllegalArgumentException if an index is out of range, or there are more indices than dimensions
   */
  default Tensor get(Index... indices) { return Subscripts.get(self(), indices); }

  /** The elements that index tensors or masks for the leading dimensions name; index tensors broadcast together. */
  default Tensor get(Tensor... indices) { return Subscripts.get(self(), Subscripts.of(indices)); }

  /** x[index…] = value, which broadcasts to {@code get(index)}. */
  @CanIgnoreReturnValue
  default Tensor set_(Tensor value, long... index) { return set_(value, Subscripts.of(index)); }

  /** x[index…] = value. */
  @CanIgnoreReturnValue
  default Tensor set_(double value, long... index) { return set_(value, Subscripts.of(index)); }

  /** x[indices…] = value, which broadcasts to {@code get(indices)}. */
  @CanIgnoreReturnValue
  default Tensor set_(Tensor value, Index... indices) {
    Subscripts.set(self(), value, indices);
    return self();
  }

  /** x[indices…] = value. */
  @CanIgnoreReturnValue
  default Tensor set_(double value, Index... indices) {
    Subscripts.set(self(), value, indices);
    return self();
  }

  // ---------------------------------------------------------------- reading

  /** The slices along {@code dim} that {@code index} (n) names: x (…, d, …) gives (…, n, …). */
  default Tensor indexSelect(int dim, Tensor index) { return Reads.indexSelect(self(), dim, index); }

  /** y[i, j, …] = x[index[i, j, …], j, …] for dimension 0, likewise for others; the result has the shape of {@code index}, which is nowhere else larger than x. */
  default Tensor gather(int dim, Tensor index) { return Reads.gather(self(), dim, index); }

  /** The elements with these row-major indices, in the shape of {@code index}. */
  default Tensor take(Tensor index) { return Reads.take(self(), index); }

  /** As {@link #take}: the elements with these row-major indices, as a vector. */
  default Tensor takeAlongDim(Tensor indices) { return Reads.gather(self().reshape(-1), 0, indices.reshape(-1)); }

  /** As {@link #gather}, with sizes of 1 repeated; those of the indices only outside of {@code dim}. */
  default Tensor takeAlongDim(Tensor indices, int dim) { return Reads.takeAlongDim(self(), indices, dim); }

  /** The elements where {@code mask} is true, as a vector; both broadcast together. */
  default Tensor maskedSelect(Tensor mask) { return Reads.maskedSelect(self(), mask); }

  /** The indices of the elements that are not zero, int64 (n, dim). */
  default Tensor nonzero() { return Op.apply(new Reads.Nonzero(), self()); }

  /** As {@link #nonzero}. */
  default Tensor argwhere() { return nonzero(); }

  // ---------------------------------------------------------------- writing

  /** y[index[i, j, …], j, …] = source[i, j, …] for dimension 0, likewise for others; source is nowhere smaller than index. */
  default Tensor scatter(int dim, Tensor index, Tensor source) {
    return Writes.scatter(self(), dim, index, source, false, false);
  }

  /** y[index[i, j, …], j, …] = value for dimension 0, likewise for others. */
  default Tensor scatter(int dim, Tensor index, double value) {
    return Writes.scatter(self(), dim, index, Writes.number(self(), value), false);
  }

  /** y[index[i, j, …], j, …] = value for dimension 0, likewise for others. */
  default Tensor scatter(int dim, Tensor index, long value) {
    return Writes.scatter(self(), dim, index, Writes.number(self(), value), false);
  }

  /** As {@link #scatter(int, Tensor, Tensor)}, in place. */
  @CanIgnoreReturnValue
  default Tensor scatter_(int dim, Tensor index, Tensor source) {
    return Writes.scatter(self(), dim, index, source, false, true);
  }

  /** As {@link #scatter(int, Tensor, double)}, in place. */
  @CanIgnoreReturnValue
  default Tensor scatter_(int dim, Tensor index, double value) {
    return Writes.scatter(self(), dim, index, Writes.number(self(), value), true);
  }

  /** y[index[i, j, …], j, …] += source[i, j, …] for dimension 0, likewise for others. */
  default Tensor scatterAdd(int dim, Tensor index, Tensor source) {
    return Writes.scatter(self(), dim, index, source, true, false);
  }

  /** As {@link #scatterAdd}, in place. */
  @CanIgnoreReturnValue
  default Tensor scatterAdd_(int dim, Tensor index, Tensor source) {
    return Writes.scatter(self(), dim, index, source, true, true);
  }

  /** As {@link #scatterAdd}, with values met by "sum", "prod", "mean", "amax" or "amin". */
  default Tensor scatterReduce(int dim, Tensor index, Tensor source, String reduce) {
    return scatterReduce(dim, index, source, reduce, true);
  }

  /** As {@link #scatterReduce(int, Tensor, Tensor, String)}; the elements of x at the places only count if {@code includeSelf}. */
  default Tensor scatterReduce(int dim, Tensor index, Tensor source, String reduce, boolean includeSelf) {
    ScatterReduce op =
        new ScatterReduce(Dims.wrap("scatterReduce", dim, self().dim()), ScatterReduce.How.of(reduce), includeSelf);
    return Op.apply(op, self(), Writes.cut("scatterReduce", source, index), index);
  }

  /** As {@link #scatterReduce(int, Tensor, Tensor, String, boolean)}, in place. */
  @CanIgnoreReturnValue
  default Tensor scatterReduce_(int dim, Tensor index, Tensor source, String reduce, boolean includeSelf) {
    ScatterReduce op =
        new ScatterReduce(Dims.wrap("scatterReduce", dim, self().dim()), ScatterReduce.How.of(reduce), includeSelf);
    return Recorder.applyInPlace(op, self(), Writes.cut("scatterReduce", source, index), index);
  }

  /** The slices of {@code source} (…, n, …) added to those of x along {@code dim} that {@code index} (n) names. */
  default Tensor indexAdd(int dim, Tensor index, Tensor source) {
    return Writes.indexAdd(self(), dim, index, source, false);
  }

  /** As {@link #indexAdd(int, Tensor, Tensor)} of alpha · source. */
  default Tensor indexAdd(int dim, Tensor index, Tensor source, double alpha) {
    return indexAdd(dim, index, source.mul(alpha));
  }

  /** As {@link #indexAdd(int, Tensor, Tensor)}, in place. */
  @CanIgnoreReturnValue
  default Tensor indexAdd_(int dim, Tensor index, Tensor source) {
    return Writes.indexAdd(self(), dim, index, source, true);
  }

  /** The slices of {@code source} (…, n, …) in the place of those of x along {@code dim} that {@code index} (n) names. */
  default Tensor indexCopy(int dim, Tensor index, Tensor source) {
    return Writes.indexCopy(self(), dim, index, source, false);
  }

  /** As {@link #indexCopy}, in place. */
  @CanIgnoreReturnValue
  default Tensor indexCopy_(int dim, Tensor index, Tensor source) {
    return Writes.indexCopy(self(), dim, index, source, true);
  }

  /** The slices along {@code dim} that {@code index} (n) names set to {@code value}. */
  default Tensor indexFill(int dim, Tensor index, double value) {
    return Writes.indexFill(self(), dim, index, Writes.number(self(), value), 0, false);
  }

  /** The slices along {@code dim} that {@code index} (n) names set to {@code value}, a tensor without dimensions. */
  default Tensor indexFill(int dim, Tensor index, Tensor value) {
    return Writes.indexFill(self(), dim, index, value, 1, false);
  }

  /** As {@link #indexFill(int, Tensor, double)}, in place. */
  @CanIgnoreReturnValue
  default Tensor indexFill_(int dim, Tensor index, double value) {
    return Writes.indexFill(self(), dim, index, Writes.number(self(), value), 0, true);
  }

  /** As {@link #indexFill(int, Tensor, Tensor)}, in place. */
  @CanIgnoreReturnValue
  default Tensor indexFill_(int dim, Tensor index, Tensor value) {
    return Writes.indexFill(self(), dim, index, value, 1, true);
  }

  /** y[i, j, …] = values for index tensors or masks of the leading dimensions, or += if {@code accumulate}; values broadcast to {@code get(indices)}. */
  default Tensor indexPut(List<Tensor> indices, Tensor values, boolean accumulate) {
    return Writes.indexPut(self(), Subscripts.leading(indices.size()), values, accumulate, false,
        indices.toArray(Tensor[]::new));
  }

  /** y[i, j, …] = values for index tensors or masks of the leading dimensions. */
  default Tensor indexPut(List<Tensor> indices, Tensor values) { return indexPut(indices, values, false); }

  /** As {@link #indexPut(List, Tensor, boolean)}, in place. */
  @CanIgnoreReturnValue
  default Tensor indexPut_(List<Tensor> indices, Tensor values, boolean accumulate) {
    return Writes.indexPut(self(), Subscripts.leading(indices.size()), values, accumulate, true,
        indices.toArray(Tensor[]::new));
  }

  /** As {@link #indexPut(List, Tensor)}, in place. */
  @CanIgnoreReturnValue
  default Tensor indexPut_(List<Tensor> indices, Tensor values) { return indexPut_(indices, values, false); }

  /** y = value where {@code mask} is true, else x; both broadcast together. */
  default Tensor maskedFill(Tensor mask, double value) {
    return Writes.maskedFill(self(), mask, Writes.number(self(), value), 0, false);
  }

  /** y = value where {@code mask} is true, else x; both broadcast together. */
  default Tensor maskedFill(Tensor mask, long value) {
    return Writes.maskedFill(self(), mask, Writes.number(self(), value), 0, false);
  }

  /** y = value, a tensor without dimensions, where {@code mask} is true, else x;  dvalue = Σ g where it is true. */
  default Tensor maskedFill(Tensor mask, Tensor value) { return Writes.maskedFill(self(), mask, value, 1, false); }

  /** As {@link #maskedFill(Tensor, double)}, in place. */
  @CanIgnoreReturnValue
  default Tensor maskedFill_(Tensor mask, double value) {
    return Writes.maskedFill(self(), mask, Writes.number(self(), value), 0, true);
  }

  /** As {@link #maskedFill(Tensor, Tensor)}, in place. */
  @CanIgnoreReturnValue
  default Tensor maskedFill_(Tensor mask, Tensor value) { return Writes.maskedFill(self(), mask, value, 1, true); }

  /** The elements of {@code source}, in row-major order, where {@code mask} is true, else x; source has at least as many elements as are true. */
  default Tensor maskedScatter(Tensor mask, Tensor source) { return Writes.maskedScatter(self(), mask, source, false); }

  /** As {@link #maskedScatter}, in place. */
  @CanIgnoreReturnValue
  default Tensor maskedScatter_(Tensor mask, Tensor source) { return Writes.maskedScatter(self(), mask, source, true); }

  /** {@code source} at the elements with these row-major indices, or added there if {@code accumulate}. */
  default Tensor put(Tensor index, Tensor source, boolean accumulate) {
    return Writes.put(self(), index, source, accumulate, false);
  }

  /** {@code source} at the elements with these row-major indices. */
  default Tensor put(Tensor index, Tensor source) { return put(index, source, false); }

  /** As {@link #put(Tensor, Tensor, boolean)}, in place. */
  @CanIgnoreReturnValue
  default Tensor put_(Tensor index, Tensor source, boolean accumulate) {
    return Writes.put(self(), index, source, accumulate, true);
  }

  /** As {@link #put(Tensor, Tensor)}, in place. */
  @CanIgnoreReturnValue
  default Tensor put_(Tensor index, Tensor source) { return put_(index, source, false); }
}
