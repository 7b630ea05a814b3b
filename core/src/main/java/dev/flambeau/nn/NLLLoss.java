package dev.flambeau.nn;

import dev.flambeau.Tensor;
import org.jspecify.annotations.Nullable;

/** −w[c] · x[c] for the class c that the target tells, for logarithms x of probabilities: {@code x (N, C, *), target (N, *)}. */
public final class NLLLoss extends Loss {
  /** Factors of classes, or null. */
  @Buffer
  public final @Nullable Tensor weight;

  /** Its mean; −100 is ignored. */
  public NLLLoss() { this(null); }

  /** Its mean, weighted by classes; −100 is ignored. */
  public NLLLoss(@Nullable Tensor weight) { this(weight, -100, LossReduction.MEAN); }

  /** Weighted by classes, without targets {@code ignoreIndex}, reduced so. */
  public NLLLoss(@Nullable Tensor weight, long ignoreIndex, LossReduction reduction) {
    super((x, target) -> Functional.nllLoss(x, target, weight, ignoreIndex, reduction));
    this.weight = weight;
  }
}
