package dev.flambeau.nn;

import dev.flambeau.Tensor;
import org.jspecify.annotations.Nullable;

/** {@link BCELoss} of σ(x), exact for any x; what belongs to target 1 counts posWeight times. */
public final class BCEWithLogitsLoss extends Loss {
  /** Factors of elements, or null. */
  @Buffer
  public final @Nullable Tensor weight;
  /** Factors of what belongs to target 1, or null. */
  @Buffer
  public final @Nullable Tensor posWeight;

  /** Its mean. */
  public BCEWithLogitsLoss() { this(null, LossReduction.MEAN, null); }

  /** With these weights, reduced so. */
  public BCEWithLogitsLoss(@Nullable Tensor weight, LossReduction reduction, @Nullable Tensor posWeight) {
    super((x, target) -> Functional.binaryCrossEntropyWithLogits(x, target, weight, reduction, posWeight));
    this.weight = weight;
    this.posWeight = posWeight;
  }
}
