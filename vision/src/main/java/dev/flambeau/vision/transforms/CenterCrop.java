package dev.flambeau.vision.transforms;

import java.awt.image.BufferedImage;

/** The middle of a picture; where that is smaller than asked for, with black around it. */
public record CenterCrop(int height, int width) implements ImageTransform {
  /** Checks the size. */
  public CenterCrop {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException("CenterCrop: expected sizes of at least 1, got " + height + " × " + width);
    }
  }

  /** A square. */
  public CenterCrop(int size) { this(size, size); }

  @Override
  public BufferedImage apply(BufferedImage image) {
    Pixels in = Pixels.of(image);
    return in.crop(start(in.height(), height), start(in.width(), width), height, width, 0).toImage();
  }

  /** Halves are rounded to even where the picture is larger, and down where black is added. */
  private static int start(int side, int wanted) {
    return wanted > side ? -((wanted - side) / 2) : (int) Math.rint((side - wanted) / 2.);
  }
}
