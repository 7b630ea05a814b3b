package dev.flambeau;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.kernel.Loops;
import dev.flambeau.kernel.Resampling;
import dev.flambeau.kernel.Taps;
import dev.flambeau.kernel.Windows;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the functions of {@code dev.flambeau.nn} that change the size of images are made of; users call those. */
public final class Resizings {
  private Resizings() {}

  /** Where the elements of an image of another size come from. */
  public enum Mode {
    /** The element at the same share of the width, rounded down. */
    NEAREST("Nearest", 1),
    /** The element whose centre is nearest. */
    NEAREST_EXACT("NearestExact", 1),
    /** Between the two nearest. */
    LINEAR("Linear", 2),
    /** {@link #LINEAR} in both dimensions. */
    BILINEAR("Bilinear", 2),
    /** A smooth curve through the four nearest in both dimensions. */
    BICUBIC("Bicubic", 4);

    private final String word;
    private final int taps;

    Mode(String word, int taps) {
      this.word = word;
      this.taps = taps;
    }

    private static Mode named(String name) {
      return switch (name) {
        case "nearest" -> NEAREST;
        case "nearest-exact" -> NEAREST_EXACT;
        case "linear" -> LINEAR;
        case "bilinear" -> BILINEAR;
        case "bicubic" -> BICUBIC;
        default -> throw Errors.argument("interpolate",
            "the mode must be nearest, nearest-exact, linear, bilinear or bicubic, but is " + name);
      };
    }
  }

  /** The elements of each output place along a dimension, and their weights. */
  sealed interface Axis permits Average, Interpolation {
    int size();

    int out();

    /** The weights for real numbers of {@code type}, in which they are computed. */
    Taps taps(ElementType type);
  }

  /**
   * Means of windows.
   *
   * @param divisor what sums are divided by, 0 for the number of elements
   */
  record Average(Pools.Frame frame, boolean countsPadding, int divisor) implements Axis {
    @Override
    public int size() { return frame.size(); }

    @Override
    public int out() { return frame.out(); }

    @Override
    public Taps taps(ElementType type) {
      Windows windows = frame.windows();
      double[] divisors = new double[frame.out()];
      for (int o = 0; o < divisors.length; o++) {
        int first = o * frame.stride() - frame.padding();
        divisors[o] = divisor != 0 ? divisor : countsPadding
            ? Math.min(first + frame.kernel(), frame.size() + frame.padding()) - first : windows.count()[o];
      }
      return Taps.of(frame.size(), windows, divisors);
    }
  }

  /**
   * Elements between elements.
   *
   * @param scale how much larger the result was asked to be, 0 if its size was given
   */
  record Interpolation(Mode mode, int size, int out, double scale, boolean alignCorners) implements Axis {
    private static final double CURVE = -0.75;

    @Override
    public Taps taps(ElementType type) {
      boolean single = type == ElementType.FLOAT32;
      return Taps.of(size, out, mode.taps, new Taps.Rule() {
        @Override
        public int first(int o) { return firstOf(o, single); }

        @Override
        public double weight(int o, int k) { return weightOf(o, k, single); }
      });
    }

    private static double round(double value, boolean single) { return single ? (float) value : value; }

    private double step(boolean single) {
      if (alignCorners) return out > 1 ? round((size - 1.0) / (out - 1), single) : 0;
      return round(scale > 0 ? 1 / scale : (double) size / out, single);
    }

    /** Where in the input the output place {@code o} is. */
    private double source(int o, boolean single) {
      double step = step(single);
      return alignCorners ? round(step * o, single) : round(round(step * (o + 0.5), single) - 0.5, single);
    }

    private int firstOf(int o, boolean single) {
      return switch (mode) {
        case NEAREST -> out == size ? o
            : out == 2L * size ? o / 2 : Math.min(size - 1, (int) Math.floor(round(step(true) * o, true)));
        case NEAREST_EXACT -> Math.min(size - 1, (int) Math.floor(round(step(true) * (o + 0.5), true)));
        case LINEAR, BILINEAR -> out == size ? o : Math.min(size - 1, (int) Math.max(0, source(o, single)));
        case BICUBIC -> (int) Math.floor(source(o, single)) - 1;
      };
    }

