package dev.flambeau.nn;

import java.util.List;

/** Means of windows: {@code x (N, C, L)} → {@code (N, C, L')} with L' = ⌊(L + 2 padding − kernel) / stride⌋ + 1. */
public final class AvgPool1d extends Stateless {
  /** Windows side by side. */
  public AvgPool1d(long kernelSize) { this(kernelSize, kernelSize, 0, false, true); }

  /** With all choices; {@code ceilMode} rounds L' up, {@code countIncludePad} counts the rim of zeros. */
  public AvgPool1d(long kernelSize, long stride, long padding, boolean ceilMode, boolean countIncludePad) {
    super(x -> Functional.avgPool1d(x, kernelSize, stride, padding, ceilMode, countIncludePad), "kernel_size",
        List.of(kernelSize), "stride", List.of(stride), "padding", List.of(padding));
  }
}
