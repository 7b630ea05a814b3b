package dev.flambeau;

import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Other shapes for the same elements: reshaped, permuted, expanded, with dimensions of size 1 put in or left out. */
final class Views {
  static final T T = new T();
  static final Alias ALIAS = new Alias();

  private Views() {}

  /** y = x, all of it;  dx = g. */
  record Alias() implements View {
    @Override
    public NdArray of(NdArray x) { return x.view(x.shape(), x.strides(), x.offset()); }

    @Override
    public Tensor unview(Shape x, Tensor g) { return g; }
  }

  /** y = x with its elements, in row-major order, in the shape {@code to};  dx = g in x's shape. */
  record Reshaped(Shape to, String name) implements View {
    Reshaped(Shape to) { this(to, "View"); }

    @Override
    public NdArray of(NdArray x) {
      NdArray y = reshaped(x, to);
      if (y == null) {
        throw Errors.argument("view",
            "a tensor of shape " + x.shape() + " and strides " + Arrays.toString(x.strides()) + " cannot be seen as "
                + to
                + " without a copy; use reshape, or contiguous() first");
      }
      return y;
    }

    @Override
    public Tensor unview(Shape x, Tensor g) { return reshape(g, x); }
  }

  /** y = x in the shape {@code to}, for an x that nothing else refers to;  dx = g in x's shape. */
  record UnsafeView(Shape to) implements Arranging {
    @Override
    public NdArray forward(NdArray... x) { return x[0].reshaped(to); }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) { return reshape(g, s.shapeOf(0)); }
  }

  /** y = x with its dimension {@code dims[d]} as dimension d;  dx = g permuted back. */
  record Permute(Ints dims) implements View {
    @Override
    public NdArray of(NdArray x) {
      int[] sizes = new int[dims.size()];
      int[] strides = new int[dims.size()];
      for (int d = 0; d < sizes.length; d++) {
        sizes[d] = x.shape().size(dims.at(d));
        strides[d] = x.stride(dims.at(d));
      }
      return x.view(Shape.of(sizes), strides, x.offset());
    }

    @Override
    public Tensor unview(Shape x, Tensor g) {
      int[] back = new int[dims.size()];
      for (int d = 0; d < back.length; d++) back[dims.at(d)] = d;
      return Op.apply(new Permute(Ints.of(back)), g);
    }
  }

  /** y = x with two dimensions swapped;  dx = g with them swapped. */
  record Transpose(int a, int b) implements View {
    @Override
    public NdArray of(NdArray x) { return swapped(x, a, b); }

    @Override
    public Tensor unview(Shape x, Tensor g) { return Op.apply(this, g); }
  }

  /** y = xᵀ for a matrix; vectors and numbers stay;  dx = gᵀ. */
  record T() implements View {
    @Override
    public NdArray of(NdArray x) { return x.rank() < 2 ? ALIAS.of(x) : swapped(x, 0, 1); }

    @Override
    public Tensor unview(Shape x, Tensor g) { return Op.apply(this, g); }
  }

  /** y = x repeated along new dimensions and those of size 1;  dx = Σ g over them. */
  record Expand(Shape to) implements View {
    @Override
    public NdArray of(NdArray x) { return Broadcast.to("expand", x, to); }

    @Override
    public Tensor unview(Shape x, Tensor g) { return Sums.sumTo(g, x); }
  }

  /** y = x without those of {@code dims} that have size 1;  dx = g with them put in again. */
  record Squeeze(Ints dims, int overload) implements View {
    @Override
    public NdArray of(NdArray x) {
      int[] sizes = new int[x.rank()];
      int[] strides = new int[x.rank()];
      int kept = 0;
      for (int d = 0; d < x.rank(); d++) {
        if (x.shape().size(d) == 1 && dims.contains(d)) continue;
        sizes[kept] = x.shape().size(d);
        strides[kept++] = x.stride(d);
      }
      return x.view(Shape.of(Arrays.copyOf(sizes, kept)), Arrays.copyOf(strides, kept), x.offset());
    }

    @Override
    public Tensor unview(Shape x, Tensor g) { return reshape(g, x); }
  }

  /** y = x with a dimension of size 1 put in before {@code dim};  dx = g without it. */
  record Unsqueeze(int dim) implements View {
    @Override
    public NdArray of(NdArray x) {
      int[] strides = new int[x.rank() + 1];
      for (int d = 0; d < strides.length; d++) strides[d] = d < dim ? x.stride(d) : d > dim ? x.stride(d - 1) : 1;
      if (dim < x.rank()) strides[dim] = x.stride(dim) * Math.max(x.shape().size(dim), 1);
      return x.view(x.shape().insert(dim, 1), strides, x.offset());
    }

    @Override
    public Tensor unview(Shape x, Tensor g) { return Op.apply(new Squeeze(Ints.of(dim), 1), g); }
  }

  /** {@code view} as a change of the tensor itself. */
  record InPlace(View view, int overload) implements View {
    @Override
    public String name() { return view.name(); }

    @Override
    public NdArray of(NdArray x) { return view.of(x); }

    @Override
    public Tensor unview(Shape x, Tensor g) { return view.unview(x, g); }
  }

  /** {@code x} in another shape, without a copy if its layout allows that. */
  static Tensor reshape(Tensor x, Shape to) {
    if (reshaped(x.array(), to) != null)
      return Op.apply(x.isContiguous() ? new Reshaped(to) : new Reshaped(to, "ReshapeAlias"), x);
    return Op.apply(new UnsafeView(to), Op.apply(Copies.CONTIGUOUS, x));
  }

  /** The dimensions, in their order, none of them twice. */
  static int[] distinct(String operation, int[] dims, int rank) {
    int[] wrapped = new int[dims.length];
    for (int k = 0; k < dims.length; k++) {
      wrapped[k] = Dims.wrap(operation, dims[k], rank);
      for (int j = 0; j < k; j++) {
        if (wrapped[j] == wrapped[k])
          throw Errors.argument(operation, "dimension " + dims[k] + " appears twice in " + Arrays.toString(dims));
      }
    }
    return wrapped;
  }

  /** The shape that {@code sizes} ask of {@code numel} elements; one size may be −1, and is found from the others. */
  static Shape inferred(String operation, Shape from, long... sizes) {
    long known = 1;
    int open = -1;
    for (int d = 0; d < sizes.length; d++) {
      if (sizes[d] == -1 && open < 0) open = d;
      else if (sizes[d] < 0) throw Errors.argument(operation,
          "sizes must not be negative, except for one −1, but got " + Arrays.toString(sizes));
      else known *= sizes[d];
    }
    long[] found = sizes.clone();
    if (open >= 0) {
      if (known == 0) throw Errors.argument(operation,
          "−1 can be any size in " + Arrays.toString(sizes) + " beside a size of 0; give all sizes");
      found[open] = from.numel() / known;
      known *= found[open];
    }
    if (known != from.numel()) {
      throw Errors.argument(operation, "the shape " + Arrays.toString(sizes) + " does not fit the " + from.numel()
          + " elements of a tensor of shape " + from);
    }
    return Shape.of(found);
  }

  private static NdArray swapped(NdArray x, int a, int b) {
    if (a == b) return ALIAS.of(x);
    int[] sizes = x.shape().sizes();
    int[] strides = x.strides();
    swap(sizes, a, b);
    swap(strides, a, b);
    return x.view(Shape.of(sizes), strides, x.offset());
  }

  private static void swap(int[] values, int a, int b) {
    int value = values[a];
    values[a] = values[b];
    values[b] = value;
  }

  /** {@code x} in the shape {@code to} of as many elements, or null if that needs a copy: each size must fit into a run of elements at even steps. */
  static @Nullable NdArray reshaped(NdArray x, Shape to) {
    if (x.isContiguous()) return x.reshaped(to);
    int[] strides = new int[to.rank()];
    int d = x.rank();
    int left = 1;
    int step = 1;
    for (int k = strides.length - 1; k >= 0; k--) {
      int size = to.size(k);
      if (left == 1 && size > 1) {
        do d--;
        while (x.shape().size(d) == 1);
        step = x.stride(d);
        left = x.shape().size(d);
        int span = step * left;
        while (d > 0 && (x.shape().size(d - 1) == 1 || x.stride(d - 1) == span)) {
          span *= x.shape().size(--d);
          left *= x.shape().size(d);
        }
      }
      if (left % size != 0) return null;
      strides[k] = step;
      step *= size;
      left /= size;
    }
    return x.view(to, strides, x.offset());
  }
}
