package dev.flambeau.vision.transforms;

import dev.flambeau.DType;
import dev.flambeau.Tensor;
import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * A tensor of (3, height, width), (1, height, width) or (height, width) as a picture, torchvision's
 * {@code ToPILImage}: real numbers of 0 … 1 are multiplied by 255 and rounded down, what lies outside is clamped;
 * uint8 are taken as they are.
 */
public record ToImage() implements Transform<Tensor, BufferedImage> {
  /** The picture; for other shapes and dtypes an {@code IllegalArgumentException}. */
  @Override
  public BufferedImage apply(Tensor x) {
    boolean real = x.dtype().isFloatingPoint();
    int dim = x.dim();
    long channels = dim == 3 ? x.size(0) : 1;
    if (dim < 2 || dim > 3 || channels != 1 && channels != 3 || !real && x.dtype() != DType.UINT8) {
      throw new IllegalArgumentException("ToImage: expected real numbers or uint8 of shape (1 or 3, height, width) or"
          + " (height, width), got " + x.dtype() + " of " + Arrays.toString(x.shape()));
    }
    Pixels out = Pixels.blank((int) x.size(-1), (int) x.size(-2), (int) channels);
    int plane = out.width() * out.height();
    float[] values = x.detach().to(DType.FLOAT32).toFloatArray();
    for (int i = 0; i < values.length; i++) {
      float v = real ? values[i] * 255 : values[i];
      out.values()[i % plane * out.channels() + i / plane] = (byte) (int) Math.clamp(v, 0f, 255f);
    }
    return out.toImage();
  }
}
