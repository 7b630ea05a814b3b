package dev.flambeau.nn;

/** Maxima of as many windows as the result has places: {@code x (N, C, H, W)} → {@code (N, C, *size)}. */
public final class AdaptiveMaxPool2d extends Stateless {
  /** Height and width of the result; one number for both. */
  public AdaptiveMaxPool2d(long... outputSize) {
    super(x -> Functional.adaptiveMaxPool2d(x, pair(outputSize)), "output_size", outputSize);
  }
}
