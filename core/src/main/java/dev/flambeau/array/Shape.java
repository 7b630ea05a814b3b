package dev.flambeau.array;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The sizes of an array's dimensions, outermost first.
 *
 * <p>A shape has at most 2³¹ − 1 elements: sizes are multiplied in {@code long} and refused once, here. Row-major strides are computed once and shared
 * by all arrays of the shape.
 */
public final class Shape {
  /** The shape of a single number: no dimension, one element. */
  public static final Shape SCALAR = new Shape(new int[0]);

  private final int[] sizes;
  private final int[] strides;
  private final int numel;

  private Shape(int[] sizes) {
    this.sizes = sizes;
    this.strides = new int[sizes.length];
    this.numel = layOut(sizes, strides);
  }

  /**
   * The shape with these sizes.
   *
   * @throws IllegalArgumentException if a size is negative or the elements are more than 2³¹ − 1
   */
  public static Shape of(int... sizes) {
    return sizes.length == 0 ? SCALAR : new Shape(sizes.clone());
  }

  /**
   * The shape with these sizes.
   *
   * @throws IllegalArgumentException if a size is negative or the elements are more than 2³¹ − 1
   */
  public static Shape of(long... sizes) {
    int[] narrow = new int[sizes.length];
    for (int d = 0; d < sizes.length; d++) {
      narrow[d] = (int) sizes[d];
      if (narrow[d] != sizes[d]) throw tooLarge(Arrays.toString(sizes));
    }
    return narrow.length == 0 ? SCALAR : new Shape(narrow);
  }

  private static int layOut(int[] sizes, int[] strides) {
    long count = 1;
    long span = 1;
    for (int d = sizes.length - 1; d >= 0; d--) {
      int size = sizes[d];
      if (size < 0) {
        throw new IllegalArgumentException(
            "a shape has no negative sizes, but " + Arrays.toString(sizes) + " has " + size + " in dimension " + d);
      }
      strides[d] = (int) span;
      span *= Math.max(size, 1);
      count *= size;
      if (span > Integer.MAX_VALUE) throw tooLarge(Arrays.toString(sizes));
    }
    return (int) count;
  }

  private static IllegalArgumentException tooLarge(String sizes) {
    return new IllegalArgumentException("an array holds at most 2147483647 elements, but the shape " + sizes
        + " has more; use smaller sizes or several tensors");
  }

  /** Number of dimensions. */
  public int rank() { return sizes.length; }

  /** Size of dimension {@code d}, {@code 0 ≤ d < rank()}. */
  public int size(int d) { return sizes[d]; }

  /** Number of elements. */
  public int numel() { return numel; }

  /** Row-major stride of dimension {@code d}, in elements. */
  public int stride(int d) { return strides[d]; }

  /** A copy of the sizes. */
  public int[] sizes() { return sizes.clone(); }

  /** A copy of the row-major strides. */
  public int[] strides() { return strides.clone(); }

  /** The shared row-major strides, for readers within this package. */
  int[] rowMajor() { return strides; }

  /** This shape with dimension {@code d} of another size. */
  public Shape with(int d, int size) {
    int[] changed = sizes.clone();
    changed[d] = size;
    return new Shape(changed);
  }

  /** This shape without dimension {@code d}. */
  public Shape without(int d) {
    int[] fewer = new int[sizes.length - 1];
    System.arraycopy(sizes, 0, fewer, 0, d);
    System.arraycopy(sizes, d + 1, fewer, d, fewer.length - d);
    return fewer.length == 0 ? SCALAR : new Shape(fewer);
  }

  /** This shape with a dimension of {@code size} put in before dimension {@code d}. */
  public Shape insert(int d, int size) {
    int[] more = new int[sizes.length + 1];
    System.arraycopy(sizes, 0, more, 0, d);
    more[d] = size;
    System.arraycopy(sizes, d, more, d + 1, sizes.length - d);
    return new Shape(more);
  }

  /**
   * The shape that {@code a} and {@code b} broadcast to, or null if they do not fit: aligned at the last dimension, sizes are equal, or one of them is 1.
   */
  public static @Nullable Shape broadcast(Shape a, Shape b) {
    if (b.rank() == 0 || a.equals(b)) return a;
    if (a.rank() == 0) return b;
    int rank = Math.max(a.rank(), b.rank());
    int[] sizes = new int[rank];
    for (int d = 1; d <= rank; d++) {
      int p = d <= a.rank() ? a.sizes[a.rank() - d] : 1;
      int q = d <= b.rank() ? b.sizes[b.rank() - d] : 1;
      if (p != q && p != 1 && q != 1) return null;
      sizes[rank - d] = p == 1 ? q : p;
    }
    if (Arrays.equals(sizes, a.sizes)) return a;
    return Arrays.equals(sizes, b.sizes) ? b : new Shape(sizes);
  }

  /** Whether an array of this shape can be repeated to {@code larger}. */
  public boolean broadcastsTo(Shape larger) {
    Shape joint = broadcast(this, larger);
    return joint != null && joint.equals(larger);
  }

  @Override
  public boolean equals(Object other) {
    return this == other || other instanceof Shape s && Arrays.equals(sizes, s.sizes);
  }

  @Override
  public int hashCode() { return Arrays.hashCode(sizes); }

  /** As in {@code [2, 3]}. */
  @Override
  public String toString() { return Arrays.toString(sizes); }
}
