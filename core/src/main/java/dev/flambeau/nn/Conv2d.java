package dev.flambeau.nn;

import dev.flambeau.Tensor;

/**
 * Cross-correlation with kernels of two dimensions, {@code x (N, C, H, W)} → {@code (N, O, H', W')}, as in
 * <a href="https://pytorch.org/docs/stable/generated/torch.nn.Conv2d.html">torch.nn.Conv2d</a>:
 *
 * <p>y[n, o, i, j] = b[o] + Σ w[o, c, k, l] · x[n, c, stride · i + dilation · k − padding, …], and H' = ⌊(H + 2 padding − dilation (kernel − 1) − 1) / stride⌋
 * + 1. Weight and bias are uniform in ±1/√(C / groups · kernel²) at first.
 *
 * {@snippet :
 * import static dev.flambeau.nn.ConvOption.*;
 *
 * new Conv2d(64, 128, 3, stride(2), padding(1), bias(false));
 * }
 */
public final class Conv2d extends Convolution {
  /** C and O channels, with square kernels. */
  public Conv2d(long inChannels, long outChannels, long kernelSize, ConvOption... options) {
    this(inChannels, outChannels, new long[] {kernelSize}, options);
  }

  /** C and O channels, with square kernels, a stride and a rim of zeros. */
  public Conv2d(long inChannels, long outChannels, long kernelSize, long stride, long padding) {
    this(inChannels, outChannels, kernelSize, ConvOption.stride(stride), ConvOption.padding(padding));
  }

  /** C and O channels, with kernels of this height and width. */
  public Conv2d(long inChannels, long outChannels, long[] kernelSize, ConvOption... options) {
    super(2, false, inChannels, outChannels, kernelSize, options);
  }

  @Override
  Tensor convolve(Tensor x, long[] zeros) {
    return Functional.conv2d(x, weight, bias, stride, zeros, dilation, groups);
  }
}
