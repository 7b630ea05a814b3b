package dev.flambeau.kernel;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Turns index tensors into selections for {@link Elements}.
 *
 * <p>Indices are INT64 or INT32, masks are BOOL. All indices are checked here, before anything is read or written. The
 * first parameter of each method is the operation's name for messages; dimensions count from 0 and are in range, a
 * single number counting as an array with one dimension of size 1.
 */
public final class Indexing {
  private Indexing() {}

  /**
   * Positions of {@code x[…, index[…, i, …], …]} with {@code index} in place of coordinate {@code dim}, in the shape of
   * {@code index}: for gather, and on the destination for scatter.
   *
   * @throws IllegalArgumentException if an index is not in {@code 0 ≤ i < size}, the ranks differ, or {@code index} is
   *     larger than {@code x} in another dimension
   */
  public static Selection gather(String op, NdArray x, int dim, NdArray index) {
    NdArray from = Lanes.atLeast1d(x);
    NdArray at = Lanes.atLeast1d(index);
    if (index.numel() == 0) return Selection.of(index.shape());
    boolean fits = at.rank() == from.rank();
    for (int d = 0; fits && d < at.rank(); d++) fits = d == dim || at.shape().size(d) <= from.shape().size(d);
    if (!fits) {
      throw new IllegalArgumentException(op + ": expected an index with the dimensions of the array, " + x.shape()
          + ", and except for dimension " + dim + " no larger, got " + index.shape()
          + "; narrow the index or expand the array");
    }
    NdArray numbers = checked(op, index, from.shape().size(dim), dim, false);
    int[] outer = Elements.positions(from.offset(), at.shape(), from.strides(), 0, dim);
    int[] inner = Elements.positions(0, at.shape(), from.strides(), dim + 1, at.rank());
    return Selection.of(outer, numbers, at.shape().size(dim), from.stride(dim), inner);
  }

  /**
   * Positions of the slices of {@code x} along {@code dim} that {@code index}, a vector or a single number, names; in
   * the shape of {@code x} with {@code index.numel()} for the size of {@code dim}.
   *
   * @throws IllegalArgumentException if an index is not in {@code 0 ≤ i < size} or {@code index} is no vector
   */
  public static Selection indexSelect(String op, NdArray x, int dim, NdArray index) {
    if (index.rank() > 1) {
      throw new IllegalArgumentException(op + ": expected a vector of indices, got the shape " + index.shape()
          + "; flatten it, or use gather");
    }
    NdArray from = Lanes.atLeast1d(x);
    Shape shape = x.rank() == 0 ? x.shape() : x.shape().with(dim, index.numel());
    return slices(from, dim, indices(op, index, from.shape().size(dim), dim, false), shape);
  }

  /**
   * The rows of {@code table}, a matrix, that {@code index} names, in the shape of {@code index} and a row.
   *
   * @throws IllegalArgumentException if there is none of such a number
   */
  public static Selection rows(String op, NdArray table, NdArray index) {
    Shape shape = index.shape().insert(index.rank(), table.shape().size(1));
    return slices(table, 0, indices(op, index, table.shape().size(0), 0, false), shape);
  }

  /** The named slices along {@code dim}, in the order of the list, which is taken over. */
  static Selection slices(NdArray x, int dim, int[] which, Shape shape) {
    if (shape.numel() == 0) return Selection.of(shape);
    for (int i = 0; i < which.length; i++) which[i] = x.offset() + which[i] * x.stride(dim);
    int[] outer = Elements.positions(0, x.shape(), x.strides(), 0, dim);
    int[] inner = Elements.positions(0, x.shape(), x.strides(), dim + 1, x.rank());
    return Selection.of(shape, outer, which, inner, true);
  }

