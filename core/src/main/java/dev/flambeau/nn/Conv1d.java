package dev.flambeau.nn;

import dev.flambeau.Tensor;

/**
 * Cross-correlation along one dimension: {@code x (N, C, L)} → {@code (N, O, L')} with L' = ⌊(L + 2 padding − dilation (kernel − 1) − 1) / stride⌋ + 1.
 */
public final class Conv1d extends Convolution {
  /** C and O channels. */
  public Conv1d(long inChannels, long outChannels, long kernelSize, ConvOption... options) {
    super(1, false, inChannels, outChannels, new long[] {kernelSize}, options);
  }

  @Override
  Tensor convolve(Tensor x, long[] zeros) {
    return Functional.conv1d(x, weight, bias, stride, zeros, dilation, groups);
  }
}
