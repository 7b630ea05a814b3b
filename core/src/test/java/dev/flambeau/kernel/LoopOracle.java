package dev.flambeau.kernel;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Random strided arrays, and their elements one by one: what the loops are compared with. */
final class LoopOracle {
  private LoopOracle() {}

  /** A view with permuted dimensions, gaps and an offset, or a plain array. */
  static NdArray random(Random random, ElementType type, int... sizes) {
    int rank = sizes.length;
    List<Integer> order = new ArrayList<>();
    for (int d = 0; d < rank; d++) order.add(rank - 1 - d);
    boolean plain = random.nextInt(3) == 0;
    if (!plain) Collections.shuffle(order, random);
    int[] strides = new int[rank];
    int span = 1;
    for (int d : order) {
      strides[d] = span * (plain || random.nextInt(3) > 0 ? 1 : 2);
      span = strides[d] * Math.max(1, sizes[d]);
    }
    int offset = plain ? 0 : random.nextInt(3);
    NdArray whole = NdArray.allocate(type, Shape.of(span + offset + 5));
    for (int i = 0; i < whole.numel(); i++) set(whole, i, (random.nextInt(41) - 20) / (type.isFloating() ? 4.0 : 1.0));
    return whole.view(Shape.of(sizes), strides, offset);
  }

  static void set(NdArray x, int position, double value) {
    switch (x.type()) {
      case FLOAT32 -> x.floats()[position] = (float) value;
      case FLOAT64 -> x.doubles()[position] = value;
      case INT64 -> x.longs()[position] = (long) value;
      case INT32 -> x.ints()[position] = (int) value;
      case UINT8 -> x.bytes()[position] = (byte) (long) value;
      case BOOL -> x.bytes()[position] = (byte) (value != 0 ? 1 : 0);
    }
  }

  /** The element of {@code x}, broadcast, that stands at row-major place {@code e} of {@code shape}. */
  static double element(NdArray x, Shape shape, int e) {
    int position = x.offset();
    for (int d = shape.rank() - 1; d >= 0; d--) {
      int at = e % shape.size(d);
      e /= shape.size(d);
      int own = d - (shape.rank() - x.rank());
      if (own >= 0 && x.shape().size(own) != 1) position += at * x.stride(own);
    }
    return x.doubleAt(position);
  }

  /** {@code value} as an element of {@code type}. */
  static double stored(double value, ElementType type) {
    NdArray one = NdArray.allocate(type, Shape.SCALAR);
    set(one, 0, value);
    return one.doubleAt(0);
  }
}
