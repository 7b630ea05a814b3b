package dev.flambeau.vision.transforms;

import java.awt.image.BufferedImage;

/** A picture in grey: of one channel, or of three equal ones, as networks for colours want it. */
public record Grayscale(int channels) implements ImageTransform {
  /** Checks the number. */
  public Grayscale {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("Grayscale: expected 1 or 3 channels, got " + channels);
    }
  }

  /** Of one channel. */
  public Grayscale() { this(1); }

  @Override
  public BufferedImage apply(BufferedImage image) {
    Pixels grey = Pixels.of(image).grey();
    return (channels == 1 ? grey : grey.colours()).toImage();
  }
}
