package dev.flambeau.nn;

import dev.flambeau.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * −w[c] · log softmax(x)[c] for the class c that the target tells, {@code x (N, C, *), target (N, *)} of integers, or Σ over c of target[c] times
 * that, for targets of real numbers in the shape of x (<a
 * href="https://pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html">torch.nn.CrossEntropyLoss</a>).
 */
public final class CrossEntropyLoss extends Loss {
  /** Factors of classes, or null. */
  @Buffer
  public final @Nullable Tensor weight;

  /** Its mean; −100 is ignored. */
  public CrossEntropyLoss() { this(null); }

  /** Its mean, weighted by classes; −100 is ignored. */
  public CrossEntropyLoss(@Nullable Tensor weight) { this(weight, -100, LossReduction.MEAN, 0); }

  /** Weighted by classes, without targets {@code ignoreIndex}, reduced so; a share {@code labelSmoothing} of each target is spread over all classes. */
  public CrossEntropyLoss(@Nullable Tensor weight, long ignoreIndex, LossReduction reduction, double labelSmoothing) {
    super((x, target) -> Functional.crossEntropy(x, target, weight, ignoreIndex, reduction, labelSmoothing));
    this.weight = weight;
  }
}
