package dev.flambeau.optim.lrscheduler;

import dev.flambeau.optim.Optimizer;

/** Lets the learning rate fall to 0, as (1 − epoch / totalIters) to some power. */
public final class PolynomialLR extends LRScheduler {
  /** In equal steps over five epochs. */
  public PolynomialLR(Optimizer optimizer) { this(optimizer, 5, 1); }

  /** Over {@code totalIters} epochs. */
  public PolynomialLR(Optimizer optimizer, int totalIters, double power) {
    super(optimizer, "total_iters", totalIters, "power", power);
    require(totalIters > 0, "at least one iteration", totalIters);
    begin();
  }

  @Override
  protected double lr(int group) {
    double total = number("total_iters");
    if (isInitial() || epoch() > total) return current(group);
    return current(group) * Math.pow((1 - epoch() / total) / (1 - (epoch() - 1) / total), number("power"));
  }
}
