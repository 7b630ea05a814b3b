package dev.flambeau;

import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.kernel.MaxPooling;
import dev.flambeau.kernel.PlaneIndexing;
import dev.flambeau.kernel.Windows;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the pooling functions of {@code dev.flambeau.nn} are made of; users call those. */
public final class Pools {
  private Pools() {}

  /**
   * The windows along one dimension.
   *
   * @param kernel elements of a window, 0 if the windows share out the dimension
   */
  record Frame(int size, int out, int kernel, int stride, int padding, int dilation) {
    Windows windows() {
      return kernel == 0 ? Windows.adaptive(size, out)
          : Windows.sliding(size, out, kernel, stride, padding, dilation);
    }

    static Frame adaptive(int size, int out) { return new Frame(size, out, 0, 0, 0, 1); }

    static Frame sliding(String operation, Shape x, int dim, int kernel, int stride, int padding, int dilation,
        boolean ceil) {
      if (kernel < 1 || stride < 1 || dilation < 1 || padding < 0 || 2L * padding > kernel) {
        throw Errors.argument(operation,
            "kernel, stride and dilation must be at least 1, and the padding at most half of the kernel, but are "
                + kernel + ", " + stride + ", " + dilation + " and " + padding);
      }
      int size = x.size(dim);
      long free = size + 2L * padding - dilation * (kernel - 1L) - 1;
      long out = Math.floorDiv(free + (ceil ? stride - 1 : 0), (long) stride) + 1;
      if (ceil && (out - 1) * stride >= size + (long) padding) out--;
      if (out < 1) throw Errors.argument(operation, "a window of " + (dilation * (kernel - 1L) + 1)
          + " elements does not fit into dimension " + dim + " of the input of shape " + x + "; pad it first");
      return new Frame(size, (int) out, kernel, stride, padding, dilation);
    }
  }

  /** The greatest elements of windows in the last two dimensions, and where they were in their plane. */
  public static ValuesAndIndices max2d(Tensor x, long[] kernel, long[] stride, long[] padding, long[] dilation,
      boolean ceil) {
    return indexed(Op.apply(maxPool(x, kernel, stride, padding, dilation, ceil), x));
  }

  /** The same without where they were. */
  public static Tensor max2dValues(Tensor x, long[] kernel, long[] stride, long[] padding, long[] dilation,
      boolean ceil) {
    return Op.apply(maxPool(x, kernel, stride, padding, dilation, ceil), x)[0];
  }

  private static MaxPool maxPool(Tensor x, long[] kernel, long[] stride, long[] padding, long[] dilation,
      boolean ceil) {
    Shape shape = planes("maxPool2d", x);
    int[] k = pair("maxPool2d", "kernel", kernel);
    int[] s = stride.length == 0 ? k : pair("maxPool2d", "stride", stride);
    int[] p = pair("maxPool2d", "padding", padding);
    int[] d = pair("maxPool2d", "dilation", dilation);
    int h = x.dim() - 2;
    return new MaxPool("MaxPool2DWithIndices",
        Frame.sliding("maxPool2d", shape, h, k[0], s[0], p[0], d[0], ceil),
        Frame.sliding("maxPool2d", shape, h + 1, k[1], s[1], p[1], d[1], ceil));
  }

  /** The greatest elements of {@code size} windows that share out the last two dimensions, and where they were in their plane. */
  public static ValuesAndIndices adaptiveMax2d(Tensor x, long[] size) {
    Shape shape = planes("adaptiveMaxPool2d", x);
    int[] out = target("adaptiveMaxPool2d", size, shape);
    int h = x.dim() - 2;
    return indexed(Op.apply(new MaxPool("AdaptiveMaxPool2D", Frame.adaptive(shape.size(h), out[0]),
        Frame.adaptive(shape.size(h + 1), out[1])), x));
  }

  private static ValuesAndIndices indexed(Tensor[] y) { return new ValuesAndIndices(y[0], y[1].to(DType.INT64)); }

