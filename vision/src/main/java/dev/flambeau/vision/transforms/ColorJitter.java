package dev.flambeau.vision.transforms;

import dev.flambeau.Torch;
import java.awt.image.BufferedImage;

/**
 * Random changes of brightness, contrast, saturation and hue, in random order. For the first three, a factor is drawn
 * from 1 − x (at least 0) to 1 + x; hues are turned by −x to x of the circle. 0 leaves a property as it is.
 */
public record ColorJitter(double brightness, double contrast, double saturation, double hue) implements ImageTransform {
  /** Checks the numbers. */
  public ColorJitter {
    if (!(brightness >= 0 && contrast >= 0 && saturation >= 0 && hue >= 0 && hue <= 0.5)) {
      throw new IllegalArgumentException("ColorJitter: expected numbers of at least 0 and a hue of at most 0.5, got "
          + brightness + ", " + contrast + ", " + saturation + ", " + hue);
    }
  }

  @Override
  public BufferedImage apply(BufferedImage image) {
    long[] order = Torch.randperm(4).toLongArray();
    double b = factor(brightness);
    double c = factor(contrast);
    double s = factor(saturation);
    double h = hue == 0 ? 0 : Draw.uniform(-hue, hue);
    Pixels x = Pixels.of(image);
    for (long step : order) {
      if (step == 0 && brightness > 0) x = Colours.brightness(x, b);
      else if (step == 1 && contrast > 0) x = Colours.contrast(x, c);
      else if (step == 2 && saturation > 0) x = Colours.saturation(x, s);
      else if (step == 3 && hue > 0) x = Colours.hue(x, h);
    }
    return x.toImage();
  }

  private static double factor(double x) { return x == 0 ? 1 : Draw.uniform(Math.max(0, 1 - x), 1 + x); }
}
