package dev.flambeau.optim.lrscheduler;

import dev.flambeau.optim.Optimizer;

/** Multiplies the learning rate by gamma every so many epochs. */
public final class StepLR extends LRScheduler {
  /** By 0.1 every {@code stepSize} epochs. */
  public StepLR(Optimizer optimizer, int stepSize) { this(optimizer, stepSize, 0.1); }

  /** By {@code gamma} every {@code stepSize} epochs. */
  public StepLR(Optimizer optimizer, int stepSize, double gamma) {
    super(optimizer, "step_size", stepSize, "gamma", gamma);
    require(stepSize > 0, "a step size above 0", stepSize);
    begin();
  }

  @Override
  protected double lr(int group) {
    boolean falls = epoch() > 0 && epoch() % (int) number("step_size") == 0;
    return falls ? current(group) * number("gamma") : current(group);
  }
}