  /** Means of windows in the last two dimensions. */
  public static Tensor average2d(Tensor x, long[] kernel, long[] stride, long[] padding, boolean ceil,
      boolean countIncludePad, @Nullable Long divisor) {
    Shape shape = planes("avgPool2d", x);
    int[] k = pair("avgPool2d", "kernel", kernel);
    int[] s = stride.length == 0 ? k : pair("avgPool2d", "stride", stride);
    int[] p = pair("avgPool2d", "padding", padding);
    if (divisor != null && divisor == 0) throw Errors.argument("avgPool2d", "the divisor must not be 0");
    int h = x.dim() - 2;
    Frame rows = Frame.sliding("avgPool2d", shape, h, k[0], s[0], p[0], 1, ceil);
    Frame columns = Frame.sliding("avgPool2d", shape, h + 1, k[1], s[1], p[1], 1, ceil);
    return Op.apply(new Resizings.Resample("AvgPool2D",
        new Resizings.Average(rows, countIncludePad, divisor == null ? 0 : divisor.intValue()),
        new Resizings.Average(columns, countIncludePad, divisor == null ? 0 : 1), false), x);
  }

  /** Means of {@code size} windows that share out the last two dimensions. */
  public static Tensor adaptiveAverage2d(Tensor x, long[] size) {
    Shape shape = planes("adaptiveAvgPool2d", x);
    int[] out = target("adaptiveAvgPool2d", size, shape);
    if (out[0] == 1 && out[1] == 1) return x.mean(new int[] {-2, -1}, true);
    int h = x.dim() - 2;
    return Op.apply(new Resizings.Resample("AdaptiveAvgPool2D",
        new Resizings.Average(Frame.adaptive(shape.size(h), out[0]), false, 0),
        new Resizings.Average(Frame.adaptive(shape.size(h + 1), out[1]), false, 0), false), x);
  }

  /** Zeros in planes of {@code size}, with the elements of x at the places that {@code indices} tell. */
  public static Tensor unpool2d(Tensor x, Tensor indices, long[] size) {
    Shape shape = planes("maxUnpool2d", x);
    int[] out = pair("maxUnpool2d", "size", size);
    if (!indices.array().shape().equals(shape) || indices.isFloatingPoint()) throw Errors.argument("maxUnpool2d",
        "the indices must be integers of the input's shape " + shape + ", but are " + indices.dtype().torchName()
            + " of shape " + indices.array().shape());
    NdArray places = indices.array();
    for (int i = 0; i < places.numel(); i++) {
      long place = places.longAt(places.position(i));
      if (place < 0 || place >= (long) out[0] * out[1]) throw Errors.argument("maxUnpool2d",
          "index " + place + " is outside of a plane of " + out[0] + " × " + out[1] + "; give a larger output size");
    }
    return Op.apply(new MaxUnpool2D(out[0], out[1]), x, indices.to(DType.INT32));
  }

  /** The shape of {@code x}, whose last two dimensions are planes of real numbers. */
  static Shape planes(String operation, Tensor x) {
    Shape shape = x.array().shape();
    boolean fits = shape.rank() == 3 || shape.rank() == 4;
    for (int d = 1; d < shape.rank() && fits; d++) fits = shape.size(d) > 0;
    if (!fits || shape.rank() == 3 && shape.size(0) == 0) throw Errors.argument(operation,
        "expected an input of shape [N, C, H, W] or [C, H, W] without empty dimensions but N, but got " + shape);
    Moments.checkReal(operation, x.array());
    return shape;
  }

  /** One number for both dimensions, or one for each. */
  static int[] pair(String operation, String what, long... values) {
    if (values.length != 1 && values.length != 2) throw Errors.argument(operation,
        "the " + what + " must be one number, or two, for height and width, but is " + Arrays.toString(values));
    return new int[] {Dims.exact(operation, values[0]), Dims.exact(operation, values[values.length - 1])};
  }

