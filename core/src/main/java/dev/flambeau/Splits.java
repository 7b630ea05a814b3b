package dev.flambeau;

import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A tensor cut into several views that share a node. */
final class Splits {
  private Splits() {}

  /** yₖ = x[…, k·size : (k + 1)·size, …] in {@code dim}, the last perhaps shorter;  dx = all gₖ one after the other. */
  record Split(int size, int dim) implements MultiView {
    @Override
    public int pieces(NdArray x) { return size == 0 ? 1 : Math.max(1, Math.ceilDiv(x.shape().size(dim), size)); }

    @Override
    public View piece(int k, NdArray x) {
      int whole = x.shape().size(dim);
      return new Slices.Slice(dim, k * size, Math.min(size, whole - k * size), 1);
    }

    @Override
    public Tensor join(Saved s, @Nullable Tensor[] g) {
      Shape shape = s.shapeOf(0);
      return joined(s, dim, g, k -> Math.min(size, shape.size(dim) - k * size));
    }
  }

  /** yₖ = the next {@code sizes[k]} indices of x in {@code dim};  dx = all gₖ one after the other. */
  record SplitWithSizes(Ints sizes, int dim) implements MultiView {
    @Override
    public int pieces(NdArray x) { return sizes.size(); }

    @Override
    public View piece(int k, NdArray x) {
      int at = 0;
      for (int i = 0; i < k; i++) at += sizes.at(i);
      return new Slices.Slice(dim, at, sizes.at(k), 1);
    }

    @Override
    public Tensor join(Saved s, @Nullable Tensor[] g) { return joined(s, dim, g, sizes::at); }
  }

  /** yₖ = x[…, k, …] in {@code dim}, which goes;  dx = all gₖ stacked. */
  record Unbind(int dim) implements MultiView {
    @Override
    public int pieces(NdArray x) { return x.shape().size(dim); }

    @Override
    public View piece(int k, NdArray x) { return new Slices.Select(dim, k); }

    @Override
    public Tensor join(Saved s, @Nullable Tensor[] g) {
      List<Tensor> parts = new ArrayList<>();
      for (Tensor each : g) parts.add(each != null ? each : zeros(s.shapeOf(0).without(dim), s));
      return Joins.stack(parts, dim);
    }
  }

  /** The size of a piece. */
  @FunctionalInterface
  private interface SizeOfPiece {
    int of(int k);
  }

  private static Tensor joined(Saved s, int dim, @Nullable Tensor[] g, SizeOfPiece size) {
    List<Tensor> parts = new ArrayList<>();
    for (int k = 0; k < g.length; k++) {
      Tensor each = g[k];
      parts.add(each != null ? each : zeros(s.shapeOf(0).with(dim, size.of(k)), s));
    }
    return Joins.cat(parts, dim);
  }

  private static Tensor zeros(Shape shape, Saved s) {
    return Tensor.of(NdArray.allocate(s.dtypeOf(0).element(), shape));
  }

  private static int dim(String operation, Tensor x, int dim) {
    if (x.dim() == 0) throw Errors.argument(operation, "a single number has no dimension to cut");
    return Dims.wrap(operation, dim, x.dim());
  }

  static Tensor[] split(Tensor x, long size, int dim) {
    int d = dim("split", x, dim);
    if (size < 0 || size == 0 && x.size(d) != 0) {
      throw Errors.argument("split", "the size of the pieces must be positive, but is " + size + " for dimension " + d
          + " of a tensor of shape " + x.array().shape());
    }
    return Op.apply(new Split((int) Math.min(size, Math.max(x.size(d), 1)), d), x);
  }

  static Tensor[] split(Tensor x, long[] sizes, int dim) {
    int d = dim("split", x, dim);
    long sum = 0;
    boolean negative = false;
    for (long size : sizes) {
      sum += size;
      negative |= size < 0;
    }
    if (negative || sum != x.size(d)) {
      throw Errors.argument("split",
          "the sizes must not be negative and must sum up to " + x.size(d) + ", the size of dimension " + d
              + " of a tensor of shape "
              + x.array().shape() + ", but are " + Arrays.toString(sizes));
    }
    return Op.apply(new SplitWithSizes(Ints.of(Dims.exact("split", sizes)), d), x);
  }

  static Tensor[] chunk(Tensor x, int chunks, int dim) {
    int d = dim("chunk", x, dim);
    if (chunks < 1) throw Errors.argument("chunk", "at least one chunk is needed, but got " + chunks);
    return x.size(d) == 0 ? split(x, new long[chunks], d) : split(x, Math.ceilDiv(x.size(d), chunks), d);
  }

  static Tensor[] unbind(Tensor x, int dim) { return Op.apply(new Unbind(dim("unbind", x, dim)), x); }

  /** As even pieces as possible, the greater ones first. */
  static Tensor[] tensorSplit(Tensor x, int sections, int dim) {
    int d = dim("tensorSplit", x, dim);
    if (sections < 1) throw Errors.argument("tensorSplit", "at least one section is needed, but got " + sections);
    long[] cuts = new long[sections - 1];
    long size = x.size(d) / sections;
    long greater = x.size(d) % sections;
    for (int k = 0; k < cuts.length; k++) cuts[k] = (k + 1) * size + Math.min(k + 1, greater);
    return tensorSplit(x, cuts, d);
  }

  /** Cut at the indices, which Python's rules for slices hold for. */
  static Tensor[] tensorSplit(Tensor x, long[] cuts, int dim) {
    int d = dim("tensorSplit", x, dim);
    Tensor[] parts = new Tensor[cuts.length + 1];
    for (int k = 0; k <= cuts.length; k++) {
      parts[k] = Slices.slice(x, d, k == 0 ? null : cuts[k - 1], k == cuts.length ? null : cuts[k], 1);
    }
    return parts;
  }
}
