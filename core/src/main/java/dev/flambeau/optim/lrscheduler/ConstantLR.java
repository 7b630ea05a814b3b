package dev.flambeau.optim.lrscheduler;

import dev.flambeau.optim.Optimizer;

/** Multiplies the learning rate by a factor for the first epochs. */
public final class ConstantLR extends LRScheduler {
  /** By 1/3 for five epochs. */
  public ConstantLR(Optimizer optimizer) { this(optimizer, 1 / 3.0, 5); }

  /** By {@code factor} of [0, 1] for {@code totalIters} epochs. */
  public ConstantLR(Optimizer optimizer, double factor, int totalIters) {
    super(optimizer, "factor", factor, "total_iters", totalIters);
    require(factor >= 0 && factor <= 1, "a factor of [0, 1]", factor);
    begin();
  }

  @Override
  protected double first(int group) { return number("total_iters") > 0 ? base(group) * number("factor") : base(group); }

  @Override
  protected double lr(int group) {
    if (epoch() == 0) return current(group) * number("factor");
    return epoch() == number("total_iters") ? current(group) * (1 / number("factor")) : current(group);
  }
}
