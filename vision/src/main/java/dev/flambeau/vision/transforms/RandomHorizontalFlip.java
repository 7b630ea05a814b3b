package dev.flambeau.vision.transforms;

import java.awt.image.BufferedImage;

/** With probability {@code p} a picture mirrored left to right. */
public record RandomHorizontalFlip(double p) implements ImageTransform {
  /** Checks the probability. */
  public RandomHorizontalFlip { Draw.requireProbability("RandomHorizontalFlip", p); }

  /** One picture of two. */
  public RandomHorizontalFlip() { this(0.5); }

  @Override
  public BufferedImage apply(BufferedImage image) {
    return Draw.chance(p) ? Pixels.of(image).flipped(false).toImage() : image;
  }
}
