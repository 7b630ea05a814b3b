package dev.flambeau.nn;

import dev.flambeau.Tensor;
import org.jspecify.annotations.Nullable;

/** −w · (target · log x + (1 − target) · log(1 − x)), for probabilities x; logarithms count as at least −100. */
public final class BCELoss extends Loss {
  /** Factors of elements, or null. */
  @Buffer
  public final @Nullable Tensor weight;

  /** Its mean. */
  public BCELoss() { this(null, LossReduction.MEAN); }

  /** With a weight of each element, reduced so. */
  public BCELoss(@Nullable Tensor weight, LossReduction reduction) {
    super((x, target) -> Functional.binaryCrossEntropy(x, target, weight, reduction));
    this.weight = weight;
  }
}
