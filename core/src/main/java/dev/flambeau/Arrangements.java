package dev.flambeau;

import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.kernel.Loops;
import java.util.Arrays;

/** Elements in another order or number: flipped, rolled, turned, repeated, cut to a triangle, put on a diagonal. */
final class Arrangements {
  private Arrangements() {}

  /** y = x with these dimensions backwards;  dx = g with them backwards. */
  record Flip(Ints dims) implements Arranging {
    @Override
    public NdArray forward(NdArray... x) { return Layout.copy(flipped(x[0], dims)); }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) { return Op.apply(this, g); }
  }

  /** y = x moved on by {@code shifts[k]} in {@code dims[k]}, what leaves at the end comes in at the start; no dims means row-major;  dx = g moved back. */
  record Roll(Ints shifts, Ints dims) implements Arranging {
    @Override
    public NdArray forward(NdArray... x) {
      if (dims.size() == 0)
        return rolled(Layout.contiguous(x[0]).reshaped(Shape.of(x[0].numel())), 0, shifts.at(0)).reshaped(x[0].shape());
      NdArray y = x[0];
      for (int k = 0; k < dims.size(); k++) y = rolled(y, dims.at(k), shifts.at(k));
      return y;
    }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) {
      int[] back = shifts.toArray();
      for (int k = 0; k < back.length; k++) back[k] = -back[k];
      return Op.apply(new Roll(Ints.of(back), dims), g);
    }
  }

  /** y = x turned by k · 90° in the plane of a and b, from a towards b;  dx = g turned back. */
  record Rot90(int k, int a, int b) implements Arranging {
    @Override
    public NdArray forward(NdArray... x) {
      NdArray y = switch (k) {
        case 1 -> new Views.Transpose(a, b).of(flipped(x[0], Ints.of(b)));
        case 2 -> flipped(x[0], Ints.of(a, b));
        case 3 -> new Views.Transpose(a, b).of(flipped(x[0], Ints.of(a)));
        default -> x[0];
      };
      return Layout.copy(y);
    }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) { return Op.apply(new Rot90(3 & -k, a, b), g); }
  }

  /** y = x {@code times[d]} times one after the other in each dimension d, leading ones being new;  dx = Σ g over the times. */
  record Repeat(Ints times) implements Arranging {
    @Override
    public NdArray forward(NdArray... x) {
      Shape from = x[0].shape();
      int lead = times.size() - from.rank();
      int[] whole = times.toArray();
      for (int d = lead; d < whole.length; d++) whole[d] = Dims.exact("repeat", (long) whole[d] * from.size(d - lead));
      NdArray y = NdArray.unwritten(x[0].type(), Shape.of(whole));
      int[] strides = new int[2 * times.size()];
      for (int d = lead; d < times.size(); d++) strides[2 * d + 1] = x[0].stride(d - lead);
      Shape apart = apart(from);
      Loops.copy(y.reshaped(apart), x[0].view(apart, strides, x[0].offset()));
      return y;
    }

    /** The result's shape with the times and the sizes as dimensions of their own. */
    private Shape apart(Shape from) {
      int lead = times.size() - from.rank();
      int[] sizes = new int[2 * times.size()];
      for (int d = 0; d < times.size(); d++) {
        sizes[2 * d] = times.at(d);
        sizes[2 * d + 1] = d < lead ? 1 : from.size(d - lead);
      }
      return Shape.of(sizes);
    }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) {
      if (times.size() == 0) return g;
      int[] even = new int[times.size()];
      Arrays.setAll(even, d -> 2 * d);
      return Views.reshape(Views.reshape(g, apart(s.shapeOf(0))).sum(even, false), s.shapeOf(0));
    }
  }

  /** y = x on and below the diagonal {@code offset} of each matrix, zero above;  dx = the same of g. */
  record Tril(int offset) implements Arranging {
    @Override
    public NdArray forward(NdArray... x) { return triangle(x[0], offset, false); }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) { return Op.apply(this, g); }
  }

  /** y = x on and above the diagonal {@code offset} of each matrix, zero below;  dx = the same of g. */
  record Triu(int offset) implements Arranging {
    @Override
    public NdArray forward(NdArray... x) { return triangle(x[0], offset, true); }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) { return Op.apply(this, g); }
  }

  /** y = zeros, with x along the diagonals that {@code to} shows;  dx = these diagonals of g. */
  record DiagEmbed(Slices.Diagonal to, Shape whole) implements Arranging {
    @Override
    public NdArray forward(NdArray... x) {
      NdArray y = NdArray.allocate(x[0].type(), whole);
      Loops.copy(to.of(y), x[0]);
      return y;
    }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) { return Op.apply(to, g); }
  }

  /** y = a copy of a diagonal of x;  dx = g there, zero elsewhere. */
  record DiagonalCopy(Slices.Diagonal of) implements Arranging {
    @Override
    public String nodeName() { return "DiagonalBackward0_copy"; }

    @Override
    public NdArray forward(NdArray... x) { return Layout.copy(of.of(x[0])); }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) { return of.unview(s.shapeOf(0), g); }
  }

  private static NdArray flipped(NdArray x, Ints dims) {
    if (x.numel() == 0 || x.rank() == 0) return x;
    int[] strides = x.strides();
    int offset = x.offset();
    for (int k = 0; k < dims.size(); k++) {
      int d = dims.at(k);
      offset += (x.shape().size(d) - 1) * strides[d];
      strides[d] = -strides[d];
    }
    return x.view(x.shape(), strides, offset);
  }

  private static NdArray rolled(NdArray x, int dim, int shift) {
    NdArray y = NdArray.unwritten(x.type(), x.shape());
    int size = x.shape().size(dim);
    if (x.numel() == 0) return y;
    int start = Math.floorMod(shift, size);
    Loops.copy(Slices.narrowed(y, dim, start, size - start), Slices.narrowed(x, dim, 0, size - start));
    Loops.copy(Slices.narrowed(y, dim, 0, start), Slices.narrowed(x, dim, size - start, start));
    return y;
  }

  private static NdArray triangle(NdArray x, int offset, boolean upper) {
    if (x.rank() < 2) throw Errors.argument(upper ? "triu" : "tril",
        "a matrix has at least two dimensions, but the shape is " + x.shape());
    NdArray y = NdArray.allocate(x.type(), x.shape());
    int d = x.rank() - 1;
    int columns = x.shape().size(d);
    for (int row = 0; row < x.shape().size(d - 1); row++) {
      int cut = Math.clamp((long) row + offset + (upper ? 0 : 1), 0, columns);
      int from = upper ? cut : 0;
      int length = upper ? columns - cut : cut;
      NdArray source = Slices.narrowed(Slices.narrowed(x, d - 1, row, 1), d, from, length);
      if (length > 0) Loops.copy(Slices.narrowed(Slices.narrowed(y, d - 1, row, 1), d, from, length), source);
    }
    return y;
  }

  static Tensor roll(Tensor x, long[] shifts, int[] dims) {
    if (shifts.length == 0 || (dims.length == 0 ? shifts.length > 1 : dims.length != shifts.length)) {
      throw Errors.argument("roll",
          "a shift is needed for each dimension, or a single one without dimensions, but got the shifts "
              + Arrays.toString(shifts)
              + " and the dimensions " + Arrays.toString(dims));
    }
    int[] wrapped = new int[dims.length];
    int[] by = new int[shifts.length];
    for (int k = 0; k < by.length; k++) {
      if (dims.length > 0) wrapped[k] = Dims.wrap("roll", dims[k], x.dim());
      long size = dims.length == 0 || x.dim() == 0 ? x.numel() : x.size(wrapped[k]);
      by[k] = size == 0 ? 0 : (int) (shifts[k] % size);
    }
    return Op.apply(new Roll(Ints.of(by), x.dim() == 0 ? Ints.NONE : Ints.of(wrapped)), x);
  }

  static Tensor rot90(Tensor x, int k, int a, int b) {
    if (x.dim() < 2)
      throw Errors.argument("rot90", "a plane has two dimensions, but the shape is " + x.array().shape());
    int[] plane = Views.distinct("rot90", new int[] {a, b}, x.dim());
    return Op.apply(new Rot90(Math.floorMod(k, 4), plane[0], plane[1]), x);
  }

  static Tensor repeat(Tensor x, long... times) {
    if (times.length < x.dim()) {
      throw Errors.argument("repeat", "a number is needed for each dimension of shape " + x.array().shape()
          + ", but got " + Arrays.toString(times) + "; tile fills up with 1");
    }
    return Op.apply(new Repeat(Ints.of(Shape.of(times).sizes())), x);
  }

  static Tensor tile(Tensor x, long... times) {
    int missing = Math.max(0, x.dim() - times.length);
    long[] all = new long[missing + times.length];
    Arrays.fill(all, 1);
    System.arraycopy(times, 0, all, missing, times.length);
    return repeat(x, all);
  }

  static Tensor repeatInterleave(Tensor x, long times, int dim) {
    if (times < 0)
      throw Errors.argument("repeatInterleave", "the number of repeats must not be negative, but is " + times);
    Tensor from = x.atLeast1d();
    int d = Dims.wrap("repeatInterleave", dim, from.dim());
    Shape shape = from.array().shape();
    Shape each = Shape.of(times);
    Tensor copies = Op.apply(Copies.CONTIGUOUS,
        Op.apply(new Views.Expand(shape.insert(d + 1, each.size(0))), from.unsqueeze(d + 1)));
    return Op.apply(
        new Views.Reshaped(shape.with(d, Dims.exact("repeatInterleave", (long) shape.size(d) * each.size(0)))), copies);
  }

  static Tensor diag(Tensor x, long offset) {
    if (x.dim() == 1) return diagEmbed(x, offset, 0, 1);
    if (x.dim() != 2) throw Errors.argument("diag",
        "a vector or a matrix is needed, but the shape is " + x.array().shape() + "; use diagonal or diagEmbed");
    return Op.apply(new DiagonalCopy(new Slices.Diagonal(Dims.exact("diag", offset), 0, 1)), x);
  }

  static Tensor diagEmbed(Tensor x, long offset, int dim1, int dim2) {
    if (x.dim() == 0) throw Errors.argument("diagEmbed", "a vector is needed, but the tensor is a single number");
    int[] plane = Views.distinct("diagEmbed", new int[] {dim1, dim2}, x.dim() + 1);
    int size = Dims.exact("diagEmbed", x.size(-1) + Math.abs(offset));
    Shape whole = x.array().shape().without(x.dim() - 1).insert(Math.min(plane[0], plane[1]), size)
        .insert(Math.max(plane[0], plane[1]), size);
    return Op.apply(new DiagEmbed(new Slices.Diagonal(Dims.exact("diagEmbed", offset), plane[0], plane[1]), whole), x);
  }
}