    private double weightOf(int o, int k, boolean single) {
      return switch (mode) {
        case NEAREST, NEAREST_EXACT -> 1;
        case LINEAR, BILINEAR -> {
          double share =
              out == size ? 0 : Math.clamp(round(Math.max(0, source(o, single)) - firstOf(o, single), single), 0, 1);
          yield k == 0 ? 1 - share : share;
        }
        case BICUBIC -> {
          double t = round(source(o, single) - Math.floor(source(o, single)), single);
          double x = Math.abs(t + 1 - k);
          yield k == 1 || k == 2 ? ((CURVE + 2) * x - (CURVE + 3)) * x * x + 1
              : ((CURVE * x - 5 * CURVE) * x + 8 * CURVE) * x - 4 * CURVE;
        }
      };
    }
  }

  /**
   * The last one or two dimensions of x in another size, by what PyTorch calls {@code mode}.
   *
   * @param size one number for all dimensions, or one for each; null if there are scale factors
   * @param scaleFactor the same, for the ratio of sizes
   */
  public static Tensor interpolate(Tensor x, long @Nullable [] size, double @Nullable [] scaleFactor, String mode,
      boolean alignCorners, boolean recomputeScaleFactor) {
    Mode how = Mode.named(mode);
    Shape shape = x.array().shape();
    int dims = shape.rank() - 2;
    boolean fits = switch (how) {
      case NEAREST, NEAREST_EXACT -> dims == 1 || dims == 2;
      case LINEAR -> dims == 1;
      case BILINEAR, BICUBIC -> dims == 2;
    };
    if (!fits) throw Errors.argument("interpolate", "the mode " + mode + " takes "
        + (how == Mode.LINEAR ? "[N, C, L]" : how.taps == 1 ? "[N, C, L] or [N, C, H, W]" : "[N, C, H, W]")
        + ", but the input has shape " + shape);
    if (alignCorners && how.taps == 1) throw Errors.argument("interpolate",
        "the mode " + mode + " has no corners to align; linear, bilinear and bicubic have");
    int given = size != null ? size.length : scaleFactor != null ? scaleFactor.length : 0;
    if ((size == null) == (scaleFactor == null) || given != 1 && given != dims) throw Errors.argument("interpolate",
        "give a size or a scale factor, one number or one for each of " + dims + " dimensions");
    Moments.checkReal("interpolate", x.array());
    Interpolation[] axes = new Interpolation[dims];
    for (int k = 0; k < dims; k++) {
      int from = shape.size(2 + k);
      double scale = scaleFactor == null ? 0 : scaleFactor[given == 1 ? 0 : k];
      long to = size == null ? (long) Math.floor(from * scale) : size[given == 1 ? 0 : k];
      if (from < 1 || to < 1 || shape.size(1) < 1) throw Errors.argument("interpolate",
          "sizes must be above 0, but the input has shape " + shape + " and dimension " + (2 + k) + " becomes " + to);
      axes[k] =
          new Interpolation(how, from, Dims.exact("interpolate", to), recomputeScaleFactor ? 0 : scale, alignCorners);
    }
    return Op.apply(new Resample("Upsample" + how.word + dims + "D", dims == 2 ? axes[0] : null, axes[dims - 1], false),
        x);
  }

