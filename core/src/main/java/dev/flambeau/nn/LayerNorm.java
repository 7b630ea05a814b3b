package dev.flambeau.nn;

import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import org.jspecify.annotations.Nullable;

/**
 * y = (x − mean) / √(variance + ε) · w + b, with mean and variance over the last dimensions, those of the normalized shape: {@code x (*, shape)} →
 * {@code (*, shape)} (<a href="https://arxiv.org/abs/1607.06450">Ba et al. 2016</a>).
 */
public final class LayerNorm extends Module {
  private final long[] normalizedShape;
  private final double eps;
  /** Of the normalized shape; ones at first. */
  public @Nullable Tensor weight;
  /** Of the normalized shape; zeros at first. */
  public @Nullable Tensor bias;

  /** Over the last dimensions, of these sizes, with weight, bias, and ε = 1e-5. */
  public LayerNorm(long... normalizedShape) { this(normalizedShape, 1e-5, true, true); }

  /** With weight, if {@code elementwiseAffine}, and then a bias, if {@code bias}. */
  public LayerNorm(long[] normalizedShape, double eps, boolean elementwiseAffine, boolean bias) {
    this.normalizedShape = normalizedShape.clone();
    this.eps = eps;
    this.weight = elementwiseAffine ? parameter(Torch.ones(normalizedShape)) : null;
    this.bias = elementwiseAffine && bias ? parameter(Torch.zeros(normalizedShape)) : null;
  }

  @Override
  public Tensor forward(Tensor x) { return Functional.layerNorm(x, normalizedShape, weight, bias, eps); }

  @Override
  protected String extraRepr() {
    return PythonText.tuple(normalizedShape) + ", "
        + PythonText.arguments("eps", eps, "elementwise_affine", weight != null, "bias", bias != null);
  }
}
