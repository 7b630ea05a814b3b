package dev.flambeau.nn;

import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import org.jspecify.annotations.Nullable;

/**
 * y = (x − mean) / √(variance + ε) · w + b, with mean and variance of each sample over groups of channels: {@code x (N, C, *)} → {@code (N, C, *)}
 * (<a href="https://arxiv.org/abs/1803.08494">Wu &amp; He 2018</a>).
 */
public final class GroupNorm extends Module {
  private final long numGroups, numChannels;
  private final double eps;
  /** Shape (C), ones at first. */
  public @Nullable Tensor weight;
  /** Shape (C), zeros at first. */
  public @Nullable Tensor bias;

  /** With weight and bias, and ε = 1e-5. */
  public GroupNorm(long numGroups, long numChannels) { this(numGroups, numChannels, 1e-5, true); }

  /**
   * With weight and bias, or without.
   *
   * @throws IllegalArgumentException unless the groups divide the channels
   */
  public GroupNorm(long numGroups, long numChannels, double eps, boolean affine) {
    if (numGroups < 1 || numChannels % numGroups != 0) {
      throw new IllegalArgumentException(
          "GroupNorm: the channels are a multiple of the groups, but are " + numChannels + " for " + numGroups);
    }
    this.numGroups = numGroups;
    this.numChannels = numChannels;
    this.eps = eps;
    weight = affine ? parameter(Torch.ones(numChannels)) : null;
    bias = affine ? parameter(Torch.zeros(numChannels)) : null;
  }

  @Override
  public Tensor forward(Tensor x) { return Functional.groupNorm(x, numGroups, weight, bias, eps); }

  @Override
  protected String extraRepr() {
    return PythonText.arguments("", numGroups, "", numChannels, "eps", eps, "affine", weight != null, "bias",
        bias != null);
  }
}
