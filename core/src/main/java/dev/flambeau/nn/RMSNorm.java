package dev.flambeau.nn;

import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import org.jspecify.annotations.Nullable;

/**
 * y = x / √(mean of x² + ε) · w over the last dimensions, those of the normalized shape: {@code x (*, shape)} → {@code (*, shape)}
 * (<a href="https://arxiv.org/abs/1910.07467">Zhang &amp; Sennrich 2019</a>).
 */
public final class RMSNorm extends Module {
  private final long[] normalizedShape;
  private final @Nullable Double eps;
  /** Of the normalized shape; ones at first. */
  public @Nullable Tensor weight;

  /** Over the last dimensions, of these sizes, with a weight. */
  public RMSNorm(long... normalizedShape) { this(normalizedShape, null, true); }

  /** With this ε, or the machine's for null, and with a weight if {@code elementwiseAffine}. */
  public RMSNorm(long[] normalizedShape, @Nullable Double eps, boolean elementwiseAffine) {
    this.normalizedShape = normalizedShape.clone();
    this.eps = eps;
    weight = elementwiseAffine ? parameter(Torch.ones(normalizedShape)) : null;
  }

  @Override
  public Tensor forward(Tensor x) { return Functional.rmsNorm(x, normalizedShape, weight, eps); }

  @Override
  protected String extraRepr() {
    return PythonText.tuple(normalizedShape) + ", "
        + PythonText.arguments("eps", eps, "elementwise_affine", weight != null);
  }
}
