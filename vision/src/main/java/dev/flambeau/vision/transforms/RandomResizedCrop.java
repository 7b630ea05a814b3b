package dev.flambeau.vision.transforms;

import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import java.awt.image.BufferedImage;

/**
 * A part of random size and proportions from anywhere in the picture, resized.
 *
 * @param minScale the smallest part of the picture's area
 * @param maxScale the largest part of the picture's area
 * @param minRatio the smallest width over height
 * @param maxRatio the largest width over height
 */
public record RandomResizedCrop(int height, int width, double minScale, double maxScale, double minRatio,
    double maxRatio,
    Interpolation interpolation) implements ImageTransform {
  private static final int TRIES = 10;

  /** Checks the ranges. */
  public RandomResizedCrop {
    if (height < 1 || width < 1 || !(0 <= minScale && minScale <= maxScale)
        || !(0 < minRatio && minRatio <= maxRatio)) {
      throw new IllegalArgumentException(
          "RandomResizedCrop: expected sizes of at least 1 and ranges from small to large,"
              + " got " + height + " × " + width + ", scale " + minScale + " to " + maxScale + ", ratio " + minRatio
              + " to "
              + maxRatio);
    }
  }

  /** A square of 8 % to 100 % of the area, of proportions from 3 : 4 to 4 : 3 before it is resized. */
  public RandomResizedCrop(int size) { this(size, size, 0.08, 1, 3. / 4, 4. / 3, Interpolation.BILINEAR); }

  @Override
  public BufferedImage apply(BufferedImage image) {
    Pixels in = Pixels.of(image);
    return new Resize(height, width, interpolation).apply(part(in)).toImage();
  }

  private Pixels part(Pixels in) {
    double area = (double) in.height() * in.width();
    Tensor logs = Torch.tensor(minRatio, maxRatio).log();
    for (int i = 0; i < TRIES; i++) {
      double target = area * Draw.uniform(minScale, maxScale);
      double ratio = Torch.empty(1).uniform_(logs.get(0).item(), logs.get(1).item()).exp().item();
      int w = (int) Math.rint(Math.sqrt(target * ratio));
      int h = (int) Math.rint(Math.sqrt(target / ratio));
      if (0 < w && w <= in.width() && 0 < h && h <= in.height()) {
        int top = Draw.below(in.height() - h + 1);
        return in.crop(top, Draw.below(in.width() - w + 1), h, w, 0);
      }
    }
    return middle(in);
  }

  /** The largest part in the middle whose proportions are allowed. */
  private Pixels middle(Pixels in) {
    double ratio = (double) in.width() / in.height();
    int w = ratio > maxRatio ? (int) Math.rint(in.height() * maxRatio) : in.width();
    int h = ratio < minRatio ? (int) Math.rint(in.width() / minRatio) : in.height();
    return in.crop((in.height() - h) / 2, (in.width() - w) / 2, h, w, 0);
  }
}
