package dev.flambeau.nn;

/** Maxima of windows: {@code x (N, C, L)} → {@code (N, C, L')} with L' = ⌊(L + 2 padding − dilation (kernel − 1) − 1) / stride⌋ + 1. */
public final class MaxPool1d extends Stateless {
  /** Windows side by side. */
  public MaxPool1d(long kernelSize) { this(kernelSize, kernelSize, 0, 1, false); }

  /** Windows at these steps. */
  public MaxPool1d(long kernelSize, long stride, long padding) { this(kernelSize, stride, padding, 1, false); }

  /** With all choices; {@code ceilMode} rounds L' up. */
  public MaxPool1d(long kernelSize, long stride, long padding, long dilation, boolean ceilMode) {
    super(x -> Functional.maxPool1d(x, kernelSize, stride, padding, dilation, ceilMode), "kernel_size", kernelSize,
        "stride", stride, "padding", padding, "dilation", dilation, "ceil_mode", ceilMode);
  }
}
