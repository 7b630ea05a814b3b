package dev.flambeau.optim.lrscheduler;

import java.util.List;

/** Steps several schedulers at once: each multiplies what the others left. */
public final class ChainedScheduler extends Composite {
  /** Schedulers of one optimizer. */
  public ChainedScheduler(LRScheduler... schedulers) { super(List.of(schedulers)); }

  @Override
  public void step() {
    for (LRScheduler part : parts) part.step();
    keepLastLr();
  }
}
