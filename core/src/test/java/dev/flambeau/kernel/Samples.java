package dev.flambeau.kernel;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import java.util.Random;
import java.util.stream.IntStream;

/** Small arrays for tests, and what is in them. */
final class Samples {
  private Samples() {}

  static NdArray floats(Shape shape, double... values) { return of(ElementType.FLOAT32, shape, values); }

  static NdArray floats(double... values) { return floats(Shape.of(values.length), values); }

  static NdArray longs(Shape shape, double... values) { return of(ElementType.INT64, shape, values); }

  static NdArray longs(double... values) { return longs(Shape.of(values.length), values); }

  static NdArray bools(Shape shape, double... values) { return of(ElementType.BOOL, shape, values); }

  static NdArray bools(double... values) { return bools(Shape.of(values.length), values); }

  static NdArray of(ElementType type, Shape shape, double... values) {
    NdArray x = NdArray.allocate(type, shape);
    for (int i = 0; i < values.length; i++) set(x, i, values[i]);
    return x;
  }

  /** 0, 1, 2, … as FLOAT32. */
  static NdArray range(int... sizes) {
    Shape shape = Shape.of(sizes);
    return floats(shape, IntStream.range(0, shape.numel()).asDoubleStream().toArray());
  }

  /** Small values with many ties, and with NaNs, infinities and zeros of both signs in floating types. */
  static NdArray random(ElementType type, Random random, int... sizes) {
    Shape shape = Shape.of(sizes);
    double[] odd = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 0.0};
    double[] values = random.ints(shape.numel(), -9, 10).mapToDouble(v -> {
      boolean special = type.isFloating() && random.nextInt(8) == 0;
      if (special) return odd[random.nextInt(odd.length)];
      return switch (type) {
        case UINT8 -> v + 9 + 230 * random.nextInt(2);
        case BOOL -> v & 1;
        default -> v;
      };
    }).toArray();
    return of(type, shape, values);
  }

  /** {@code x} with dimensions a and b exchanged. */
  static NdArray transposed(NdArray x, int a, int b) {
    int[] sizes = x.shape().sizes();
    int[] strides = x.strides();
    sizes[a] = x.shape().size(b);
    sizes[b] = x.shape().size(a);
    strides[a] = x.stride(b);
    strides[b] = x.stride(a);
    return x.view(Shape.of(sizes), strides, x.offset());
  }

  static double[] values(NdArray x) {
    return IntStream.range(0, x.numel()).mapToDouble(i -> x.doubleAt(x.position(i))).toArray();
  }

  private static void set(NdArray x, int at, double value) {
    switch (x.type()) {
      case FLOAT32 -> x.floats()[at] = (float) value;
      case FLOAT64 -> x.doubles()[at] = value;
      case INT64 -> x.longs()[at] = (long) value;
      case INT32 -> x.ints()[at] = (int) value;
      case UINT8, BOOL -> x.bytes()[at] = (byte) (int) value;
    }
  }
}
