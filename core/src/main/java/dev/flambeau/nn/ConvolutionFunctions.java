package dev.flambeau.nn;

import dev.flambeau.Convolutions;
import dev.flambeau.Patches;
import dev.flambeau.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The functions of {@link Functional} that convolve. */
abstract sealed class ConvolutionFunctions permits SpatialFunctions {
  ConvolutionFunctions() {}

  /** {@link #conv2d(Tensor, Tensor, Tensor)} without a bias. */
  public static Tensor conv2d(Tensor x, Tensor weight) { return conv2d(x, weight, null); }

  /** {@link #conv2d(Tensor, Tensor, Tensor, long[], long[], long[], long)} with stride 1 and no padding. */
  public static Tensor conv2d(Tensor x, Tensor weight, @Nullable Tensor bias) { return conv2d(x, weight, bias, 1, 0); }

  /** {@link #conv2d(Tensor, Tensor, Tensor, long[], long[], long[], long)} with the same numbers down and across. */
  public static Tensor conv2d(Tensor x, Tensor weight, @Nullable Tensor bias, long stride, long padding) {
    return conv2d(x, weight, bias, same(2, stride), same(2, padding), same(2, 1), 1);
  }

  /**
   * Σ over the channels of the input of its images, padded with zeros, correlated with the kernels, plus a bias.
   *
   * @param x of shape [batch, channels, height, width], or without the batch
   * @param weight of shape [filters, channels / groups, kernel height, kernel width]
   * @param bias of shape [filters]
   * @return [batch, filters, (height + 2 padding − dilation (kernel − 1) − 1) / stride + 1, likewise], or without batch
   * @throws IllegalArgumentException if shapes or dtypes do not fit, or a number is too small
   */
  public static Tensor conv2d(Tensor x, Tensor weight, @Nullable Tensor bias, long[] stride, long[] padding,
      long[] dilation, long groups) {
    return Convolutions.convolve(2, x, weight, bias, stride, padding, padding, dilation, groups);
  }

  /** The same with the padding "valid", which is none, or "same", by which the output is as large as the input. */
  public static Tensor conv2d(Tensor x, Tensor weight, @Nullable Tensor bias, long[] stride, String padding,
      long[] dilation, long groups) {
    long[][] pads = padding("conv2d", 2, weight, stride, padding, dilation);
    return Convolutions.convolve(2, x, weight, bias, stride, pads[0], pads[1], dilation, groups);
  }

  /** {@link #conv1d(Tensor, Tensor, Tensor)} without a bias. */
  public static Tensor conv1d(Tensor x, Tensor weight) { return conv1d(x, weight, null); }

  /** {@link #conv1d(Tensor, Tensor, Tensor, long[], long[], long[], long)} with stride 1 and no padding. */
  public static Tensor conv1d(Tensor x, Tensor weight, @Nullable Tensor bias) { return conv1d(x, weight, bias, 1, 0); }

  /** {@link #conv1d(Tensor, Tensor, Tensor, long[], long[], long[], long)} without dilation and groups. */
  public static Tensor conv1d(Tensor x, Tensor weight, @Nullable Tensor bias, long stride, long padding) {
    return conv1d(x, weight, bias, same(1, stride), same(1, padding), same(1, 1), 1);
  }

  /** {@link #conv2d(Tensor, Tensor, Tensor, long[], long[], long[], long)} of sequences [batch, channels, length]. */
  public static Tensor conv1d(Tensor x, Tensor weight, @Nullable Tensor bias, long[] stride, long[] padding,
      long[] dilation, long groups) {
    return Convolutions.convolve(1, x, weight, bias, stride, padding, padding, dilation, groups);
  }

  /** The same with the padding "valid", which is none, or "same", by which the output is as long as the input. */
  public static Tensor conv1d(Tensor x, Tensor weight, @Nullable Tensor bias, long[] stride, String padding,
      long[] dilation, long groups) {
    long[][] pads = padding("conv1d", 1, weight, stride, padding, dilation);
    return Convolutions.convolve(1, x, weight, bias, stride, pads[0], pads[1], dilation, groups);
  }

  /** The transposed convolution of images with stride 1, nothing cut off. */
  public static Tensor convTranspose2d(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return convTranspose2d(x, weight, bias, 1, 0);
  }

