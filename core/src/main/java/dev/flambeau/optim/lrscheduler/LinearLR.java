package dev.flambeau.optim.lrscheduler;

import dev.flambeau.optim.Optimizer;

/** Multiplies the learning rate by a factor that changes in equal steps over the first epochs. */
public final class LinearLR extends LRScheduler {
  /** By 1/3 to 1 over five epochs. */
  public LinearLR(Optimizer optimizer) { this(optimizer, 1 / 3.0, 1, 5); }

  /** By {@code startFactor} of (0, 1] to {@code endFactor} of [0, 1] over {@code totalIters} epochs. */
  public LinearLR(Optimizer optimizer, double startFactor, double endFactor, int totalIters) {
    super(optimizer, "start_factor", startFactor, "end_factor", endFactor, "total_iters", totalIters);
    require(startFactor > 0 && startFactor <= 1, "a start factor of (0, 1]", startFactor);
    require(endFactor >= 0 && endFactor <= 1, "an end factor of [0, 1]", endFactor);
    require(totalIters > 0, "at least one iteration", totalIters);
    begin();
  }

  @Override
  protected double first(int group) { return base(group) * number("start_factor"); }

  @Override
  protected double lr(int group) {
    double start = number("start_factor");
    double rise = number("end_factor") - start;
    double total = number("total_iters");
    if (epoch() == 0) return current(group) * start;
    return epoch() > total ? current(group) : current(group) * (1 + rise / (total * start + (epoch() - 1) * rise));
  }
}
