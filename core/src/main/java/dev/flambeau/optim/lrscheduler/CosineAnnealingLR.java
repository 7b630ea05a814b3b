package dev.flambeau.optim.lrscheduler;

import dev.flambeau.optim.Optimizer;

/**
 * Lets the learning rate fall, and rise again, along a cosine of period 2 · tMax
 * (<a href="https://arxiv.org/abs/1608.03983">Loshchilov and Hutter, 2016</a>, without restarts).
 */
public final class CosineAnnealingLR extends LRScheduler {
  /** To 0 in {@code tMax} epochs. */
  public CosineAnnealingLR(Optimizer optimizer, int tMax) { this(optimizer, tMax, 0); }

  /** To {@code etaMin} in {@code tMax} epochs. */
  public CosineAnnealingLR(Optimizer optimizer, int tMax, double etaMin) {
    super(optimizer, "T_max", tMax, "eta_min", etaMin);
    require(tMax > 0, "tMax of at least 1", tMax);
    begin();
  }

  @Override
  protected double lr(int group) {
    int half = (int) number("T_max");
    double min = number("eta_min");
    if (isInitial()) return current(group);
    if ((epoch() - 1 - half) % (2 * half) == 0) {
      return current(group) + (base(group) - min) * (1 - Math.cos(Math.PI / half)) / 2;
    }
    return (1 + Math.cos(Math.PI * epoch() / half)) / (1 + Math.cos(Math.PI * (epoch() - 1) / half))
        * (current(group) - min) + min;
  }
}
