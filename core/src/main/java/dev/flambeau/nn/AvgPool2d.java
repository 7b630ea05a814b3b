package dev.flambeau.nn;

/** Means of windows: {@code x (N, C, H, W)} → {@code (N, C, H', W')} with H' = ⌊(H + 2 padding − kernel) / stride⌋ + 1. */
public final class AvgPool2d extends Stateless {
  /** Square windows side by side. */
  public AvgPool2d(long kernelSize) { this(kernelSize, kernelSize, 0); }

  /** Square windows at these steps, in an image with a rim of zeros that count. */
  public AvgPool2d(long kernelSize, long stride, long padding) {
    this(new long[] {kernelSize}, new long[] {stride}, new long[] {padding}, false, true);
  }

  /** With all choices, each one size or height and width; {@code ceilMode} rounds H' and W' up, {@code countIncludePad} counts the rim. */
  public AvgPool2d(long[] kernelSize, long[] stride, long[] padding, boolean ceilMode, boolean countIncludePad) {
    super(x -> Functional.avgPool2d(x, pair(kernelSize), pair(stride), pair(padding), ceilMode, countIncludePad,
        null), "kernel_size", kernelSize, "stride", stride, "padding", padding);
  }
}
