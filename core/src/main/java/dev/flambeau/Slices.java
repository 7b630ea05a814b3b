package dev.flambeau;

import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.kernel.Elements;
import dev.flambeau.kernel.Loops;
import dev.flambeau.kernel.Selection;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Parts of a tensor as views: slices, single indices, diagonals, windows. */
final class Slices {
  private Slices() {}

  /** y = x[…, start : start + length·step : step, …] in {@code dim};  dx = g there, zero elsewhere. */
  record Slice(int dim, int start, int length, int step) implements View {
    @Override
    public NdArray of(NdArray x) {
      int[] strides = x.strides();
      strides[dim] *= step;
      Shape shape = x.shape().with(dim, length);
      return x.view(shape, strides, shape.numel() == 0 ? x.offset() : x.offset() + start * x.stride(dim));
    }
  }

  /** y = x[…, index, …] in {@code dim}, which goes;  dx = g there, zero elsewhere. */
  record Select(int dim, int index) implements View {
    @Override
    public NdArray of(NdArray x) {
      int[] strides = new int[x.rank() - 1];
      for (int d = 0; d < strides.length; d++) strides[d] = x.stride(d < dim ? d : d + 1);
      return x.view(x.shape().without(dim), strides, x.numel() == 0 ? x.offset() : x.offset() + index * x.stride(dim));
    }
  }

  /** y[…, i] = x[…, i, …, i + offset, …] in dimensions a and b, which go, i last;  dx = g there, zero elsewhere. */
  record Diagonal(int offset, int a, int b) implements View {
    @Override
    public NdArray of(NdArray x) {
      int rows = x.shape().size(a);
      int columns = x.shape().size(b);
      int length = (int) Math.max(0,
          offset >= 0 ? Math.min(rows, (long) columns - offset) : Math.min((long) rows + offset, columns));
      int[] sizes = new int[x.rank() - 1];
      int[] strides = new int[sizes.length];
      int k = 0;
      for (int d = 0; d < x.rank(); d++) {
        if (d == a || d == b) continue;
        sizes[k] = x.shape().size(d);
        strides[k++] = x.stride(d);
      }
      sizes[k] = length;
      strides[k] = x.stride(a) + x.stride(b);
      int first = length == 0 || x.numel() == 0 ? 0 : offset >= 0 ? offset * x.stride(b) : -offset * x.stride(a);
      return x.view(Shape.of(sizes), strides, x.offset() + first);
    }
  }

  /** y[…, w, …, i] = x[…, w·step + i, …] in {@code dim}, for all windows of {@code size};  dx = g at all places that a window showed, added up. */
  record Unfold(int dim, int size, int step) implements View {
    @Override
    public NdArray of(NdArray x) {
      if (x.rank() == 0) return x.view(Shape.of(size), new int[] {1}, x.offset());
      int[] strides = Arrays.copyOf(x.strides(), x.rank() + 1);
      strides[x.rank()] = x.stride(dim);
      strides[dim] *= step;
      int windows = (x.shape().size(dim) - size) / step + 1;
      return x.view(x.shape().with(dim, windows).insert(x.rank(), size), strides, x.offset());
    }
  }

  /**
   * y = the view of these sizes and strides that begins {@code from} elements behind x's first, for an x with the strides {@code of};  dx = g added up where
   * the view showed x.
   */
  record AsStrided(Shape shape, Ints strides, int from, Ints of) implements View {
    @Override
    public NdArray of(NdArray x) {
      if (!Ints.of(x.strides()).equals(of)) {
        throw Errors.argument("asStrided",
            "this view is of a tensor with the strides " + of + ", and cannot be taken of one with the strides "
                + Arrays.toString(x.strides()));
      }
      return x.view(shape, strides.toArray(), x.offset() + from);
    }

    @Override
    public Shape shape(Shape x) { return shape; }

    @Override
    public Tensor unview(Shape x, Tensor g) { return Op.apply(new AsStridedBackward(this, x), g); }
  }

