package dev.flambeau.array;

import java.lang.reflect.Array;
import java.util.Arrays;

/**
 * A strided view of one Java array: element {@code (i, j, …)} is at {@code offset + i·stride(0) + j·stride(1) + …}.
 *
 * <p>The Java array belongs to nobody in particular: views share it, the collector frees it. Several views may overlap; who writes decides whether
 * that is sound.
 */
public final class NdArray {
  private final Object data;
  private final ElementType type;
  private final Shape shape;
  private final int[] strides;
  private final int offset;
  private final boolean contiguous;

  private NdArray(Object data, ElementType type, Shape shape, int[] strides, int offset, boolean contiguous) {
    this.data = data;
    this.type = type;
    this.shape = shape;
    this.strides = strides;
    this.offset = offset;
    this.contiguous = contiguous;
  }

  /** A new array of zeros, row-major. */
  public static NdArray allocate(ElementType type, Shape shape) {
    Object spare = Spares.take(type, shape.numel());
    if (spare != null) type.fill(spare, 0);
    return rowMajor(spare != null ? spare : type.allocate(shape.numel()), type, shape);
  }

  /** A new array, row-major, for one who writes every element before any is read: it may hold anything. */
  public static NdArray unwritten(ElementType type, Shape shape) {
    Object spare = Spares.take(type, shape.numel());
    return rowMajor(spare != null ? spare : type.allocate(shape.numel()), type, shape);
  }

  private static NdArray rowMajor(Object data, ElementType type, Shape shape) {
    return new NdArray(data, type, shape, shape.rowMajor(), 0, true);
  }

  /**
   * The row-major array over {@code data}, which is used as it is, not copied.
   *
   * @throws IllegalArgumentException if {@code data} is of another Java type or another length
   */
  public static NdArray of(Object data, ElementType type, Shape shape) {
    if (!type.fits(data)) {
      throw new IllegalArgumentException(type + " elements cannot be held by a " + data.getClass().getSimpleName());
    }
    int length = Array.getLength(data);
    if (length != shape.numel()) {
      throw new IllegalArgumentException(
          "the shape " + shape + " has " + shape.numel() + " elements, but the array has " + length);
    }
    return rowMajor(data, type, shape);
  }

  /** A single float. */
  public static NdArray scalar(float value) {
    return new NdArray(new float[] {value}, ElementType.FLOAT32, Shape.SCALAR, Shape.SCALAR.rowMajor(), 0, true);
  }

  /** A single double. */
  public static NdArray scalar(double value) {
    return new NdArray(new double[] {value}, ElementType.FLOAT64, Shape.SCALAR, Shape.SCALAR.rowMajor(), 0, true);
  }

  /** A single long. */
  public static NdArray scalar(long value) {
    return new NdArray(new long[] {value}, ElementType.INT64, Shape.SCALAR, Shape.SCALAR.rowMajor(), 0, true);
  }

  /**
   * Another view of the same Java array.
   *
   * @throws IllegalArgumentException if the view reaches outside of the Java array
   */
  public NdArray view(Shape shape, int[] strides, int offset) {
    if (strides.length != shape.rank()) {
      throw new IllegalArgumentException(
          "a view of shape " + shape + " needs " + shape.rank() + " strides, not " + Arrays.toString(strides));
    }
    if (shape.numel() == 0) return new NdArray(data, type, shape, strides, 0, true);
    checkBounds(shape, strides, offset);
    return new NdArray(data, type, shape, strides, offset, isRowMajor(shape, strides));
  }

  private void checkBounds(Shape shape, int[] strides, int offset) {
    long low = offset;
    long high = offset;
    for (int d = 0; d < strides.length; d++) {
      long reach = (shape.size(d) - 1L) * strides[d];
      if (reach < 0) low += reach;
      else high += reach;
    }
    int length = length();
    if (low < 0 || high >= length) {
      throw new IllegalArgumentException(
          "a view of shape " + shape + ", strides " + Arrays.toString(strides) + " and offset " + offset
              + " reaches outside of its storage of " + length + " elements");
    }
  }

  private static boolean isRowMajor(Shape shape, int[] strides) {
    int[] dense = shape.rowMajor();
    for (int d = 0; d < strides.length; d++) {
      if (strides[d] != dense[d] && shape.size(d) != 1) return false;
    }
    return true;
  }

  /** Whether all elements lie at one place: there is one, or it is expanded. */
  public boolean repeatsOneElement() {
    for (int d = 0; d < strides.length; d++) if (strides[d] != 0 && shape.size(d) != 1) return false;
    return shape.numel() != 0;
  }

