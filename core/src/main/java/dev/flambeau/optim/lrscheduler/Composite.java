package dev.flambeau.optim.lrscheduler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A scheduler made of others of one optimizer. */
abstract class Composite extends LRScheduler {
  final List<LRScheduler> parts;

  Composite(List<LRScheduler> schedulers, Object... options) {
    if (schedulers.isEmpty()) throw new IllegalArgumentException("expected at least one scheduler, got none");
    super(schedulers.getFirst().optimizer(), options);
    parts = List.copyOf(schedulers);
    for (LRScheduler part : parts) {
      require(part.optimizer() == optimizer(), "schedulers of one optimizer", "several");
      require(!(part instanceof ReduceLROnPlateau), "schedulers that need no measure", "ReduceLROnPlateau");
    }
  }

  @Override
  protected double lr(int group) { return current(group); }

  @Override
  void undo() {
    for (LRScheduler part : parts) part.undo();
  }

  @Override
  public Map<String, Object> stateDict() {
    Map<String, Object> all = super.stateDict();
    List<Object> states = new ArrayList<>();
    for (LRScheduler part : parts) states.add(part.stateDict());
    all.put("_schedulers", states);
    return all;
  }

  @Override
  @SuppressWarnings("unchecked")
  public void loadStateDict(Map<String, ?> stateDict) {
    List<?> states = stateDict.get("_schedulers") instanceof List<?> list ? list : List.of();
    require(states.size() == parts.size(), "the states of " + parts.size() + " schedulers", states.size());
    super.loadStateDict(stateDict);
    for (int i = 0; i < parts.size(); i++) parts.get(i).loadStateDict((Map<String, ?>) states.get(i));
  }
}