  /**
   * What {@code x[i, j, …]} selects, as in PyTorch and NumPy. A null stands for all of a dimension; dimensions beyond
   * the list are taken whole. Index arrays broadcast together and count from the end when negative; a mask selects from
   * as many dimensions as it has. The dimensions of the index take the place of those indexed if these are adjacent,
   * else they go first.
   *
   * @throws IllegalArgumentException if an index is not in {@code −size ≤ i < size}, a mask has other sizes than its
   *     dimensions, there are too many indices, or they do not broadcast
   */
  public static Selection advanced(String op, NdArray x, List<@Nullable NdArray> indices) {
    List<int[]> offsets = new ArrayList<>();
    List<Shape> shapes = new ArrayList<>();
    List<Integer> free = new ArrayList<>();
    int dim = 0;
    int place = -1;
    boolean adjacent = true;
    boolean open = false;
    for (NdArray index : indices) {
      int taken = index == null || index.type() != ElementType.BOOL ? 1 : index.rank();
      if (dim + taken > x.rank()) {
        throw new IllegalArgumentException(op + ": too many indices for an array of shape " + x.shape()
            + "; index at most " + x.rank() + " dimensions, a mask counting for each of its own");
      }
      if (index == null) {
        free.add(dim);
      } else {
        if (place < 0) place = free.size();
        else if (!open) adjacent = false;
        boolean mask = index.type() == ElementType.BOOL;
        int[] at = mask ? selectedBy(op, x, dim, index) : steps(op, x, dim, index);
        offsets.add(at);
        shapes.add(mask ? Shape.of(at.length) : index.shape());
      }
      open = index != null;
      dim += taken;
    }
    for (; dim < x.rank(); dim++) free.add(dim);
    if (place < 0 || !adjacent) place = 0;
    Shape common = common(op, shapes);
    Shape rest = Shape.of(free.stream().mapToInt(x.shape()::size).toArray());
    int[] restStrides = free.stream().mapToInt(x::stride).toArray();
    Shape result = rest;
    for (int d = 0; d < common.rank(); d++) result = result.insert(place + d, common.size(d));
    if (result.numel() == 0) return Selection.of(result);
    int[] middle = new int[common.numel()];
    Arrays.fill(middle, x.offset());
    for (int i = 0; i < offsets.size(); i++) addBroadcast(middle, common, offsets.get(i), shapes.get(i));
    int[] outer = Elements.positions(0, rest, restStrides, 0, place);
    int[] inner = Elements.positions(0, rest, restStrides, place, rest.rank());
    return Selection.of(result, outer, middle, inner, true);
  }

  /**
   * Positions of the elements of {@code x} with these row-major indices, in the shape of {@code index}; negative ones
   * count from the end.
   *
   * @throws IllegalArgumentException if an index is not in {@code −numel ≤ i < numel}
   */
  public static Selection take(String op, NdArray x, NdArray index) {
    int[] positions = indices(op, index, x.numel(), -1, true);
    if (x.isContiguous()) {
      for (int i = 0; i < positions.length; i++) positions[i] += x.offset();
    } else {
      for (int i = 0; i < positions.length; i++) positions[i] = x.position(positions[i]);
    }
    return Selection.of(index.shape(), positions);
  }

  /**
   * Positions of the elements of {@code x} where {@code mask}, of the same shape, is true, in row-major order.
   *
   * @throws IllegalArgumentException if {@code mask} is not BOOL or of another shape
   */
  public static Selection masked(String op, NdArray x, NdArray mask) {
    if (mask.type() != ElementType.BOOL || !mask.shape().equals(x.shape())) {
      throw new IllegalArgumentException(op + ": expected a BOOL mask of shape " + x.shape() + ", got " + mask
          + "; broadcast both to one shape, and compare with a number to make a mask");
    }
    int[] positions = picked(Elements.positions(x), truths(mask));
    return Selection.of(Shape.of(positions.length), positions);
  }

  /** Coordinates of the elements that are not zero, row-major, as INT64 of shape (n, rank); NaN is not zero. */
  public static NdArray nonzero(NdArray x) {
    int[] hits = truths(x);
    int rank = x.rank();
    NdArray out = NdArray.allocate(ElementType.INT64, Shape.of(hits.length, rank));
    long[] coordinates = out.longs();
    for (int i = 0; i < hits.length; i++) {
      int rest = hits[i];
      for (int d = rank - 1; d >= 0; d--) {
        int size = x.shape().size(d);
        coordinates[i * rank + d] = rest % size;
        rest /= size;
      }
    }
    return out;
  }

  /** Row-major indices of the elements that are not zero. */
  private static int[] truths(NdArray x) {
    NdArray dense = Elements.dense(x);
    int offset = dense.offset();
    int n = dense.numel();
    int[] hits = new int[n];
    int count = 0;
    if (x.type() == ElementType.BOOL) {
      byte[] truths = dense.bytes();
      for (int i = 0; i < n; i++) {
        hits[count] = i;
        count += truths[offset + i];
      }
      return Arrays.copyOf(hits, count);
    }
    for (int i = 0; i < n; i++) {
      hits[count] = i;
      if (dense.doubleAt(offset + i) != 0) count++;
    }
    return Arrays.copyOf(hits, count);
  }

  private static int[] picked(int[] positions, int[] which) {
    for (int i = 0; i < which.length; i++) which[i] = positions[which[i]];
    return which;
  }

  /** Steps from the start of {@code x} to what the mask selects of the dimensions from {@code dim} on. */
  private static int[] selectedBy(String op, NdArray x, int dim, NdArray mask) {
    int end = dim + mask.rank();
    Shape expected = Shape.of(Arrays.copyOfRange(x.shape().sizes(), dim, end));
    if (!mask.shape().equals(expected)) {
      throw new IllegalArgumentException(op + ": expected a mask of shape " + expected + " for the dimensions from "
          + dim + " on, got " + mask.shape() + "; a mask has the sizes of the dimensions that it selects from");
    }
    return picked(Elements.positions(0, x.shape(), x.strides(), dim, end), truths(mask));
  }

