package dev.flambeau.vision.transforms;

import java.awt.image.BufferedImage;

/** With probability {@code p} a picture turned upside down. */
public record RandomVerticalFlip(double p) implements ImageTransform {
  /** Checks the probability. */
  public RandomVerticalFlip { Draw.requireProbability("RandomVerticalFlip", p); }

  /** One picture of two. */
  public RandomVerticalFlip() { this(0.5); }

  @Override
  public BufferedImage apply(BufferedImage image) {
    return Draw.chance(p) ? Pixels.of(image).flipped(true).toImage() : image;
  }
}
