package dev.flambeau.vision.transforms;

import java.awt.image.BufferedImage;

/**
 * A part of this size from anywhere in the picture.
 *
 * @param padding how many pixels are put on each side before
 * @param fill the value of their channels, 0 … 255, if the mode is constant
 */
public record RandomCrop(int height, int width, int padding, int fill, PaddingMode mode) implements ImageTransform {
  /** Checks the numbers. */
  public RandomCrop {
    if (height < 1 || width < 1 || padding < 0)
      throw new IllegalArgumentException("RandomCrop: expected sizes of at least"
          + " 1 and a padding of at least 0, got " + height + " × " + width + " and " + padding);
  }

  /** A square. */
  public RandomCrop(int size) { this(size, 0); }

  /** A square from a picture with black around it. */
  public RandomCrop(int size, int padding) { this(size, size, padding, 0, PaddingMode.CONSTANT); }

  /** A part of the picture; if it is smaller than that, an {@code IllegalArgumentException}. */
  @Override
  public BufferedImage apply(BufferedImage image) {
    Pixels in = Pixels.of(image);
    if (padding > 0) in = new Pad(padding, padding, padding, padding, fill, mode).apply(in);
    int freeY = in.height() - height;
    int freeX = in.width() - width;
    if (freeY < 0 || freeX < 0) {
      throw new IllegalArgumentException(
          "RandomCrop: there is no part of " + height + " × " + width + " in a picture of "
              + in.height() + " × " + in.width() + "; resize or pad it first");
    }
    if (freeY == 0 && freeX == 0) return in.toImage();
    int top = Draw.below(freeY + 1);
    int left = Draw.below(freeX + 1);
    return in.crop(top, left, height, width, 0).toImage();
  }
}
