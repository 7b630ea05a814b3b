package dev.flambeau;

import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.kernel.Loops;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several tensors joined to one. Their dtypes meet in the greatest. */
final class Joins {
  private Joins() {}

  /** y = x₀, x₁, … one after the other in {@code dim};  dxᵢ = its part of g. Vectors without elements fit to all shapes. */
  record Cat(int dim) implements Arranging {
    @Override
    public NdArray forward(NdArray... x) {
      NdArray y = NdArray.unwritten(Promotion.of(x), whole(x));
      int at = 0;
      for (NdArray each : x) {
        if (isNothing(each.shape())) continue;
        int size = each.shape().size(dim);
        Loops.copy(Slices.narrowed(y, dim, at, size), each);
        at += size;
      }
      return y;
    }

    private Shape whole(NdArray... x) {
      Shape first = null;
      int size = 0;
      for (NdArray each : x) {
        Shape shape = each.shape();
        if (isNothing(shape)) continue;
        if (first == null) first = shape;
        if (shape.rank() != first.rank() || dim >= shape.rank() || !shape.without(dim).equals(first.without(dim))) {
          throw Errors.argument("cat", "the shapes must be equal except in dimension " + dim + ", but " + first
              + " and " + shape + " differ elsewhere");
        }
        size = Dims.exact("cat", (long) size + shape.size(dim));
      }
      return first == null ? x[0].shape() : first.with(dim, size);
    }

    @Override
    public @Nullable Tensor backward(int i, Saved s, Tensor g) {
      if (isNothing(s.shapeOf(i))) return null;
      int at = 0;
      for (int k = 0; k < i; k++) at += isNothing(s.shapeOf(k)) ? 0 : s.shapeOf(k).size(dim);
      return g.narrow(dim, at, s.shapeOf(i).size(dim));
    }
  }

