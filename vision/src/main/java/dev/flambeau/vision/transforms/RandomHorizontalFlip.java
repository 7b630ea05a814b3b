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
    if (!Draw.chance(p)) return image;
    Pixels in = Pixels.of(image);
    Pixels out = Pixels.blank(in.width(), in.height(), in.channels());
    for (int y = 0; y < in.height(); y++) {
      for (int x = 0; x < in.width(); x++) out.copyPixel(y, x, in, y, in.width() - 1 - x);
    }
    return out.toImage();
  }
}
