package dev.flambeau;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.flambeau.array.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The same elements in another shape or order, or some of them, without a copy; and copies. A view and its base change together. */
public sealed interface TensorViews permits Tensor {
  /** This tensor. */
  Tensor self();

  /**
   * The elements in row-major order in another shape, as a view; one size may be −1.
   *
   * @throws IllegalArgumentException if the numbers of elements differ, or the layout needs a copy (see {@link #reshape})
   */
  default Tensor view(long... sizes) {
    return Op.apply(new Views.Reshaped(Views.inferred("view", self().array().shape(), sizes)), self());
  }

  /** A view in the shape of {@code other}. */
  default Tensor viewAs(Tensor other) { return view(other.shape()); }

  /** The elements in row-major order in another shape: a view if the layout allows it, else a copy; one size may be −1. */
  default Tensor reshape(long... sizes) {
    return Views.reshape(self(), Views.inferred("reshape", self().array().shape(), sizes));
  }

  /** The elements in the shape of {@code other}. */
  default Tensor reshapeAs(Tensor other) { return reshape(other.shape()); }

  /** All dimensions as one. */
  default Tensor flatten() { return flatten(0, -1); }

  /** The dimensions from {@code from} on as one. */
  default Tensor flatten(int from) { return flatten(from, -1); }

  /** The dimensions {@code from … to} as one. */
  default Tensor flatten(int from, int to) {
    Shape shape = self().array().shape();
    int a = Dims.wrap("flatten", from, shape.rank());
    int b = Dims.wrap("flatten", to, shape.rank());
    if (a > b) throw Errors.argument("flatten",
        "the dimensions " + from + " … " + to + " of a tensor of shape " + shape + " are in the wrong order");
    if (shape.rank() == 0) return reshape(1);
    if (a == b) return self();
    int joined = 1;
    for (int d = a; d <= b; d++) joined *= shape.size(d);
    for (int d = b; d > a; d--) shape = shape.without(d);
    return Views.reshape(self(), shape.with(a, joined));
  }

  /** All elements in one dimension. */
  default Tensor ravel() { return contiguous().view(-1); }

  /** The dimension {@code dim} as several of these sizes, one of which may be −1. */
  default Tensor unflatten(int dim, long... sizes) {
    Shape shape = self().array().shape();
    if (sizes.length == 0 || shape.rank() == 0) throw Errors.argument("unflatten",
        "a dimension and at least one size are needed, for a tensor of shape " + shape);
    int d = Dims.wrap("unflatten", dim, shape.rank());
    Shape part = Views.inferred("unflatten", Shape.of(shape.size(d)), sizes);
    Shape whole = shape.without(d);
    for (int k = 0; k < sizes.length; k++) whole = whole.insert(d + k, part.size(k));
    return Op.apply(new Views.Reshaped(whole), self());
  }

  /** The dimensions in another order: {@code dims[d]} becomes d. */
  default Tensor permute(int... dims) {
    if (dims.length != self().dim()) {
      throw Errors.argument("permute",
          "all " + self().dim() + " dimensions are needed, but got " + Arrays.toString(dims) + " for a tensor of shape "
              + self().array().shape());
    }
    return Op.apply(new Views.Permute(Ints.of(Views.distinct("permute", dims, dims.length))), self());
  }

  /** Two dimensions swapped. */
  default Tensor transpose(int dim0, int dim1) {
    int rank = self().dim();
    return Op.apply(new Views.Transpose(Dims.wrap("transpose", dim0, rank), Dims.wrap("transpose", dim1, rank)),
        self());
  }

  /** Two dimensions swapped, as NumPy calls it. */
  default Tensor swapaxes(int axis0, int axis1) { return transpose(axis0, axis1); }

  /**
   * The transpose of a matrix; vectors and numbers stay.
   *
   * @throws IllegalArgumentException if there are more than two dimensions
   */
  default Tensor t() {
    if (self().dim() > 2) throw Errors.argument("t", "at most two dimensions can be transposed, but the shape is "
        + self().array().shape() + "; use transpose or mT");
    return Op.apply(Views.T, self());
  }

  /** The last two dimensions swapped: the transpose of each matrix. */
  default Tensor mT() {
    if (self().dim() < 2)
      throw Errors.argument("mT", "a matrix has at least two dimensions, but the shape is " + self().array().shape());
    return transpose(-2, -1);
  }

  /** Dimension {@code source} moved to {@code destination}; the others keep their order. */
  default Tensor movedim(int source, int destination) { return movedim(new int[] {source}, new int[] {destination}); }

