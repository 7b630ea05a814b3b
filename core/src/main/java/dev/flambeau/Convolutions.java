package dev.flambeau;

import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.kernel.Conv;
import dev.flambeau.kernel.ConvAxis;
import dev.flambeau.kernel.ConvSizes;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the functions of {@code dev.flambeau.nn} that convolve are made of; users call those. */
public final class Convolutions {
  private Convolutions() {}

  /**
   * The convolution of {@code spatial} dimensions, of a batch or of one image.
   *
   * @param before zeros before each dimension, and {@code behind} it
   */
  public static Tensor convolve(int spatial, Tensor x, Tensor weight, @Nullable Tensor bias, long[] stride,
      long[] before, long[] behind, long[] dilation, long groups) {
    String name = "conv" + spatial + "d";
    Window window = Window.of(name, spatial, stride, before, dilation, groups);
    Tensor images = checked(name, spatial, x, weight, bias, window, 1);
    Convolution op = new Convolution(window, outputs(name, x, images, weight, window, before, behind));
    Tensor y = bias == null ? Op.apply(op, images, weight) : Op.apply(op, images, weight, bias);
    return images == x ? y : y.squeeze(0);
  }

  /** The sizes of the result, but for batch and channels. */
  private static Ints outputs(String name, Tensor x, Tensor images, Tensor weight, Window window, long[] before,
      long[] behind) {
    int[] sizes = new int[before.length];
    for (int d = 0; d < sizes.length; d++) {
      long padded = images.size(d + 2) + before[d] + behind[d];
      long reach = window.dilation.at(d) * (weight.size(d + 2) - 1) + 1;
      if (reach > padded) {
        throw Errors.argument(name, "the kernel reaches over " + reach + " elements in a weight of shape "
            + weight.array().shape() + ", but the input of shape " + x.array().shape() + " has only " + padded
            + " with its padding; pad more");
      }
      sizes[d] = Dims.exact(name, (padded - reach) / window.stride.at(d) + 1);
    }
    return Ints.of(sizes);
  }

  /**
   * {@link #convolve} of a batch of images, {@link Normalizations#batchNorm} of it by the statistics given, plus {@code rest}, and of that what is positive
   * if {@code rectified}, in one pass over the result; null where that cannot be done: a graph is recorded, these are not all floats, or shapes do not fit.
   */
  public static @Nullable Tensor normalized(Tensor x, Tensor weight, @Nullable Tensor bias, long[] stride,
      long[] padding, long[] dilation, long groups, Tensor mean, Tensor variance, @Nullable Tensor factor,
      @Nullable Tensor summand, double eps, @Nullable Tensor rest, boolean rectified) {
    Tensor[] all = Stream.of(x, weight, mean, variance, factor, summand, bias, rest).filter(Objects::nonNull)
        .toArray(Tensor[]::new);
    boolean records = Torch.isGradEnabled() && Recorder.anyRequiresGrad(all);
    if (records || x.dim() != 4 || !Stream.of(all).allMatch(t -> t.dtype() == DType.FLOAT32)) return null;
    Window window = Window.of("conv2d", 2, stride, padding, dilation, groups);
    Tensor images = checked("conv2d", 2, x, weight, bias, window, 1);
    Ints sizes = outputs("conv2d", x, images, weight, window, padding, padding);
    Shape result = shape(images.array().shape().size(0), weight.array().shape().size(0), sizes);
    Shape each = Shape.of(result.size(1));
    boolean fits = Stream.of(mean, variance, factor, summand)
        .allMatch(t -> t == null || t.array().shape().equals(each));
    if (!fits || rest != null && !rest.array().shape().equals(result)) return null;
    Tensor scale = variance.add(eps).rsqrt();
    if (factor != null) scale = scale.mul(factor);
    Tensor shift = (bias == null ? mean : mean.sub(bias)).mul(scale).neg();
    if (summand != null) shift = shift.add(summand);
    NormalizedConvolution op = new NormalizedConvolution(window, sizes, rectified);
    return rest == null ? Op.apply(op, x, weight, scale, shift) : Op.apply(op, x, weight, scale, shift, rest);
  }

