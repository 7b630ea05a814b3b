package dev.flambeau.nn;

/**
 * Maxima of windows, whose rim never counts: {@code x (N, C, H, W)} → {@code (N, C, H', W')} with H' = ⌊(H + 2 padding − dilation (kernel − 1) − 1) / stride⌋
 * + 1. The gradient goes to the first maximum of each window.
 */
public final class MaxPool2d extends Stateless {
  /** Square windows side by side. */
  public MaxPool2d(long kernelSize) { this(kernelSize, kernelSize, 0); }

  /** Square windows at these steps. */
  public MaxPool2d(long kernelSize, long stride) { this(kernelSize, stride, 0); }

  /** Square windows at these steps, in an image with a rim. */
  public MaxPool2d(long kernelSize, long stride, long padding) {
    this(new long[] {kernelSize}, new long[] {stride}, new long[] {padding}, new long[] {1}, false);
  }

  /** With all choices, each one size or height and width; {@code ceilMode} rounds H' and W' up. */
  public MaxPool2d(long[] kernelSize, long[] stride, long[] padding, long[] dilation, boolean ceilMode) {
    super(x -> Functional.maxPool2d(x, pair(kernelSize), pair(stride), pair(padding), pair(dilation), ceilMode),
        "kernel_size", kernelSize, "stride", stride, "padding", padding, "dilation", dilation, "ceil_mode", ceilMode);
  }
}