  /** {@link #convTranspose2d(Tensor, Tensor, Tensor)} with one stride and one padding down and across. */
  public static Tensor convTranspose2d(Tensor x, Tensor weight, @Nullable Tensor bias, long stride, long padding) {
    return convTranspose2d(x, weight, bias, same(2, stride), same(2, padding), same(2, 0), 1, same(2, 1));
  }

  /**
   * The transposed convolution, which spreads each element of x over the places that a convolution would read for it,
   * plus a bias.
   *
   * @param x of shape [batch, channels, height, width], or without the batch
   * @param weight of shape [channels, filters / groups, kernel height, kernel width]
   * @param padding how much is cut off on each side
   * @param outputPadding how much longer the output is at the end
   * @return [batch, filters, (height − 1) stride − 2 padding + dilation (kernel − 1) + outputPadding + 1, likewise]
   * @throws IllegalArgumentException if shapes or dtypes do not fit, or a number is out of range
   */
  public static Tensor convTranspose2d(Tensor x, Tensor weight, @Nullable Tensor bias, long[] stride, long[] padding,
      long[] outputPadding, long groups, long[] dilation) {
    return Convolutions.transposed(2, x, weight, bias, stride, padding, outputPadding, groups, dilation);
  }

  /** {@link #convTranspose2d(Tensor, Tensor, Tensor)} of sequences [batch, channels, length]. */
  public static Tensor convTranspose1d(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return convTranspose1d(x, weight, bias, 1, 0);
  }

  /** {@link #convTranspose1d(Tensor, Tensor, Tensor)} with a stride and a padding. */
  public static Tensor convTranspose1d(Tensor x, Tensor weight, @Nullable Tensor bias, long stride, long padding) {
    return convTranspose1d(x, weight, bias, same(1, stride), same(1, padding), same(1, 0), 1, same(1, 1));
  }

  /** The transposed convolution of sequences [batch, channels, length]; see {@link #convTranspose2d}. */
  public static Tensor convTranspose1d(Tensor x, Tensor weight, @Nullable Tensor bias, long[] stride, long[] padding,
      long[] outputPadding, long groups, long[] dilation) {
    return Convolutions.transposed(1, x, weight, bias, stride, padding, outputPadding, groups, dilation);
  }

  /** {@link #unfold(Tensor, long[], long[], long[], long[])} of square patches, {@code stride} apart. */
  public static Tensor unfold(Tensor x, long kernel, long stride) {
    return unfold(x, same(2, kernel), same(2, 1), same(2, 0), same(2, stride));
  }

  /**
   * The patches of images as columns.
   *
   * @param x of shape [batch, channels, height, width], or without the batch
   * @return [batch, channels · kernel height · kernel width, places], or without the batch
   * @throws IllegalArgumentException if no patch fits, or a number is too small
   */
  public static Tensor unfold(Tensor x, long[] kernel, long[] dilation, long[] padding, long[] stride) {
    return Patches.unfold(x, kernel, dilation, padding, stride);
  }

  /** {@link #unfold} turned around: patches add up where they overlap, in images of {@code size} [height, width]. */
  public static Tensor fold(Tensor x, long[] size, long[] kernel, long[] dilation, long[] padding, long[] stride) {
    return Patches.fold(x, size, kernel, dilation, padding, stride);
  }

  private static long[] same(int count, long value) {
    long[] values = new long[count];
    Arrays.fill(values, value);
    return values;
  }

  /** Zeros before and behind each dimension. */
  private static long[][] padding(String name, int spatial, Tensor weight, long[] stride, String padding,
      long[] dilation) {
    long[][] both = new long[2][spatial];
    if (padding.equals("valid")) return both;
    if (!padding.equals("same")) {
      throw new IllegalArgumentException(
          name + ": the padding must be \"same\", \"valid\" or numbers, but is \"" + padding + "\"");
    }
    for (int d = 0; d < spatial && d < stride.length && d < dilation.length && d + 2 < weight.dim(); d++) {
      if (stride[d] != 1) {
        throw new IllegalArgumentException(name + ": the padding \"same\" needs stride 1, but the stride is "
            + Arrays.toString(stride) + "; pad by numbers");
      }
      long total = dilation[d] * (weight.size(d + 2) - 1);
      both[0][d] = total / 2;
      both[1][d] = total - total / 2;
    }
    return both;
  }
}