  /** Dimensions {@code source[k]} moved to {@code destination[k]}; the others keep their order. */
  default Tensor movedim(int[] source, int[] destination) {
    int rank = self().dim();
    if (source.length != destination.length) {
      throw Errors.argument("movedim", "as many destinations as sources are needed, but got " + Arrays.toString(source)
          + " and " + Arrays.toString(destination));
    }
    int[] from = Views.distinct("movedim", source, rank);
    int[] to = Views.distinct("movedim", destination, rank);
    if (rank == 0) return Op.apply(Views.ALIAS, self());
    int[] order = new int[rank];
    Arrays.fill(order, -1);
    for (int k = 0; k < to.length; k++) order[to[k]] = from[k];
    int next = 0;
    for (int d = 0; d < rank; d++) {
      if (order[d] >= 0) continue;
      while (Ints.of(from).contains(next)) next++;
      order[d] = next++;
    }
    return Op.apply(new Views.Permute(Ints.of(order)), self());
  }

  /** Repeated without a copy along new leading dimensions and those of size 1; −1 keeps a size. The derivative sums over what was repeated. */
  default Tensor expand(long... sizes) {
    Shape shape = self().array().shape();
    int lead = sizes.length - shape.rank();
    long[] found = sizes.clone();
    for (int d = 0; d < sizes.length; d++) {
      if (sizes[d] >= 0) continue;
      if (sizes[d] != -1 || d < lead) {
        throw Errors.argument("expand", "only sizes of existing dimensions can be kept with −1, but got "
            + Arrays.toString(sizes) + " for shape " + shape);
      }
      found[d] = shape.size(d - lead);
    }
    return Op.apply(new Views.Expand(Shape.of(found)), self());
  }

  /** Repeated without a copy to the shape of {@code other}. */
  default Tensor expandAs(Tensor other) { return expand(other.shape()); }

  /** Repeated without a copy to these sizes. */
  default Tensor broadcastTo(long... sizes) { return expand(sizes); }

  /** Without dimensions of size 1: all of them, or of these those that have size 1. */
  default Tensor squeeze(int... dims) {
    return Op.apply(new Views.Squeeze(Dims.wrapAll("squeeze", dims, self().dim()), Math.min(dims.length, 2)), self());
  }

  /** With a dimension of size 1 put in before {@code dim}. */
  default Tensor unsqueeze(int dim) {
    return Op.apply(new Views.Unsqueeze(Dims.wrap("unsqueeze", dim, self().dim() + 1)), self());
  }

  /** The {@code length} indices from {@code start} on in dimension {@code dim}. */
  default Tensor narrow(int dim, long start, long length) { return Slices.narrow(self(), dim, start, length); }

  /** Index {@code index} of dimension {@code dim}, which goes; negative counts from the end. */
  default Tensor select(int dim, long index) { return Slices.select(self(), dim, index); }

  /** The indices {@code start}, {@code start + step}, … before {@code stop} in dimension {@code dim}; null is an end, negative counts from the end. */
  default Tensor slice(int dim, @Nullable Long start, @Nullable Long stop, long step) {
    return Slices.slice(self(), dim, start, stop, step);
  }

  /** The indices from {@code start} to before {@code stop} in dimension {@code dim}. */
  default Tensor slice(int dim, long start, long stop) { return slice(dim, start, stop, 1); }

  /** The diagonal of a matrix, or of each in the first two dimensions. */
  default Tensor diagonal() { return diagonal(0, 0, 1); }

  /** The diagonal {@code offset} above the main one. */
  default Tensor diagonal(long offset) { return diagonal(offset, 0, 1); }

  /** The elements [i, i + offset] of two dimensions, which go; i is the last dimension of the result. */
  default Tensor diagonal(long offset, int dim1, int dim2) { return Slices.diagonal(self(), offset, dim1, dim2); }

  /** All windows of {@code size} indices in {@code dim}, each {@code step} after the other, as a new last dimension. */
  default Tensor unfold(int dim, long size, long step) { return Slices.unfold(self(), dim, size, step); }

  /**
   * The view with these sizes and strides, in elements, that begins with the storage's element {@code offset}; places may be shown several times.
   *
   * @throws IllegalArgumentException if it reaches outside of the storage
   */
  default Tensor asStrided(long[] sizes, long[] strides, long offset) {
    return Slices.asStrided(self(), sizes, strides, offset);
  }

  /** As {@link #asStrided(long[], long[], long)}, from this tensor's own first element on. */
  default Tensor asStrided(long[] sizes, long[] strides) { return asStrided(sizes, strides, self().storageOffset()); }

  /** Views of {@code size} indices each in the first dimension, the last perhaps of fewer. */
  default Tensor[] split(long size) { return split(size, 0); }

  /** Views of {@code size} indices each in {@code dim}, the last perhaps of fewer. */
  default Tensor[] split(long size, int dim) { return Splits.split(self(), size, dim); }

  /** Views of these sizes in {@code dim}. */
  default Tensor[] split(long[] sizes, int dim) { return Splits.split(self(), sizes, dim); }