  /**
   * The transposed convolution: what {@link #convolve} does to a gradient.
   *
   * @param outputPadding how many more outputs at the end of each dimension
   */
  public static Tensor transposed(int spatial, Tensor x, Tensor weight, @Nullable Tensor bias, long[] stride,
      long[] padding, long[] outputPadding, long groups, long[] dilation) {
    String name = "convTranspose" + spatial + "d";
    int[] more = Window.each(name, "output padding", spatial, outputPadding, 0);
    Window window = Window.of(name, spatial, stride, padding, dilation, groups);
    Tensor images = checked(name, spatial, x, weight, bias, window, 0);
    int[] sizes = new int[spatial];
    for (int d = 0; d < spatial; d++) {
      if (more[d] >= Math.max(window.stride.at(d), window.dilation.at(d))) {
        throw Errors.argument(name, "the output padding must be smaller than the stride or the dilation, but is "
            + more[d] + " at stride " + window.stride.at(d) + " and dilation " + window.dilation.at(d));
      }
      long size = (images.size(d + 2) - 1) * window.stride.at(d) - 2L * window.padding.at(d)
          + window.dilation.at(d) * (weight.size(d + 2) - 1) + more[d] + 1;
      if (size < 1) throw Errors.argument(name, "an input of shape " + x.array().shape() + " and a weight of shape "
          + weight.array().shape() + " give an output of size " + size + "; pad less");
      sizes[d] = Dims.exact(name, size);
    }
    InputGradient op = new InputGradient(window, Ints.of(sizes), "Convolution");
    Tensor y = bias == null ? Op.apply(op, images, weight) : Op.apply(op, images, weight, bias);
    return images == x ? y : y.squeeze(0);
  }

  /** x with a dimension for the batch. {@code own} is the weight's dimension for the channels of x. */
  private static Tensor checked(String name, int spatial, Tensor x, Tensor weight, @Nullable Tensor bias,
      Window window, int own) {
    Shape kernel = weight.array().shape();
    Shape shape = x.array().shape();
    if (kernel.rank() != spatial + 2) {
      throw Errors.argument(name, "the weight must have " + (spatial + 2)
          + " dimensions, channels of the output and the input and the kernel's sizes, but has shape " + kernel);
    }
    if (shape.rank() != spatial + 2 && shape.rank() != spatial + 1) {
      throw Errors.argument(name, "the input must have " + (spatial + 2) + " dimensions, batch, channels and sizes, or "
          + (spatial + 1) + " without the batch, but has shape " + shape);
    }
    if (!x.dtype().isFloatingPoint()) {
      throw Errors.argument(name,
          "floats or doubles are convolved, but the input is " + x.dtype().torchName()
              + "; convert it with to(DType.FLOAT32)");
    }
    for (int d = 0; d < spatial; d++) if (kernel.size(d + 2) == 0) throw Errors.argument(name,
        "the kernel must not be empty, but the weight has shape " + kernel);
    int groups = window.groups;
    if (kernel.size(0) % groups != 0 || kernel.size(0) == 0) {
      throw Errors.argument(name, "the weight's first dimension must be a multiple of the " + groups
          + " groups, but its shape is " + kernel);
    }
    int channels = own == 1 ? kernel.size(1) * groups : kernel.size(0);
    int filters = own == 1 ? kernel.size(0) : kernel.size(1) * groups;
    if (shape.size(shape.rank() - spatial - 1) != channels) {
      throw Errors.argument(name, "a weight of shape " + kernel + " with " + groups + " groups expects an input of "
          + channels + " channels, but the input has shape " + shape);
    }
    MatrixProducts.checkTypes(name, x.array(), weight.array());
    if (bias != null) {
      MatrixProducts.checkTypes(name, x.array(), bias.array());
      if (bias.dim() != 1 || bias.numel() != filters) {
        throw Errors.argument(name, "the bias must have one number for each of " + filters
            + " channels of the output, but has shape " + bias.array().shape());
      }
    }
    return shape.rank() == spatial + 2 ? x : x.unsqueeze(0);
  }

