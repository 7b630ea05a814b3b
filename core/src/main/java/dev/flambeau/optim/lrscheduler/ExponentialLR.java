package dev.flambeau.optim.lrscheduler;

import dev.flambeau.optim.Optimizer;

/** Multiplies the learning rate by gamma every epoch. */
public final class ExponentialLR extends LRScheduler {
  /** By {@code gamma}. */
  public ExponentialLR(Optimizer optimizer, double gamma) {
    super(optimizer, "gamma", gamma);
    begin();
  }

  @Override
  protected double lr(int group) { return isInitial() ? current(group) : current(group) * number("gamma"); }
}
