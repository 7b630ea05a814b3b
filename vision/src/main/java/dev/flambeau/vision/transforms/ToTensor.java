package dev.flambeau.vision.transforms;

import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import java.awt.image.BufferedImage;

/** A picture as a float32 tensor of 0 … 1: (3, height, width) of red, green and blue, or (1, height, width) of grey. */
public record ToTensor() implements Transform<BufferedImage, Tensor> {
  @Override
  public Tensor apply(BufferedImage image) {
    Pixels p = Pixels.of(image);
    int plane = p.width() * p.height();
    float[] values = new float[plane * p.channels()];
    for (int c = 0, at = 0; c < p.channels(); c++) {
      for (int i = 0; i < plane; i++) values[at++] = (p.values()[i * p.channels() + c] & 0xff) / 255f;
    }
    return Torch.fromArray(values, p.channels(), p.height(), p.width());
  }
}
