package dev.flambeau.optim.lrscheduler;

import dev.flambeau.optim.Optimizer;
import dev.flambeau.optim.ParamGroup;
import java.util.List;

/** One scheduler after the other, each from its milestone on. */
public final class SequentialLR extends Composite {
  /**
   * Begins with the first scheduler; {@code milestones} are the epochs at which each of the others begins.
   *
   * @throws IllegalArgumentException if there is not one milestone less than schedulers, they have different optimizers, or one after the first is made of others
   */
  public SequentialLR(Optimizer optimizer, List<LRScheduler> schedulers, List<Integer> milestones) {
    super(schedulers, "_milestones", List.copyOf(milestones), "last_epoch", 0);
    require(optimizer() == optimizer, "schedulers of this optimizer", "another's");
    require(milestones.size() == parts.size() - 1, (parts.size() - 1) + " milestones", milestones.size());
    long composites = parts.stream().skip(1).filter(Composite.class::isInstance).count();
    require(composites == 0, "single schedulers after the first", composites + " made of others");
    for (ParamGroup group : groups()) group.put("lr", group.number("initial_lr"));
    undo();
    parts.get(active()).beginAgain();
    keepLastLr();
  }

  private int active() {
    List<?> milestones = (List<?>) value("_milestones");
    int i = 0;
    while (i < milestones.size() && number(milestones, i) <= epoch()) i++;
    return i;
  }

  @Override
  public void step() {
    state.put("last_epoch", epoch() + 1);
    int i = active();
    if (i > 0 && number((List<?>) value("_milestones"), i - 1) == epoch()) parts.get(i).restart();
    else parts.get(i).step();
    keepLastLr();
  }
}