  private static int[] target(String operation, long[] size, Shape x) {
    int[] out = pair(operation, "output size", size);
    for (int k = 0; k < 2; k++) {
      if (out[k] == -1) out[k] = x.size(x.rank() - 2 + k);
      if (out[k] < 1) throw Errors.argument(operation,
          "output sizes must be at least 1, or −1 for the input's own, but are " + Arrays.toString(size));
    }
    return out;
  }

  /** The array with a batch dimension. */
  static NdArray batched(NdArray x) {
    if (x.rank() == 4) return x;
    int[] strides = {0, x.stride(0), x.stride(1), x.stride(2)};
    return x.view(x.shape().insert(0, 1), strides, x.offset());
  }

  /** {@code y}, without the batch dimension if {@code x} has none. */
  static NdArray like(NdArray x, NdArray y) {
    if (x.rank() == 4) return y;
    return y.view(y.shape().without(0), new int[] {y.stride(1), y.stride(2), y.stride(3)}, y.offset());
  }

  /** y = the greatest of each window, and its place in the plane, row by row;  dx = Σ g at that place. */
  record MaxPool(String name, Frame rows, Frame columns) implements Ranking {
    @Override
    public NdArray[] outputs(NdArray... x) {
      MaxPooling.Maxima found = MaxPooling.find(batched(x[0]), rows.windows(), columns.windows());
      return new NdArray[] {like(x[0], found.values()), like(x[0], found.indices())};
    }

    @Override
    public Saves saves(int i) { return Saves.OUTPUT; }

    @Override
    public @Nullable Tensor gradient(int i, Saved s, @Nullable Tensor[] g) {
      Tensor first = g[0];
      return first == null ? null : Op.apply(new PlaneSum(name, rows.size(), columns.size()), first, s.output(1));
    }
  }

  /** y = planes of zeros, with g added at the places that the indices tell;  dg = the elements there. Inputs: g, indices. */
  record PlaneSum(String of, int height, int width) implements Arranging {
    @Override
    public String name() { return of + "Backward"; }

    @Override
    public NdArray forward(NdArray... x) {
      return like(x[0], PlaneIndexing.deposit(batched(x[0]), batched(x[1]), height, width, true));
    }

    @Override
    public Saves saves(int i) { return Saves.input(1); }

    @Override
    public @Nullable Tensor backward(int i, Saved s, Tensor g) {
      return i == 0 ? Op.apply(new PlaneTake(of, height, width), g, s.input(1)) : null;
    }
  }

  /** y = the elements of planes at the places that the indices tell;  dx = Σ g at these places. Inputs: x, indices. */
  record PlaneTake(String of, int height, int width) implements Arranging {
    @Override
    public String name() { return of + "BackwardBackward"; }

    @Override
    public NdArray forward(NdArray... x) { return like(x[0], PlaneIndexing.take(batched(x[0]), batched(x[1]))); }

    @Override
    public Saves saves(int i) { return Saves.input(1); }

    @Override
    public @Nullable Tensor backward(int i, Saved s, Tensor g) {
      return i == 0 ? Op.apply(new PlaneSum(of, height, width), g, s.input(1)) : null;
    }
  }

  /** y = planes of zeros, with the elements of x at the places that the indices tell, the last of several;  dx = g at these places. */
  record MaxUnpool2D(int height, int width) implements Arranging {
    @Override
    public NdArray forward(NdArray... x) {
      return like(x[0], PlaneIndexing.deposit(batched(x[0]), batched(x[1]), height, width, false));
    }

    @Override
    public Saves saves(int i) { return Saves.input(1); }

    @Override
    public @Nullable Tensor backward(int i, Saved s, Tensor g) {
      return i == 0 ? Op.apply(new PlaneTake("MaxUnpool2D", height, width), g, s.input(1)) : null;
    }
  }
}
