package dev.flambeau.nn;

/** Means of as many windows as the result has places: {@code x (N, C, L)} → {@code (N, C, size)}. */
public final class AdaptiveAvgPool1d extends Stateless {
  /** Length of the result. */
  public AdaptiveAvgPool1d(long outputSize) {
    super(x -> Functional.adaptiveAvgPool1d(x, outputSize), "output_size", outputSize);
  }
}
