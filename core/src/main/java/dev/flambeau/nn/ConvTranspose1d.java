package dev.flambeau.nn;

import dev.flambeau.Tensor;

/**
 * The transpose of {@link Conv1d}, which is its gradient as a layer: {@code x (N, C, L)} → {@code (N, O, L')} with L' = (L − 1) stride − 2 padding + dilation
 * (kernel − 1) + outputPadding + 1.
 */
public final class ConvTranspose1d extends Convolution {
  /** C and O channels. */
  public ConvTranspose1d(long inChannels, long outChannels, long kernelSize, ConvOption... options) {
    super(1, true, inChannels, outChannels, new long[] {kernelSize}, options);
  }

  @Override
  Tensor convolve(Tensor x, long[] zeros) {
    return Functional.convTranspose1d(x, weight, bias, stride, zeros, outputPadding, groups, dilation);
  }
}
