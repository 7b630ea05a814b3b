package dev.flambeau.nn;

import dev.flambeau.Tensor;

/**
 * The transpose of {@link Conv2d}, which is its gradient as a layer: {@code x (N, C, H, W)} → {@code (N, O, H', W')} with H' = (H − 1) stride − 2 padding +
 * dilation (kernel − 1) + outputPadding + 1.
 */
public final class ConvTranspose2d extends Convolution {
  /** C and O channels, with square kernels. */
  public ConvTranspose2d(long inChannels, long outChannels, long kernelSize, ConvOption... options) {
    this(inChannels, outChannels, new long[] {kernelSize}, options);
  }

  /** C and O channels, with kernels of this height and width. */
  public ConvTranspose2d(long inChannels, long outChannels, long[] kernelSize, ConvOption... options) {
    super(2, true, inChannels, outChannels, kernelSize, options);
  }

  @Override
  Tensor convolve(Tensor x, long[] zeros) {
    return Functional.convTranspose2d(x, weight, bias, stride, zeros, outputPadding, groups, dilation);
  }
}
