package dev.flambeau.vision.transforms;

import java.awt.image.BufferedImage;

/**
 * Another size, as torchvision resizes PIL images: to the bit.
 *
 * @param height in pixels, or 0 to keep the proportions
 * @param width in pixels, or, if the height is 0, of the shorter side
 */
public record Resize(int height, int width, Interpolation interpolation) implements ImageTransform {
  /** Checks the size. */
  public Resize {
    if (height < 0 || width < 1) {
      throw new IllegalArgumentException("Resize: expected sizes of at least 1, got " + height + " × " + width);
    }
  }

  /** The shorter side becomes {@code shorter}, the longer one in proportion (rounded down). */
  public Resize(int shorter) { this(0, shorter, Interpolation.BILINEAR); }

  /** Exactly this size, whatever the proportions. */
  public Resize(int height, int width) { this(requireHeight(height), width, Interpolation.BILINEAR); }

  private static int requireHeight(int height) {
    if (height < 1) throw new IllegalArgumentException("Resize: expected a height of at least 1, got " + height);
    return height;
  }

  @Override
  public BufferedImage apply(BufferedImage image) { return apply(Pixels.of(image)).toImage(); }

  Pixels apply(Pixels in) {
    int shorter = Math.min(in.width(), in.height());
    int toWidth = height > 0 ? width : scaled(in.width(), shorter);
    int toHeight = height > 0 ? height : scaled(in.height(), shorter);
    if (toWidth == in.width() && toHeight == in.height()) return in;
    return interpolation.resize(in, toWidth, toHeight);
  }

  private int scaled(int side, int shorter) { return (int) ((double) ((long) width * side) / shorter); }
}