  /** A row-major view of the same elements in another shape of as many; only for a contiguous array. */
  public NdArray reshaped(Shape shape) {
    if (!contiguous || shape.numel() != shape().numel()) {
      throw new IllegalArgumentException(
          "only a contiguous array can be seen in the shape " + shape + ", and with as many elements; this is " + this);
    }
    return new NdArray(data, type, shape, shape.rowMajor(), offset, true);
  }

  /** The same bytes read as another type of the same Java array: UINT8 as BOOL and back. */
  public NdArray as(ElementType other) {
    if (!other.fits(data)) throw new IllegalArgumentException(type + " elements cannot be read as " + other);
    return other == type ? this : new NdArray(data, other, shape, strides, offset, contiguous);
  }

  /** The Java array. */
  public Object data() { return data; }

  /** The Java array of a FLOAT32 array. */
  public float[] floats() { return (float[]) data; }

  /** The Java array of a FLOAT64 array. */
  public double[] doubles() { return (double[]) data; }

  /** The Java array of an INT64 array. */
  public long[] longs() { return (long[]) data; }

  /** The Java array of an INT32 array. */
  public int[] ints() { return (int[]) data; }

  /** The Java array of a UINT8 or BOOL array. */
  public byte[] bytes() { return (byte[]) data; }

  /** Length of the Java array, in elements. */
  public int length() {
    return switch (type) {
      case FLOAT32 -> floats().length;
      case FLOAT64 -> doubles().length;
      case INT64 -> longs().length;
      case INT32 -> ints().length;
      case UINT8, BOOL -> bytes().length;
    };
  }

  /** How elements are stored. */
  public ElementType type() { return type; }

  /** Sizes of the dimensions. */
  public Shape shape() { return shape; }

  /** Number of dimensions. */
  public int rank() { return strides.length; }

  /** Number of elements. */
  public int numel() { return shape.numel(); }

  /** Step of dimension {@code d}, in elements. */
  public int stride(int d) { return strides[d]; }

  /** A copy of the strides. */
  public int[] strides() { return strides.clone(); }

  /** Position of the first element. */
  public int offset() { return offset; }

  /** Whether the elements lie in row-major order without gaps. */
  public boolean isContiguous() { return contiguous; }

  /** Whether no two elements of this view share a place, and no place between them is left out: a permutation of row-major. */
  public boolean isDense() {
    if (contiguous) return true;
    Integer[] dims = new Integer[rank()];
    Arrays.setAll(dims, d -> d);
    Arrays.sort(dims, (a, b) -> Integer.compare(strides[a], strides[b]));
    long expected = 1;
    for (int d : dims) {
      if (shape.size(d) == 1) continue;
      if (strides[d] != expected) return false;
      expected *= shape.size(d);
    }
    return true;
  }

  /** Whether two elements of this view may lie at one place: a dimension of more than one element with stride 0, or strides that fold back. */
  public boolean overlapsItself() {
    if (contiguous) return false;
    for (int d = 0; d < strides.length; d++) if (strides[d] == 0 && shape.size(d) > 1) return true;
    Integer[] dims = new Integer[rank()];
    Arrays.setAll(dims, d -> d);
    Arrays.sort(dims, (a, b) -> Integer.compare(Math.abs(strides[a]), Math.abs(strides[b])));
    long reach = 0;
    for (int d : dims) {
      if (shape.size(d) == 1) continue;
      if (Math.abs(strides[d]) <= reach) return true;
      reach += Math.abs((long) strides[d]) * (shape.size(d) - 1);
    }
    return false;
  }

  /** Position in the Java array of the element with row-major index {@code index}. */
  public int position(int index) {
    if (contiguous) return offset + index;
    int position = offset;
    for (int d = rank() - 1; d >= 0; d--) {
      int size = shape.size(d);
      position += index % size * strides[d];
      index /= size;
    }
    return position;
  }

  /** The element at {@code position} of the Java array, as a double; truth values are 0 and 1. */
  public double doubleAt(int position) {
    return switch (type) {
      case FLOAT32 -> floats()[position];
      case FLOAT64 -> doubles()[position];
      case INT64 -> longs()[position];
      case INT32 -> ints()[position];
      case UINT8 -> bytes()[position] & 0xff;
      case BOOL -> bytes()[position];
    };
  }

  /** The element at {@code position} of the Java array, as a long; real numbers are truncated. */
  public long longAt(int position) {
    return switch (type) {
      case FLOAT32 -> (long) floats()[position];
      case FLOAT64 -> (long) doubles()[position];
      case INT64 -> longs()[position];
      case INT32 -> ints()[position];
      case UINT8 -> bytes()[position] & 0xff;
      case BOOL -> bytes()[position];
    };
  }

  /** What it is, without its elements, as in {@code FLOAT32[2, 3]}. */
  @Override
  public String toString() { return type + shape.toString(); }
}
