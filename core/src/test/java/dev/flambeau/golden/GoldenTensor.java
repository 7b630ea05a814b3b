package dev.flambeau.golden;

import java.lang.reflect.Array;

/**
 * A tensor as PyTorch had it: its values in row-major order of the shape, and how they lay in memory.
 *
 * @param dtype {@code float32 float64 int64 int32 uint8 bool}
 * @param values {@code float[] double[] long[] int[]}, or {@code byte[]} for uint8 and bool
 */
@SuppressWarnings("ArrayRecordComponent")
public record GoldenTensor(String dtype, int[] shape, Object values, boolean requiresGrad, Layout layout) {

  /** Where the elements lie. */
  public enum Layout {
    /** Row-major. */
    CONTIGUOUS,
    /** Row-major after swapping the last two dimensions. */
    TRANSPOSED,
    /** Row-major in a buffer twice as wide: every second element of the last dimension. */
    STEPPED
  }

  private static final byte FILLER = 99;

  /** The number of elements. */
  public int numel() { return Array.getLength(values); }

  /** The element at row-major position {@code i}, integers and truth values as numbers. */
  public double at(int i) {
    return values instanceof byte[] bytes ? bytes[i] & 0xff : ((Number) Array.get(values, i)).doubleValue();
  }

  /** The strides of this layout, in elements. */
  public int[] strides() {
    int rank = shape.length;
    int[] strides = new int[rank];
    int step = layout == Layout.STEPPED ? 2 : 1;
    for (int i = rank - 1; i >= 0; i--) {
      int d = layout == Layout.TRANSPOSED && i >= rank - 2 ? 2 * rank - 3 - i : i;
      strides[d] = step;
      step *= Math.max(shape[d], 1);
    }
    return strides;
  }

  /** An array that holds the values at the places which {@link #strides} names; gaps hold 99. */
  public Object storage() {
    int n = numel();
    Object storage = Array.newInstance(values.getClass().getComponentType(), layout == Layout.STEPPED ? 2 * n : n);
    if (layout == Layout.STEPPED) {
      for (int i = 1; i < 2 * n; i += 2) { Array.setByte(storage, i, FILLER); }
    }
    int[] strides = strides();
    for (int i = 0; i < n; i++) { Array.set(storage, place(i, strides), Array.get(values, i)); }
    return storage;
  }

  private int place(int index, int[] strides) {
    int place = 0;
    for (int d = shape.length - 1; d >= 0; d--) {
      place += index % shape[d] * strides[d];
      index /= shape[d];
    }
    return place;
  }
}
