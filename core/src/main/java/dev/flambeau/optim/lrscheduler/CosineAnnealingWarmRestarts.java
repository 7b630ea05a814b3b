package dev.flambeau.optim.lrscheduler;

import dev.flambeau.optim.Optimizer;

/**
 * Lets the learning rate fall along half a cosine, again and again, each time over tMult times as many epochs
 * (<a href="https://arxiv.org/abs/1608.03983">Loshchilov and Hutter, 2016</a>).
 */
public final class CosineAnnealingWarmRestarts extends LRScheduler {
  /** To 0 every {@code t0} epochs. */
  public CosineAnnealingWarmRestarts(Optimizer optimizer, int t0) { this(optimizer, t0, 1, 0); }

  /** To {@code etaMin}, first in {@code t0} epochs. */
  public CosineAnnealingWarmRestarts(Optimizer optimizer, int t0, int tMult, double etaMin) {
    super(optimizer, "T_0", t0, "T_i", t0, "T_mult", tMult, "eta_min", etaMin, "T_cur", -1);
    require(t0 > 0 && tMult > 0, "t0 and tMult of at least 1", t0 + " and " + tMult);
    begin();
  }

  @Override
  protected double first(int group) { return lr(group); }

  @Override
  protected double lr(int group) {
    double min = number("eta_min");
    return min + (base(group) - min) * (1 + Math.cos(Math.PI * number("T_cur") / number("T_i"))) / 2;
  }

  @Override
  public void step() {
    if (epoch() < 0) {
      step(0);
      return;
    }
    double at = number("T_cur") + 1;
    double period = number("T_i");
    set(at >= period ? at % period : at, at >= period ? period * number("T_mult") : period, epoch() + 1);
  }

  /**
   * To {@code epoch}, which may be a fraction: within an epoch, from batch to batch.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public void step(double epoch) {
    require(epoch >= 0, "an epoch of at least 0", epoch);
    double period = number("T_0");
    double from = 0;
    while (number("T_mult") > 1 && epoch >= from + period) {
      from += period;
      period *= number("T_mult");
    }
    set(number("T_mult") > 1 ? epoch - from : epoch % period, period, (int) Math.floor(epoch));
  }

  private void set(double at, double period, int epoch) {
    state.put("T_cur", at);
    state.put("T_i", period);
    state.put("last_epoch", epoch);
    setLrs(false);
  }
}
