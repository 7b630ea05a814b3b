package dev.flambeau.vision.transforms;

import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import java.util.Arrays;

/** y = (x − mean) / std for each channel of (…, C, height, width). */
public final class Normalize implements Transform<Tensor, Tensor> {
  private final double[] mean;
  private final double[] std;

  /**
   * One mean and one standard deviation per channel.
   *
   * @throws IllegalArgumentException if their numbers differ, or a deviation is not positive
   */
  public Normalize(double[] mean, double[] std) {
    this.mean = mean.clone();
    this.std = std.clone();
    if (mean.length == 0 || mean.length != std.length || !Arrays.stream(std).allMatch(s -> s > 0)) {
      throw new IllegalArgumentException(
          "Normalize: expected as many means as standard deviations, these positive, got "
              + this);
    }
  }

  /** One mean and one standard deviation for pictures in grey. */
  public Normalize(double mean, double std) { this(new double[] {mean}, new double[] {std}); }

  /** The normalised tensor, of x's dtype; an {@code IllegalArgumentException} if it has another number of channels. */
  @Override
  public Tensor apply(Tensor x) {
    if (!x.dtype().isFloatingPoint() || x.dim() < 3 || x.size(-3) != mean.length) {
      throw new IllegalArgumentException("Normalize: expected real numbers of shape (…, " + mean.length
          + ", height, width), got " + x.dtype() + " of " + Arrays.toString(x.shape()) + "; ToTensor comes first");
    }
    return x.sub(perChannel(mean, x)).div(perChannel(std, x));
  }

  private static Tensor perChannel(double[] values, Tensor x) {
    return Torch.fromArray(values, values.length, 1, 1).to(x.dtype());
  }

  @Override
  public String toString() { return "Normalize[mean=" + Arrays.toString(mean) + ", std=" + Arrays.toString(std) + "]"; }
}
