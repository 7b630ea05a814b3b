package dev.flambeau.vision.transforms;

import java.awt.image.BufferedImage;

/**
 * A border around a picture.
 *
 * @param fill the value of the border's channels, 0 … 255, if the mode is constant
 */
public record Pad(int left, int top, int right, int bottom, int fill, PaddingMode mode) implements ImageTransform {
  /** Checks the numbers. */
  public Pad {
    if (left < 0 || top < 0 || right < 0 || bottom < 0 || fill < 0 || fill > 255) {
      throw new IllegalArgumentException(
          "Pad: expected borders of at least 0 and a fill from 0 to 255, got " + left + ", "
              + top + ", " + right + ", " + bottom + " and " + fill + "; CenterCrop makes pictures smaller");
    }
  }

  /** Black on all sides. */
  public Pad(int border) { this(border, border, border, border, 0, PaddingMode.CONSTANT); }

  @Override
  public BufferedImage apply(BufferedImage image) { return apply(Pixels.of(image)).toImage(); }

  Pixels apply(Pixels in) {
    int height = Math.addExact(in.height(), Math.addExact(top, bottom));
    int width = Math.addExact(in.width(), Math.addExact(left, right));
    Pixels out = in.crop(-top, -left, height, width, fill);
    if (mode == PaddingMode.CONSTANT) return out;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        out.copyPixel(y, x, in, mode.source(y - top, in.height()), mode.source(x - left, in.width()));
      }
    }
    return out;
  }
}
