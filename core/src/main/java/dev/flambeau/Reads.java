package dev.flambeau;

import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.kernel.Elements;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Elements read from the places that index tensors name, and the derivative, which adds at these places. */
final class Reads {
  private Reads() {}

  /** y = x at {@code places};  dx = g added up there, zero elsewhere. Inputs: x, indices. */
  record Read(Places places, String name) implements Indexing {
    @Override
    public Saves saves(int i) { return places.saved(1); }

    @Override
    public NdArray forward(NdArray... x) {
      return Elements.take(x[0], places.in(x[0], Errors.operation(this), 1, x));
    }

    @Override
    public @Nullable Tensor backward(int i, Saved s, Tensor g) {
      return i > 0 ? null : Op.apply(new Deposit(this, s.shapeOf(0)), operands(g, s, places, 1));
    }
  }

  /** y = zeros of shape {@code whole} with x added up at the places that {@code read} reads;  dx = g read there. Inputs: x, indices. */
  record Deposit(Read read, Shape whole) implements Indexing {
    @Override
    public Saves saves(int i) { return read.places.saved(1); }

    @Override
    public NdArray forward(NdArray... x) {
      NdArray y = NdArray.allocate(x[0].type(), whole);
      Elements.add(y, read.places.in(y, Errors.operation(this), 1, x), x[0]);
      return y;
    }

    @Override
    public @Nullable Tensor backward(int i, Saved s, Tensor g) {
      return i > 0 ? null : Op.apply(read, operands(g, s, read.places, 1));
    }
  }

  /** {@code first}, then the saved index tensors. */
  static Tensor[] operands(Tensor first, Saved s, Places places, int from) {
    Tensor[] all = new Tensor[1 + places.tensors()];
    all[0] = first;
    for (int k = 1; k < all.length; k++) all[k] = s.input(from + k - 1);
    return all;
  }

  static Tensor[] with(Tensor first, Tensor... others) {
    Tensor[] all = new Tensor[1 + others.length];
    all[0] = first;
    System.arraycopy(others, 0, all, 1, others.length);
    return all;
  }

  static Tensor gather(Tensor x, int dim, Tensor index) {
    return Op.apply(new Read(new Places.Along(Dims.wrap("gather", dim, x.dim())), "Gather"), x, index);
  }

  static Tensor indexSelect(Tensor x, int dim, Tensor index) {
    return Op.apply(new Read(new Places.Parts(Dims.wrap("indexSelect", dim, x.dim())), "IndexSelect"), x, index);
  }

  static Tensor take(Tensor x, Tensor index) { return Op.apply(new Read(new Places.Flat(), "Take"), x, index); }

  static Tensor maskedSelect(Tensor x, Tensor mask) {
    Shape shape = Shape.broadcast(x.array().shape(), mask.array().shape());
    if (shape == null) {
      throw Errors.argument("maskedSelect", "the tensor's shape " + x.array().shape() + " and the mask's "
          + mask.array().shape() + " do not broadcast together");
    }
    return Op.apply(new Read(new Places.Masked(), "MaskedSelect"), expanded(x, shape), expanded(mask, shape));
  }

  static Tensor expanded(Tensor x, Shape shape) {
    return x.array().shape().equals(shape) ? x : Op.apply(new Views.Expand(shape), x);
  }

  static Tensor index(Tensor x, Places.Listed places, Tensor... indices) {
    return Op.apply(new Read(places, "Index"), with(x, indices));
  }

  /** {@code x.gather(dim, indices)}, with sizes of 1 repeated: those of x also in {@code dim}. */
  static Tensor takeAlongDim(Tensor x, Tensor indices, int dim) {
    if (x.dim() != indices.dim()) {
      throw Errors.argument("takeAlongDim",
          "as many dimensions are needed as the tensor of shape " + x.array().shape()
              + " has, but the indices have shape "
              + indices.array().shape());
    }
    int d = Dims.wrap("takeAlongDim", dim, x.dim());
    if (x.dim() == 0) return gather(x, d, indices);
    Shape common = Shape.broadcast(x.array().shape().with(d, 1), indices.array().shape().with(d, 1));
    if (common == null) {
      throw Errors.argument("takeAlongDim", "the shapes " + x.array().shape() + " and " + indices.array().shape()
          + " do not broadcast outside of dimension " + d);
    }
    int size = x.array().shape().size(d);
    int picked = indices.array().shape().size(d);
    Tensor wide = Op.apply(new Views.Expand(common.with(d, size == 1 ? Math.max(picked, 1) : size)), x);
    return gather(wide, d, expanded(indices, common.with(d, picked)));
  }

  /** Each slice along {@code dim} as often as {@code repeats}, a vector or a single number, says. */
  static Tensor repeatInterleave(Tensor x, Tensor repeats, int dim) {
    int d = Dims.wrap("repeatInterleave", dim, x.dim());
    long size = x.dim() == 0 ? 1 : x.size(d);
    if (repeats.isFloatingPoint() || repeats.dim() > 1 || repeats.numel() != size && repeats.numel() != 1) {
      throw Errors.argument("repeatInterleave",
          "one integer is needed for each of the " + size + " indices of dimension " + d + ", but the repeats are "
              + repeats.dtype().torchName() + " of shape " + repeats.array().shape());
    }
    long[] counts = repeats.expand(size).toLongArray();
    long total = 0;
    for (long count : counts) {
      if (count < 0) throw Errors.argument("repeatInterleave", "repeats must not be negative, but one is " + count);
      total += count;
    }
    long[] index = new long[Shape.of(total).numel()];
    int at = 0;
    for (int i = 0; i < counts.length; i++) {
      Arrays.fill(index, at, at + (int) counts[i], i);
      at += (int) counts[i];
    }
    return indexSelect(x.atLeast1d(), d, Tensor.of(NdArray.of(index, DType.INT64.element(), Shape.of(index.length))));
  }

  /** y = the indices of the elements that are not zero, a row for each; no gradient. */
  record Nonzero() implements Indexing {
    @Override
    public NdArray forward(NdArray... x) { return dev.flambeau.kernel.Indexing.nonzero(x[0]); }

    @Override
    public @Nullable Tensor backward(int i, Saved s, Tensor g) { return null; }
  }
}