  /** How the kernel is laid over its input, before which are {@code padding} zeros. */
  record Window(Ints stride, Ints padding, Ints dilation, int groups) {
    static Window of(String name, int spatial, long[] stride, long[] padding, long[] dilation, long groups) {
      if (groups < 1) throw Errors.argument(name, "at least one group is expected, but got " + groups);
      return new Window(Ints.of(each(name, "stride", spatial, stride, 1)),
          Ints.of(each(name, "padding", spatial, padding, 0)), Ints.of(each(name, "dilation", spatial, dilation, 1)),
          Dims.exact(name, groups));
    }

    /** One number for each dimension, at least {@code least}. */
    static int[] each(String name, String what, int count, long[] values, int least) {
      if (values.length != count) {
        throw Errors.argument(name,
            "the " + what + " takes " + count + " numbers here, but got " + Arrays.toString(values));
      }
      for (long value : values) {
        if (value < least) throw Errors.argument(name,
            "the " + what + " must be at least " + least + ", but is " + Arrays.toString(values));
      }
      return Dims.exact(name, values);
    }

    /** Whether there may be inputs that no output reads. */
    boolean skips() {
      for (int d = 0; d < stride.size(); d++) if (stride.at(d) > 1 || dilation.at(d) > 1) return true;
      return false;
    }

    ConvSizes sizes(Shape x, Shape weight, Shape y) {
      return new ConvSizes(x.size(0), groups, weight.size(1), weight.size(0) / groups,
          x.rank() == 3 ? ConvAxis.NONE : axis(x, weight, y, 0), axis(x, weight, y, x.rank() - 3));
    }

    private ConvAxis axis(Shape x, Shape weight, Shape y, int d) {
      return new ConvAxis(x.size(d + 2), y.size(d + 2), weight.size(d + 2), stride.at(d), padding.at(d),
          dilation.at(d));
    }
  }

  /** Sequences seen as images of height one. */
  private static NdArray images(NdArray x) {
    return x.rank() == 4 ? x : x.view(x.shape().insert(2, 1), new int[] {x.stride(0), x.stride(1), 0, x.stride(2)},
        x.offset());
  }

  private static Tensor overBatch(Tensor g) {
    return g.dim() == 3 ? g.sum(0, 2) : g.sum(0, 2, 3);
  }

  /**
   * y[n, f] = bias[f] + Σ over c of x[n, c] ⋆ weight[f, c];  dx and dweight as below, dbias = Σ g over all but the channels.
   *
   * @param sizes of the result, but for batch and channels
   */
  record Convolution(Window window, Ints sizes) implements Contraction {
    @Override
    public NdArray forward(NdArray... x) {
      Shape in = x[0].shape();
      Shape kernel = x[1].shape();
      Shape out = shape(in.size(0), kernel.size(0), sizes);
      NdArray y = NdArray.unwritten(x[0].type(), out);
      Conv.forward(window.sizes(in, kernel, out), images(x[0]), Layout.contiguous(x[1]), bias(x), images(y));
      return y;
    }

