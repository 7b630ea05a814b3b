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
    if (!Draw.chance(p)) return image;
    Pixels in = Pixels.of(image);
    Pixels out = Pixels.blank(in.width(), in.height(), in.channels());
    for (int y = 0; y < in.height(); y++) {
      for (int x = 0; x < in.width(); x++) out.copyPixel(y, x, in, in.height() - 1 - y, x);
    }
    return out.toImage();
  }
}