  /** y[…, i, …] = xᵢ in a new dimension {@code dim};  dxᵢ = g[…, i, …]. */
  record Stack(int dim) implements Arranging {
    @Override
    public NdArray forward(NdArray... x) {
      Shape shape = x[0].shape();
      for (NdArray each : x) {
        if (!each.shape().equals(shape))
          throw Errors.argument("stack", "all shapes must be equal, but got " + shape + " and " + each.shape());
      }
      NdArray y = NdArray.unwritten(Promotion.of(x), shape.insert(dim, x.length));
      for (int i = 0; i < x.length; i++) Loops.copy(new Slices.Select(dim, i).of(y), x[i]);
      return y;
    }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) { return g.select(dim, i); }
  }

  /** y = the matrices xᵢ along the diagonal, zeros elsewhere;  dxᵢ = its block of g. */
  record BlockDiag() implements Arranging {
    @Override
    public NdArray forward(NdArray... x) {
      int rows = 0;
      int columns = 0;
      for (NdArray each : x) {
        rows += each.shape().size(0);
        columns += each.shape().size(1);
      }
      NdArray y = NdArray.allocate(Promotion.of(x), Shape.of(rows, columns));
      int row = 0;
      int column = 0;
      for (NdArray each : x) {
        int height = each.shape().size(0);
        int width = each.shape().size(1);
        Loops.copy(Slices.narrowed(Slices.narrowed(y, 0, row, height), 1, column, width), each);
        row += height;
        column += width;
      }
      return y;
    }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) {
      int row = 0;
      int column = 0;
      for (int k = 0; k < i; k++) {
        row += s.shapeOf(k).size(0);
        column += s.shapeOf(k).size(1);
      }
      return g.narrow(0, row, s.shapeOf(i).size(0)).narrow(1, column, s.shapeOf(i).size(1));
    }
  }

  /** Whether it is a vector without elements, which {@code cat} leaves out whatever the other shapes are. */
  private static boolean isNothing(Shape shape) { return shape.rank() == 1 && shape.size(0) == 0; }

  private static Tensor[] some(String operation, List<Tensor> tensors) {
    if (tensors.isEmpty()) throw Errors.argument(operation, "at least one tensor is needed, but got none");
    return tensors.toArray(Tensor[]::new);
  }

  static Tensor cat(List<Tensor> tensors, int dim) {
    Tensor[] x = some("cat", tensors);
    int rank = 1;
    for (Tensor each : x) {
      if (each.dim() == 0) throw Errors.argument("cat", "a single number has no dimension to join along; use stack");
      if (!isNothing(each.array().shape())) rank = each.dim();
    }
    return Op.apply(new Cat(Dims.wrap("cat", dim, rank)), x);
  }

  static Tensor stack(List<Tensor> tensors, int dim) {
    Tensor[] x = some("stack", tensors);
    return Op.apply(new Stack(Dims.wrap("stack", dim, x[0].dim() + 1)), x);
  }

  /** Vectors end to end; else along the second dimension. */
  static Tensor hstack(List<Tensor> tensors) {
    List<Tensor> x = tensors.stream().map(Tensor::atLeast1d).toList();
    return cat(x, x.isEmpty() || x.getFirst().dim() == 1 ? 0 : 1);
  }

  /** Along the first dimension; vectors are rows. */
  static Tensor vstack(List<Tensor> tensors) { return cat(tensors.stream().map(Tensor::atLeast2d).toList(), 0); }

  /** Along the third dimension; matrices are slices, vectors rows of slices. */
  static Tensor dstack(List<Tensor> tensors) { return cat(tensors.stream().map(Tensor::atLeast3d).toList(), 2); }

  /** Along the second dimension; vectors are columns. */
  static Tensor columnStack(List<Tensor> tensors) {
    return cat(tensors.stream().map(x -> x.dim() < 2 ? x.reshape(x.numel(), 1) : x).toList(), 1);
  }

  /** The matrices along the diagonal of a greater one; vectors are rows. */
  static Tensor blockDiag(List<Tensor> tensors) {
    Tensor[] x = some("blockDiag", tensors);
    for (int i = 0; i < x.length; i++) {
      if (x[i].dim() > 2) throw Errors.argument("blockDiag",
          "at most two dimensions are allowed, but tensor " + i + " has shape " + x[i].array().shape());
      x[i] = x[i].atLeast2d();
    }
    return Op.apply(new BlockDiag(), x);
  }

  /** The coordinates of the grid that the vectors span: the i-th result varies along dimension i, or with "xy" the first two the other way round. */
  static Tensor[] meshgrid(String indexing, List<Tensor> tensors) {
    Tensor[] x = some("meshgrid", tensors);
    if (!indexing.equals("ij") && !indexing.equals("xy"))
      throw Errors.argument("meshgrid", "the indexing is \"ij\" or \"xy\", not \"" + indexing + "\"");
    long[] whole = new long[x.length];
    int[] along = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      if (x[i].dim() > 1)
        throw Errors.argument("meshgrid", "vectors are needed, but tensor " + i + " has shape " + x[i].array().shape());
      if (x[i].dtype() != x[0].dtype())
        throw Errors.argument("meshgrid", "all dtypes must be equal, but got " + x[0].dtype() + " and " + x[i].dtype());
      along[i] = indexing.equals("xy") && i < 2 && x.length > 1 ? 1 - i : i;
      whole[along[i]] = x[i].numel();
    }
    Tensor[] grids = new Tensor[x.length];
    for (int i = 0; i < x.length; i++) {
      long[] sizes = new long[x.length];
      Arrays.fill(sizes, 1);
      sizes[along[i]] = x[i].numel();
      grids[i] = x[i].view(sizes).expand(whole);
    }
    return grids;
  }

  /** All combinations of an element of each vector, as rows. */
  static Tensor cartesianProd(List<Tensor> tensors) {
    Tensor[] x = some("cartesianProd", tensors);
    for (Tensor each : x) if (each.dim() != 1)
      throw Errors.argument("cartesianProd", "vectors are needed, but got the shape " + each.array().shape());
    if (x.length == 1) return x[0];
    List<Tensor> columns = new ArrayList<>();
    for (Tensor grid : meshgrid("ij", tensors)) columns.add(grid.flatten());
    return stack(columns, 1);
  }
}