  /** Blocks of r² channels spread over r × r places: [.., C·r², H, W] becomes [.., C, H·r, W·r]; {@code back} is the inverse. */
  public static Tensor pixelShuffle(Tensor x, long r, boolean back) {
    String operation = back ? "pixelUnshuffle" : "pixelShuffle";
    Shape shape = x.array().shape();
    int h = shape.rank() - 2;
    boolean fits = h > 0 && r > 0 && (back ? shape.size(h) % r == 0 && shape.size(h + 1) % r == 0
        : shape.size(h - 1) % (r * r) == 0);
    if (!fits) throw Errors.argument(operation,
        (back ? "height and width must be multiples of " + r : "the channels must be a multiple of " + r + "²")
            + " of an input [.., C, H, W], but the shape is " + shape);
    return Op.apply(new PixelShuffle((int) r, back), x);
  }

  /** y = x with its last dimensions, or its last one, made of weighted sums;  dx = the same of g with the weights transposed. */
  record Resample(String base, @Nullable Axis rows, Axis columns, boolean adjoint) implements Contraction {
    @Override
    public String name() { return adjoint ? base + "Backward" : base; }

    @Override
    public NdArray forward(NdArray... x) {
      boolean swapped = x[0].rank() == 4 && x[0].shape().size(1) > 1 && x[0].stride(1) == 1 && !x[0].isContiguous();
      NdArray y = swapped ? permuted(x[0], 0, 2, 3, 1) : x[0];
      int last = y.rank() - (swapped ? 2 : 1);
      boolean rowsFirst = rows != null && rows.out() < rows.size() != adjoint;
      if (rows != null && rowsFirst) y = along(rows, y, last - 1);
      y = along(columns, y, last);
      if (rows != null && !rowsFirst) y = along(rows, y, last - 1);
      return swapped ? permuted(y, 0, 3, 1, 2) : y;
    }

    private NdArray along(Axis axis, NdArray x, int dim) {
      Taps taps = axis.taps(x.type());
      return Resampling.apply(adjoint ? taps.transposed() : taps, x, dim);
    }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) {
      return Op.apply(new Resample(base, rows, columns, !adjoint), g);
    }
  }

  private static NdArray permuted(NdArray x, int... dims) {
    int[] sizes = new int[dims.length];
    int[] strides = new int[dims.length];
    Arrays.setAll(sizes, d -> x.shape().size(dims[d]));
    Arrays.setAll(strides, d -> x.stride(dims[d]));
    return x.view(Shape.of(sizes), strides, x.offset());
  }

  /** y[.., c, h·r + i, w·r + j] = x[.., c·r² + i·r + j, h, w], or the inverse;  dx = g the other way. */
  record PixelShuffle(int r, boolean back) implements Arranging {
    @Override
    public String name() { return back ? "PixelUnshuffle" : "PixelShuffle"; }

    @Override
    public NdArray forward(NdArray... x) {
      Shape s = x[0].shape();
      int d = s.rank() - 3;
      int by = r;
      int channels = back ? s.size(d) : s.size(d) / (by * by);
      int height = back ? s.size(d + 1) / by : s.size(d + 1);
      int width = back ? s.size(d + 2) / by : s.size(d + 2);
      Shape blocks = s.with(d, channels).with(d + 1, by).with(d + 2, by).insert(d + 3, height).insert(d + 4, width);
      Shape image = s.with(d, channels).with(d + 1, height).with(d + 2, by).insert(d + 3, width).insert(d + 4, by);
      int[] order = new int[d + 5];
      Arrays.setAll(order, k -> k);
      int[] swap = back ? new int[] {d, d + 2, d + 4, d + 1, d + 3} : new int[] {d, d + 3, d + 1, d + 4, d + 2};
      System.arraycopy(swap, 0, order, d, 5);
      NdArray parts = Layout.contiguous(x[0]).reshaped(back ? image : blocks);
      NdArray y = NdArray.unwritten(x[0].type(), back ? blocks : image);
      Loops.copy(y, permuted(parts, order));
      return y.reshaped(back ? s.with(d, channels * by * by).with(d + 1, height).with(d + 2, width)
          : s.with(d, channels).with(d + 1, height * by).with(d + 2, width * by));
    }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) { return Op.apply(new PixelShuffle(r, !back), g); }
  }
}
