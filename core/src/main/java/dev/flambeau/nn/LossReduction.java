package dev.flambeau.nn;

import dev.flambeau.Losses;
import org.jspecify.annotations.Nullable;

/** What a loss function makes of the losses of all elements. */
public enum LossReduction {
  /** Their mean. */
  MEAN(Losses.How.MEAN),
  /** Their sum. */
  SUM(Losses.How.SUM),
  /** They are the result. */
  NONE(Losses.How.NONE),
  /** Their sum divided by the number of samples, which makes {@link Functional#klDiv} a mean of divergences; for that loss only. */
  BATCH_MEAN(null);

  private final Losses.@Nullable How how;

  LossReduction(Losses.@Nullable How how) { this.how = how; }

  Losses.How how() {
    if (how != null) return how;
    throw new IllegalArgumentException("the loss has no " + this + ", which is of klDiv only; take MEAN, SUM or NONE");
  }
}
