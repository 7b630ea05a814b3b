package dev.flambeau.nn;

/** Means of as many windows as the result has places, whatever the size of x: {@code x (N, C, H, W)} → {@code (N, C, *size)}. */
public final class AdaptiveAvgPool2d extends Stateless {
  /** Height and width of the result; one number for both. */
  public AdaptiveAvgPool2d(long... outputSize) {
    super(x -> Functional.adaptiveAvgPool2d(x, pair(outputSize)), "output_size", outputSize);
  }
}
