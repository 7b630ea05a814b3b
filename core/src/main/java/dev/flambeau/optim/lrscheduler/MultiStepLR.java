package dev.flambeau.optim.lrscheduler;

import dev.flambeau.optim.Optimizer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Multiplies the learning rate by gamma at each of some epochs. */
public final class MultiStepLR extends LRScheduler {
  /** By 0.1 at {@code milestones}. */
  public MultiStepLR(Optimizer optimizer, int... milestones) {
    this(optimizer, Arrays.stream(milestones).boxed().toList(), 0.1);
  }

  /** By {@code gamma} at {@code milestones}; twice at one that is there twice. */
  public MultiStepLR(Optimizer optimizer, List<Integer> milestones, double gamma) {
    Map<Integer, Integer> counts = new TreeMap<>();
    for (int milestone : milestones) counts.merge(milestone, 1, Integer::sum);
    super(optimizer, "milestones", counts, "gamma", gamma);
    begin();
  }

  @Override
  protected double lr(int group) {
    int times = 0;
    for (Map.Entry<?, ?> milestone : ((Map<?, ?>) value("milestones")).entrySet()) { // of Long in a state from a file
      if (integer(milestone.getKey()) == epoch()) times = integer(milestone.getValue());
    }
    return current(group) * Math.pow(number("gamma"), times);
  }

  private static int integer(@Nullable Object number) {
    return ((Number) Objects.requireNonNull(number)).intValue();
  }
}