  /** At most {@code chunks} views of equal size in the first dimension, the last perhaps smaller. */
  default Tensor[] chunk(int chunks) { return chunk(chunks, 0); }

  /** At most {@code chunks} views of equal size in {@code dim}, the last perhaps smaller. */
  default Tensor[] chunk(int chunks, int dim) { return Splits.chunk(self(), chunks, dim); }

  /** A view of each index of the first dimension, which goes. */
  default Tensor[] unbind() { return unbind(0); }

  /** A view of each index of {@code dim}, which goes. */
  default Tensor[] unbind(int dim) { return Splits.unbind(self(), dim); }

  /** Exactly {@code sections} views in {@code dim}, the first ones by one greater if need be. */
  default Tensor[] tensorSplit(int sections, int dim) { return Splits.tensorSplit(self(), sections, dim); }

  /** Views in {@code dim} up to each of these indices, and from the last on. */
  default Tensor[] tensorSplit(long[] indices, int dim) { return Splits.tensorSplit(self(), indices, dim); }

  /** With a dimension, if it has none. */
  default Tensor atLeast1d() { return self().dim() == 0 ? reshape(1) : self(); }

  /** With at least two dimensions; a vector is a row. */
  default Tensor atLeast2d() {
    return switch (self().dim()) {
      case 0 -> reshape(1, 1);
      case 1 -> unsqueeze(0);
      default -> self();
    };
  }

  /** With at least three dimensions; a vector is (1, n, 1), a matrix (m, n, 1). */
  default Tensor atLeast3d() {
    return switch (self().dim()) {
      case 0 -> reshape(1, 1, 1);
      case 1 -> unsqueeze(0).unsqueeze(-1);
      case 2 -> unsqueeze(-1);
      default -> self();
    };
  }

  /** As {@link #t}, for this very tensor. */
  @CanIgnoreReturnValue
  default Tensor t_() {
    if (self().dim() > 2) throw Errors.argument("t_",
        "at most two dimensions can be transposed, but the shape is " + self().array().shape());
    return Recorder.viewInPlace(new Views.InPlace(Views.T, 1), self());
  }

  /** As {@link #transpose}, for this very tensor. */
  @CanIgnoreReturnValue
  default Tensor transpose_(int dim0, int dim1) {
    int rank = self().dim();
    View swap = new Views.Transpose(Dims.wrap("transpose_", dim0, rank), Dims.wrap("transpose_", dim1, rank));
    return Recorder.viewInPlace(new Views.InPlace(swap, 1), self());
  }

  /** As {@link #squeeze}, for this very tensor. */
  @CanIgnoreReturnValue
  default Tensor squeeze_(int... dims) {
    View squeeze = new Views.Squeeze(Dims.wrapAll("squeeze_", dims, self().dim()), 0);
    return Recorder.viewInPlace(new Views.InPlace(squeeze, 3 + Math.min(dims.length, 2)), self());
  }

  /** As {@link #unsqueeze}, for this very tensor. */
  @CanIgnoreReturnValue
  default Tensor unsqueeze_(int dim) {
    View unsqueeze = new Views.Unsqueeze(Dims.wrap("unsqueeze_", dim, self().dim() + 1));
    return Recorder.viewInPlace(new Views.InPlace(unsqueeze, 1), self());
  }

  /** This tensor if it is row-major without gaps, else a copy that is. */
  default Tensor contiguous() { return self().isContiguous() ? self() : Op.apply(Copies.CONTIGUOUS, self()); }

  /** This tensor if it has this dtype, else a copy that has; real numbers are truncated to integers. */
  default Tensor to(DType dtype) { return self().dtype() == dtype ? self() : Op.apply(new Copies.Cast(dtype), self()); }

  /** Writes {@code source}, which broadcasts to this shape, in the place of the elements. */
  @CanIgnoreReturnValue
  default Tensor copy_(Tensor source) { return Recorder.applyInPlace(Copies.COPY, self(), source); }

  /** Sets all elements to 0. */
  @CanIgnoreReturnValue
  default Tensor zero_() { return Recorder.applyInPlace(Copies.ZERO, self()); }

  /** Sets all elements. */
  @CanIgnoreReturnValue
  default Tensor fill_(double value) {
    return Recorder.applyInPlace(Copies.FILL, self(), Numbers.beside(self(), value));
  }

  /** Sets all elements. */
  @CanIgnoreReturnValue
  default Tensor fill_(long value) { return Recorder.applyInPlace(Copies.FILL, self(), Numbers.beside(self(), value)); }

  /** Sets all elements to the only element of {@code value}, a tensor without dimensions. */
  @CanIgnoreReturnValue
  default Tensor fill_(Tensor value) {
    if (value.dim() != 0) throw Errors.argument("fill_",
        "the value must be a single number without dimensions, but has shape " + value.array().shape());
    return Recorder.applyInPlace(Copies.FILL_TENSOR, self(), value);
  }
}
