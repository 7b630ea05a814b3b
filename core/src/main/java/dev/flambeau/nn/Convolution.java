package dev.flambeau.nn;

import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** A convolution of some number of dimensions, or its transpose. */
abstract sealed class Convolution extends Module permits Conv1d, Conv2d, ConvTranspose1d, ConvTranspose2d {
  /** Numbers of channels. */
  public final long inChannels, outChannels;
  final long[] kernelSize, stride, padding, outputPadding, dilation;
  final long groups;
  private final String paddingMode;
  private final boolean same;
  /** One kernel for each pair of channels of a group: (out, in / groups, *kernel), transposed (in, out / groups, *kernel). */
  public Tensor weight;
  /** Shape (out). */
  public @Nullable Tensor bias;

  Convolution(int dims, boolean transposed, long in, long out, long[] kernel, ConvOption... options) {
    ConvOption.Choices c = new ConvOption.Choices();
    for (ConvOption option : options) option.choice.accept(c);
    inChannels = in;
    outChannels = out;
    groups = c.groups;
    paddingMode = c.paddingMode;
    same = c.same;
    kernelSize = each(dims, "kernel", kernel);
    stride = each(dims, "stride", c.stride);
    padding = each(dims, "padding", c.padding);
    outputPadding = each(dims, "outputPadding", c.outputPadding);
    dilation = each(dims, "dilation", c.dilation);
    require(groups > 0 && in % groups == 0 && out % groups == 0,
        "both channels, " + in + " and " + out + ", must be multiples of the " + groups + " groups");
    require(List.of("zeros", "reflect", "replicate", "circular").contains(paddingMode),
        "the padding mode is zeros, reflect, replicate or circular, but was \"" + paddingMode + "\"");
    require(!transposed || !same && paddingMode.equals("zeros"), "takes only numbers of zeros as padding");
    require(transposed || Arrays.stream(outputPadding).sum() == 0, "only transposed convolutions pad their output");
    require(!same || Arrays.stream(stride).max().orElse(1) == 1, "padding \"same\" needs a stride of 1");
    long[] shape = new long[dims + 2];
    shape[0] = transposed ? in : out;
    shape[1] = (transposed ? out : in) / groups;
    System.arraycopy(kernelSize, 0, shape, 2, dims);
    weight = parameter(Init.kaimingUniform_(Torch.empty(shape), Math.sqrt(5)));
    bias = c.bias ? parameter(Init.bias(out, weight)) : null;
  }

  private long[] each(int dims, String what, long... sizes) {
    require(sizes.length == 1 || sizes.length == dims, "the " + what + " has one size, or one for each of " + dims
        + " dimensions, but was " + Arrays.toString(sizes));
    return sizes.length == dims ? sizes.clone() : LongStream.generate(() -> sizes[0]).limit(dims).toArray();
  }

  private void require(boolean fits, String expected) {
    if (!fits) throw new IllegalArgumentException(name() + ": " + expected);
  }

  /** The convolution of {@code x} with a rim of zeros of this width. */
  abstract Tensor convolve(Tensor x, long[] zeros);

  /** Whether the rim is of zeros, and as wide on all sides as {@link #padding} says. */
  boolean padsWithZeros() { return !same && paddingMode.equals("zeros"); }

  @Override
  public Tensor forward(Tensor x) {
    if (padsWithZeros()) return convolve(x, padding);
    int dims = kernelSize.length;
    long[] rim = new long[2 * dims];
    for (int d = 0; d < dims; d++) {
      long total = same ? dilation[d] * (kernelSize[d] - 1) : 2 * padding[d];
      rim[2 * (dims - 1 - d)] = total / 2;
      rim[2 * (dims - 1 - d) + 1] = total - total / 2;
    }
    return convolve(Functional.pad(x, rim, paddingMode.equals("zeros") ? "constant" : paddingMode, 0), new long[dims]);
  }

  @Override
  protected String extraRepr() {
    return inChannels + ", " + outChannels + ", kernel_size=" + PythonText.tuple(kernelSize) + ", stride="
        + PythonText.tuple(stride) + (same ? ", padding=same" : unless(0, "padding", padding))
        + unless(1, "dilation", dilation) + unless(0, "output_padding", outputPadding)
        + (groups == 1 ? "" : ", groups=" + groups) + (bias == null ? ", bias=False" : "")
        + (paddingMode.equals("zeros") ? "" : ", padding_mode=" + paddingMode);
  }

  private static String unless(long usual, String name, long... sizes) {
    return Arrays.stream(sizes).allMatch(s -> s == usual) ? "" : ", " + name + "=" + PythonText.tuple(sizes);
  }
}
