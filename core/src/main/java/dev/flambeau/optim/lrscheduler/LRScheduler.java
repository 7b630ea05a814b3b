package dev.flambeau.optim.lrscheduler;

import dev.flambeau.optim.Optimizer;
import dev.flambeau.optim.ParamGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Changes an optimizer's learning rates from epoch to epoch, each from the one before, as in
 * <a href="https://pytorch.org/docs/stable/optim.html#how-to-adjust-learning-rate">torch.optim.lr_scheduler</a>. Call {@link #step} after the optimizer's.
 */
public abstract class LRScheduler {
  private final Optimizer optimizer;
  /** Options and progress by PyTorch's names. */
  final Map<String, Object> state = new LinkedHashMap<>();
  private boolean initial;

  /** A scheduler that does nothing yet, with options given as pairs of name and value. */
  LRScheduler(Optimizer optimizer, Object... options) {
    this.optimizer = optimizer;
    for (int i = 0; i < options.length; i += 2) state.put((String) options[i], options[i + 1]);
    keepLastLr();
  }

  /** The learning rate of group {@code group} for {@link #epoch}, from its present one or from {@link #base}. */
  protected abstract double lr(int group);

  /** The learning rate with which the group begins. */
  protected double first(int group) { return base(group); }

  /** Notes the learning rates that there are, and sets those of epoch 0. Constructors end with it. */
  protected final void begin() {
    List<Double> bases = new ArrayList<>();
    for (ParamGroup group : groups()) {
      if (!group.has("initial_lr")) group.remember("initial_lr", group.number("lr"));
      bases.add(group.number("initial_lr"));
    }
    state.put("base_lrs", bases);
    state.put("last_epoch", -1);
    beginAgain();
  }

  final void beginAgain() {
    state.put("_step_count", 0);
    initial = true;
    step();
    initial = false;
  }

  /** To the next epoch. */
  public void step() {
    state.merge("_step_count", 1, (n, one) -> ((Number) n).intValue() + (int) one);
    state.put("last_epoch", epoch() + 1);
    setLrs(false);
  }

  /** Computes all learning rates, then sets them. */
  final void setLrs(boolean toFirst) {
    List<Double> lrs = new ArrayList<>();
    for (int i = 0; i < groups().size(); i++) lrs.add(toFirst ? first(i) : lr(i));
    for (int i = 0; i < lrs.size(); i++) groups().get(i).remember("lr", lrs.get(i));
    keepLastLr();
  }

  /** To epoch 0, now. */
  void restart() {
    state.put("last_epoch", 0);
    setLrs(true);
  }

  /** Takes back the step that {@link #begin} made. */
  void undo() { state.put("last_epoch", epoch() - 1); }

  final void keepLastLr() { state.put("_last_lr", groups().stream().map(g -> g.number("lr")).toList()); }

  /** The learning rate of each group. */
  @SuppressWarnings("unchecked")
  public final List<Double> getLastLr() { return (List<Double>) value("_last_lr"); }

  /** Options and progress by PyTorch's names. */
  public Map<String, Object> stateDict() { return new LinkedHashMap<>(state); }

  /**
   * Takes over what {@link #stateDict} gave, or PyTorch's. The optimizer's learning rates are in its own state.
   *
   * @throws IllegalArgumentException if it is not the state of a scheduler
   */
  public void loadStateDict(Map<String, ?> stateDict) {
    require(stateDict.containsKey("_last_lr"), "a scheduler's state with _last_lr", stateDict.keySet());
    state.replaceAll((name, mine) -> Objects.requireNonNullElse(stateDict.get(name), mine));
  }

  /** The optimizer. */
  public final Optimizer optimizer() { return optimizer; }

  final List<ParamGroup> groups() { return optimizer.paramGroups(); }

  /** The epoch, from 0. */
  protected final int epoch() { return (int) number("last_epoch"); }

  /** Whether the learning rates of epoch 0 are being set. */
  protected final boolean isInitial() { return initial; }

  /** The present learning rate of a group. */
  protected final double current(int group) { return groups().get(group).number("lr"); }

  /** The learning rate that a group had before it was scheduled. */
  protected final double base(int group) { return number((List<?>) value("base_lrs"), group); }

  final double number(String name) { return ((Number) value(name)).doubleValue(); }

  final double number(List<?> list, int i) {
    require(i < list.size(), "the " + list.size() + " groups that there were when it was made", groups().size());
    return ((Number) Objects.requireNonNull(list.get(i))).doubleValue();
  }

  final Object value(String name) { return Objects.requireNonNull(state.get(name), name); }

  final void require(boolean holds, String expected, Object came) {
    if (!holds) throw error("expected " + expected + ", got " + came);
  }

  /** Options are one for all groups, or one for each. */
  final void requireOneOrForEach(String what, int count) {
    require(count == 1 || count == groups().size(), groups().size() + " " + what + ", or 1", count);
  }

  final IllegalArgumentException error(String problem) {
    return new IllegalArgumentException(getClass().getSimpleName() + ": " + problem);
  }
}