  private static int[] steps(String op, NdArray x, int dim, NdArray index) {
    int[] at = indices(op, index, x.shape().size(dim), dim, true);
    for (int i = 0; i < at.length; i++) at[i] *= x.stride(dim);
    return at;
  }

  private static Shape common(String op, List<Shape> shapes) {
    Shape common = Shape.SCALAR;
    for (Shape shape : shapes) {
      Shape wider = Shape.broadcast(common, shape);
      if (wider == null) {
        throw new IllegalArgumentException(op + ": index arrays of the shapes " + shapes
            + " do not broadcast together; make their sizes equal, or 1");
      }
      common = wider;
    }
    return common;
  }

  /** Adds {@code steps}, of {@code shape}, to {@code sums}, of {@code common}, to which {@code shape} broadcasts. */
  private static void addBroadcast(int[] sums, Shape common, int[] steps, Shape shape) {
    int[] strides = new int[common.rank()];
    for (int d = 0; d < shape.rank(); d++) {
      if (shape.size(d) != 1) strides[d + strides.length - shape.rank()] = shape.stride(d);
    }
    int[] from = Elements.positions(0, common, strides);
    for (int i = 0; i < sums.length; i++) sums[i] += steps[from[i]];
  }

  /** The indices as row-major ints in {@code 0 ≤ i < size}, checked as below. */
  private static int[] indices(String op, NdArray index, int size, int dim, boolean negative) {
    NdArray numbers = checked(op, index, size, dim, negative);
    int[] out = new int[numbers.numel()];
    int p = numbers.offset();
    boolean wide = numbers.type() == ElementType.INT64;
    Parallel.forRange(out.length, Loops.GRAIN, (from, to) -> {
      if (wide) {
        long[] in = numbers.longs();
        for (int i = from; i < to; i++) out[i] = (int) in[p + i] + (in[p + i] < 0 ? size : 0);
      } else {
        int[] in = numbers.ints();
        for (int i = from; i < to; i++) out[i] = in[p + i] + (in[p + i] < 0 ? size : 0);
      }
    });
    return out;
  }

  /**
   * The indices, row-major, all of which lie in {@code 0 ≤ i < size}.
   *
   * @param dim the dimension they index, or −1 for all elements
   * @param negative whether they may count from the end, and begin with {@code −size}
   */
  private static NdArray checked(String op, NdArray index, int size, int dim, boolean negative) {
    if (index.type() != ElementType.INT64 && index.type() != ElementType.INT32) {
      throw new IllegalArgumentException(op + ": expected INT64 or INT32 indices, got " + index
          + "; cast them, or give a BOOL mask where one is allowed");
    }
    NdArray dense = Elements.dense(index);
    int low = negative ? -size : 0;
    int p = dense.offset();
    AtomicBoolean wrong = new AtomicBoolean();
    Parallel.forRange(index.numel(), Loops.GRAIN, (from, to) -> {
      boolean fit = index.type() == ElementType.INT64 ? areIn(dense.longs(), p + from, p + to, low, size - 1)
          : areIn(dense.ints(), p + from, p + to, low, size - 1);
      if (!fit) wrong.set(true);
    });
    for (int i = 0; wrong.get(); i++) {
      long given = dense.longAt(p + i);
      if (given < low || given >= size) throw outOfRange(op, given, i, index.shape(), size, dim, negative);
    }
    return dense;
  }

  /** Whether no number in {@code [from, to)} is out of range: without a branch, so that it is done in vectors. */
  private static boolean areIn(long[] x, int from, int to, long low, long high) {
    long signs = 0;
    for (int i = from; i < to; i++) signs |= x[i] - low | high - x[i];
    return signs >= 0;
  }

  private static boolean areIn(int[] x, int from, int to, long low, long high) {
    long signs = 0;
    for (int i = from; i < to; i++) signs |= x[i] - low | high - x[i];
    return signs >= 0;
  }

  private static IllegalArgumentException outOfRange(
      String op, long given, int i, Shape shape, int size, int dim, boolean negative) {
    int[] place = new int[shape.rank()];
    for (int d = place.length - 1; d >= 0; d--) {
      place[d] = i % shape.size(d);
      i /= shape.size(d);
    }
    String where = dim < 0 ? "an array of " + size + " elements" : "dimension " + dim + " of size " + size;
    String allowed = size == 0 ? "there is nothing to index, so the index must be empty"
        : "indices must be in " + (negative ? -size : 0) + " to " + (size - 1);
    return new IllegalArgumentException(op + ": index " + given + " at " + Arrays.toString(place)
        + " is out of range for " + where + "; " + allowed);
  }
}
