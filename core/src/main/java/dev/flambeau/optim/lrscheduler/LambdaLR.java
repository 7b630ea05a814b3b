package dev.flambeau.optim.lrscheduler;

import dev.flambeau.optim.Optimizer;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** Multiplies the learning rate that there was by a function of the epoch. The function is not part of the state. */
public final class LambdaLR extends LRScheduler {
  private final List<IntToDoubleFunction> factors;

  /** One function for all groups. */
  public LambdaLR(Optimizer optimizer, IntToDoubleFunction factor) { this(optimizer, List.of(factor)); }

  /** A function for each group, or one for all. */
  public LambdaLR(Optimizer optimizer, List<IntToDoubleFunction> factors) {
    super(optimizer);
    this.factors = List.copyOf(factors);
    requireOneOrForEach("functions", factors.size());
    begin();
  }

  @Override
  protected double first(int group) { return lr(group); }

  @Override
  protected double lr(int group) {
    return base(group) * factors.get(group % factors.size()).applyAsDouble(epoch());
  }
}