    @Override
    public Saves saves(int i) { return i == 2 ? Saves.NOTHING : Saves.input(1 - i); }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) {
      return switch (i) {
        case 0 -> Op.apply(new InputGradient(window, spatial(s.shapeOf(0)), "ConvolutionBackward"), g, s.input(1));
        case 1 -> Op.apply(new WeightGradient(window, spatial(s.shapeOf(1))), s.input(0), g);
        default -> overBatch(g);
      };
    }
  }

  /**
   * y = scale · convolution + shift + rest, and of that what is positive if {@code rectified}; the numbers are those of a channel. Never recorded.
   * Inputs: x, weight, scale, shift, and rest if there is one.
   *
   * @param sizes of the result, but for batch and channels
   */
  record NormalizedConvolution(Window window, Ints sizes, boolean rectified) implements Fused {
    @Override
    public NdArray forward(NdArray... x) {
      Shape out = shape(x[0].shape().size(0), x[1].shape().size(0), sizes);
      NdArray y = NdArray.unwritten(x[0].type(), out);
      Conv.normalized(window.sizes(x[0].shape(), x[1].shape(), out), x[0], Layout.contiguous(x[1]),
          Layout.contiguous(x[2]), Layout.contiguous(x[3]), x.length < 5 ? null : Layout.contiguous(x[4]), rectified,
          y);
      return y;
    }

    @Override
    public @Nullable Tensor backward(int i, Saved s, Tensor g) {
      throw new IllegalStateException("a convolution that is normalised in one pass is not recorded");
    }

    @Override
    public Tensor reference(Tensor... x) {
      Shape each = Shape.of(x[2].array().numel(), 1, 1);
      Tensor y = Op.apply(new Convolution(window, sizes), x[0], x[1]);
      y = y.mul(Views.reshape(x[2], each)).add(Views.reshape(x[3], each));
      if (x.length == 5) y = y.add(x[4]);
      return rectified ? y.relu() : y;
    }
  }

  private static @Nullable NdArray bias(NdArray[] x) { return x.length < 3 ? null : Layout.contiguous(x[2]); }

  private static Ints spatial(Shape shape) { return Ints.of(Arrays.copyOfRange(shape.sizes(), 2, shape.rank())); }

  private static Shape shape(int first, int second, Ints spatial) {
    int[] sizes = new int[spatial.size() + 2];
    sizes[0] = first;
    sizes[1] = second;
    for (int d = 0; d < spatial.size(); d++) sizes[d + 2] = spatial.at(d);
    return Shape.of(sizes);
  }

  /**
   * The gradient of a convolution's input for the gradient g of its output, plus a bias: the transposed convolution;
   * dg = the convolution of the gradient, dweight likewise. Inputs: g, weight, bias.
   *
   * @param sizes of the result, but for batch and channels
   */
  record InputGradient(Window window, Ints sizes, String name) implements Contraction {
    @Override
    public NdArray forward(NdArray... x) {
      Shape g = x[0].shape();
      Shape kernel = x[1].shape();
      Shape in = shape(g.size(0), kernel.size(1) * window.groups, sizes);
      NdArray dx = window.skips() ? NdArray.allocate(x[0].type(), in) : NdArray.unwritten(x[0].type(), in);
      Conv.inputGradient(window.sizes(in, kernel, g), images(x[0]), Layout.contiguous(x[1]), bias(x), images(dx));
      return dx;
    }

    @Override
    public Saves saves(int i) { return i == 2 ? Saves.NOTHING : Saves.input(1 - i); }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) {
      return switch (i) {
        case 0 -> Op.apply(new Convolution(window, spatial(s.shapeOf(0))), g, s.input(1));
        case 1 -> Op.apply(new WeightGradient(window, spatial(s.shapeOf(1))), g, s.input(0));
        default -> overBatch(g);
      };
    }
  }

  /** The gradient of a convolution's weight for the gradient g of its output;  dx, dg as with the gradient for a weight. Inputs: x, g. */
  record WeightGradient(Window window, Ints kernel) implements Contraction {
    @Override
    public String name() { return "ConvolutionBackward"; }

    @Override
    public NdArray forward(NdArray... x) {
      Shape weight = shape(x[1].shape().size(1), x[0].shape().size(1) / window.groups, kernel);
      NdArray dw = NdArray.unwritten(x[0].type(), weight);
      Conv.weightGradient(window.sizes(x[0].shape(), weight, x[1].shape()), images(x[0]), images(x[1]), images(dw));
      return dw;
    }

    @Override
    public Saves saves(int i) { return Saves.input(1 - i); }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) {
      return i == 0
          ? Op.apply(new InputGradient(window, spatial(s.shapeOf(0)), "ConvolutionBackward"), s.input(1), g)
          : Op.apply(new Convolution(window, spatial(s.shapeOf(1))), s.input(0), g);
    }
  }
}
