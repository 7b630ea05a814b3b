package dev.flambeau.nn;

/** Maxima of as many windows as the result has places: {@code x (N, C, L)} → {@code (N, C, size)}. */
public final class AdaptiveMaxPool1d extends Stateless {
  /** Length of the result. */
  public AdaptiveMaxPool1d(long outputSize) {
    super(x -> Functional.adaptiveMaxPool1d(x, outputSize), "output_size", outputSize);
  }
}
