package dev.flambeau.vision.transforms;

import java.awt.image.BufferedImage;

/** A picture in colours: grey in three equal channels, an alpha channel dropped. */
public record ToRgb() implements ImageTransform {
  @Override
  public BufferedImage apply(BufferedImage image) { return Pixels.of(image).colours().toImage(); }
}
