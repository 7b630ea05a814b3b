package dev.flambeau.vision.transforms;

import java.awt.image.BufferedImage;

/**
 * A picture turned about its middle, counter-clockwise, by a random angle in degrees.
 *
 * @param expand whether the result is large enough to hold all of the picture
 * @param fill the value of the channels in the corners, 0 … 255
 */
public record RandomRotation(double minDegrees, double maxDegrees, Interpolation interpolation, boolean expand,
    int fill)
    implements ImageTransform {
  /** Checks the numbers. */
  public RandomRotation {
    if (!(minDegrees <= maxDegrees && maxDegrees - minDegrees < Float.MAX_VALUE) || fill < 0 || fill > 255) {
      throw new IllegalArgumentException("RandomRotation: expected angles from small to large and a fill from 0 to 255,"
          + " got " + minDegrees + " to " + maxDegrees + " and " + fill);
    }
  }

  /** By at most {@code degrees} to either side, with black corners. */
  public RandomRotation(double degrees) { this(-degrees, degrees, Interpolation.NEAREST, false, 0); }

  @Override
  public BufferedImage apply(BufferedImage image) {
    Pixels in = Pixels.of(image);
    double angle = Draw.uniform(minDegrees, maxDegrees);
    return interpolation.rotate(in, Rotation.of(in, angle, expand, fill)).toImage();
  }
}