  /** y = zeros of shape {@code whole} with x added up at the places that {@code view} showed;  dx = that view of g. */
  record AsStridedBackward(AsStrided view, Shape whole) implements Arranging {
    @Override
    public NdArray forward(NdArray... x) {
      int low = Math.min(0, view.from);
      int length = Math.max(length(whole, view.of), view.from + length(view.shape, view.strides)) - low;
      NdArray storage = NdArray.allocate(x[0].type(), Shape.of(length));
      Elements.add(storage, Selection.of(storage.view(view.shape, view.strides.toArray(), view.from - low)),
          x[0]);
      return Layout.copy(storage.view(whole, view.of.toArray(), -low));
    }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) { return Op.apply(view, Op.apply(new Strided(view.of), g)); }
  }

  /** y = x in storage with these strides;  dx = g. */
  record Strided(Ints strides) implements Arranging {
    @Override
    public NdArray forward(NdArray... x) {
      Shape storage = Shape.of(length(x[0].shape(), strides));
      NdArray y = NdArray.allocate(x[0].type(), storage).view(x[0].shape(), strides.toArray(), 0);
      Loops.copy(y, x[0]);
      return y;
    }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) { return g; }
  }

  /** How many places a view spans, from its first to its last. */
  private static int length(Shape shape, Ints strides) {
    if (shape.numel() == 0) return 0;
    int length = 1;
    for (int d = 0; d < shape.rank(); d++) length += (shape.size(d) - 1) * strides.at(d);
    return length;
  }

  static Tensor asStrided(Tensor x, long[] sizes, long[] strides, long offset) {
    Shape shape = Shape.of(sizes);
    int[] steps = Dims.exact("asStrided", strides);
    for (int step : steps) if (step < 0)
      throw Errors.argument("asStrided", "strides must not be negative, but are " + Arrays.toString(strides));
    if (x.requiresGrad() && x.array().overlapsItself()) {
      throw Errors.argument("asStrided",
          "elements of the tensor share places in memory, so gradients cannot be told apart; use contiguous() first");
    }
    return Op.apply(new AsStrided(shape, Ints.of(steps), Dims.exact("asStrided", offset) - x.array().offset(),
        Ints.of(x.array().strides())), x);
  }

  /** The {@code length} indices from {@code start} on in {@code dim}. */
  static NdArray narrowed(NdArray x, int dim, int start, int length) { return new Slice(dim, start, length, 1).of(x); }

  static Tensor select(Tensor x, int dim, long index) {
    if (x.dim() == 0) throw Errors.argument("select", "a single number has no dimension to select from");
    int d = Dims.wrap("select", dim, x.dim());
    return Op.apply(new Select(d, index("select", x, d, index)), x);
  }

  private static int index(String operation, Tensor x, int d, long index) {
    long size = x.size(d);
    if (index < -size || index >= size) {
      throw Errors.argument(operation,
          "index " + index + " is out of range for dimension " + d + " of a tensor of shape " + x.array().shape()
              + (size == 0 ? ", which is empty" : "; it must be in " + -size + " … " + (size - 1)));
    }
    return (int) (index < 0 ? index + size : index);
  }

  static Tensor narrow(Tensor x, int dim, long start, long length) {
    if (x.dim() == 0) throw Errors.argument("narrow", "a single number has no dimension to narrow");
    int d = Dims.wrap("narrow", dim, x.dim());
    long size = x.size(d);
    long from = start < 0 ? start + size : start;
    if (from < 0 || length < 0 || from > size - length) {
      throw Errors.argument("narrow",
          "the stretch of " + length + " from " + start + " on is not inside of dimension " + d
              + " of a tensor of shape "
              + x.array().shape());
    }
    return Op.apply(new Slice(d, (int) from, (int) length, 1), x);
  }

  /** As Python slices: bounds beyond the ends are the ends, and what is left out is an end. */
  static Tensor slice(Tensor x, int dim, @Nullable Long start, @Nullable Long stop, long step) {
    if (x.dim() == 0) throw Errors.argument("slice", "a single number has no dimension to slice");
    if (step < 1)
      throw Errors.argument("slice", "the step must be positive, but is " + step + "; flip reverses a dimension");
    int d = Dims.wrap("slice", dim, x.dim());
    long size = x.size(d);
    long from = start == null ? 0 : bound(start, size);
    long to = stop == null ? size : Math.max(from, bound(stop, size));
    long length = (to - from) / step + ((to - from) % step == 0 ? 0 : 1);
    return Op.apply(new Slice(d, (int) from, (int) length, (int) Math.min(step, Integer.MAX_VALUE)), x);
  }

  private static long bound(long value, long size) {
    return value < 0 ? Math.max(0, value + size) : Math.min(value, size);
  }

  static Tensor diagonal(Tensor x, long offset, int dim1, int dim2) {
    int a = Dims.wrap("diagonal", dim1, x.dim());
    int b = Dims.wrap("diagonal", dim2, x.dim());
    if (a == b || x.dim() < 2) {
      throw Errors.argument("diagonal", "two different dimensions are needed, but got " + dim1 + " and " + dim2
          + " for a tensor of shape " + x.array().shape());
    }
    return Op.apply(new Diagonal(Dims.exact("diagonal", offset), a, b), x);
  }

  static Tensor unfold(Tensor x, int dim, long size, long step) {
    int d = Dims.wrap("unfold", dim, x.dim());
    long whole = x.dim() == 0 ? 1 : x.size(d);
    if (size < 0 || size > whole || step < 1) {
      throw Errors.argument("unfold",
          "windows of " + size + " every " + step + " do not fit dimension " + d + " of a tensor of shape "
              + x.array().shape()
              + "; the size must be in 0 … " + whole + ", and the step positive");
    }
    return Op.apply(new Unfold(d, (int) size, (int) Math.min(step, Integer.MAX_VALUE)), x);
  }

  static Tensor differences(Tensor x, int n, int dim) {
    if (n < 0) throw Errors.argument("diff", "the number of differences must not be negative, but is " + n);
    if (x.dim() == 0) throw Errors.argument("diff", "a single number has no neighbours; the tensor needs a dimension");
    int d = Dims.wrap("diff", dim, x.dim());
    Tensor y = x;
    for (int k = 0; k < n; k++) {
      long left = Math.max(y.size(d) - 1, 0);
      Tensor later = y.narrow(d, y.size(d) - left, left);
      Tensor earlier = y.narrow(d, 0, left);
      y = y.dtype() == DType.BOOL ? later.logicalXor(earlier) : later.sub(earlier);
    }
    return y;
  }
}
