package dev.flambeau.nn;

import dev.flambeau.Losses;

/** What a loss function makes of the losses of all elements. */
public enum LossReduction {
  /** Their mean. */
  MEAN(Losses.How.MEAN),
  /** Their sum. */
  SUM(Losses.How.SUM),
  /** They are the result. */
  NONE(Losses.How.NONE);

  final Losses.How how;

  LossReduction(Losses.How how) { this.how = how; }
}
