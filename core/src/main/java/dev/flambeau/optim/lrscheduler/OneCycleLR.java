package dev.flambeau.optim.lrscheduler;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.flambeau.optim.Optimizer;
import dev.flambeau.optim.ParamGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One rise of the learning rate and a long fall, with the momentum (or beta1) against it
 * (<a href="https://arxiv.org/abs/1708.07120">Smith and Topin, 2017</a>). Steps once a batch. Options are set before the first step.
 */
public final class OneCycleLR extends LRScheduler {
  private final List<Object> momentumBefore = new ArrayList<>();
  private final Map<String, double[]> options = new HashMap<>();
  private boolean threePhase;

  /** Up to {@code maxLr} within {@code totalSteps} steps. */
  public OneCycleLR(Optimizer optimizer, double maxLr, int totalSteps) {
    this(optimizer, new double[] {maxLr}, totalSteps);
  }

  /** Up to {@code maxLr} within so many epochs of so many steps. */
  public OneCycleLR(Optimizer optimizer, double maxLr, int epochs, int stepsPerEpoch) {
    this(optimizer, maxLr, Math.multiplyExact(epochs, stepsPerEpoch));
  }

  /** The same with a maximum for each group. */
  public OneCycleLR(Optimizer optimizer, double[] maxLr, int totalSteps) {
    super(optimizer, "total_steps", totalSteps, "_anneal_func_type", "cos", "cycle_momentum", true, "use_beta1",
        optimizer.defaults().containsKey("betas"));
    require(totalSteps > 0, "at least one step", totalSteps);
    require(usesBeta1() || optimizer.defaults().containsKey("momentum"), "an optimizer with momentum or betas",
        optimizer.getClass().getSimpleName());
    for (ParamGroup group : groups()) momentumBefore.add(group.value(momentumName()));
    set("pctStart", 0.3).set("divFactor", 25).set("finalDivFactor", 1e4).set("baseMomentum", 0.85)
        .set("maxMomentum", 0.95)
        .set("maxLr", maxLr).prepare();
  }

  /** The part of the steps in which the learning rate rises; 0.3 unless set. */
  @CanIgnoreReturnValue
  public OneCycleLR pctStart(double part) {
    require(part >= 0 && part <= 1, "a part of [0, 1]", part);
    return set("pctStart", part).prepare();
  }

  /** How it rises and falls: {@code "cos"} or {@code "linear"}. */
  @CanIgnoreReturnValue
  public OneCycleLR annealStrategy(String strategy) {
    require(strategy.equals("cos") || strategy.equals("linear"), "\"cos\" or \"linear\"", strategy);
    state.put("_anneal_func_type", strategy);
    return prepare();
  }

  /** Whether momentum changes too. */
  @CanIgnoreReturnValue
  public OneCycleLR cycleMomentum(boolean cycles) {
    state.put("cycle_momentum", cycles);
    return prepare();
  }

  /** The momentum at the highest learning rate; 0.85 unless set. One number, or one for each group. */
  @CanIgnoreReturnValue
  public OneCycleLR baseMomentum(double... momentum) { return set("baseMomentum", momentum).prepare(); }

  /** The momentum at the lowest learning rate; 0.95 unless set. One number, or one for each group. */
  @CanIgnoreReturnValue
  public OneCycleLR maxMomentum(double... momentum) { return set("maxMomentum", momentum).prepare(); }

  /** The first learning rate is the highest divided by this; 25 unless set. */
  @CanIgnoreReturnValue
  public OneCycleLR divFactor(double factor) { return set("divFactor", factor).prepare(); }

  /** The last learning rate is the first divided by this; 10⁴ unless set. */
  @CanIgnoreReturnValue
  public OneCycleLR finalDivFactor(double factor) { return set("finalDivFactor", factor).prepare(); }

  /** Whether it falls in two phases: as long as it rose, to where it began, then to its end. */
  @CanIgnoreReturnValue
  public OneCycleLR threePhase(boolean three) {
    threePhase = three;
    return prepare();
  }

  private OneCycleLR set(String name, double... values) {
    requireOneOrForEach("values of " + name, values.length);
    options.put(name, values.clone());
    return this;
  }

  private double option(String name, int group) {
    double[] values = Objects.requireNonNull(options.get(name));
    return values[group % values.length];
  }

  private boolean usesBeta1() { return (boolean) value("use_beta1"); }

  private String momentumName() { return usesBeta1() ? "betas" : "momentum"; }

  private void setMomentum(ParamGroup group, double momentum) {
    group.put(momentumName(), usesBeta1() ? List.of(momentum, group.numbers("betas").get(1)) : (Object) momentum);
  }

  private OneCycleLR prepare() {
    if (state.containsKey("last_epoch") && epoch() > 0)
      throw new IllegalStateException("OneCycleLR: options must be set before the first step");
    double total = number("total_steps");
    double pctStart = option("pctStart", 0);
    Object rise = phase(pctStart * total - 1, "initial_lr", "max_lr", "max_momentum", "base_momentum");
    state.put("_schedule_phases", threePhase
        ? List.of(rise, phase(2 * pctStart * total - 2, "max_lr", "initial_lr", "base_momentum", "max_momentum"),
            phase(total - 1, "initial_lr", "min_lr", "max_momentum", "max_momentum"))
        : List.of(rise, phase(total - 1, "max_lr", "min_lr", "base_momentum", "max_momentum")));
    for (int i = 0; i < groups().size(); i++) {
      ParamGroup group = groups().get(i);
      double max = option("maxLr", i);
      double first = max / option("divFactor", 0);
      group.remember("initial_lr", first);
      group.remember("max_lr", max);
      group.remember("min_lr", first / option("finalDivFactor", 0));
      group.put(momentumName(), momentumBefore.get(i));
      if (!(boolean) value("cycle_momentum")) continue;
      setMomentum(group, option("maxMomentum", i));
      group.remember("max_momentum", option("maxMomentum", i));
      group.remember("base_momentum", option("baseMomentum", i));
    }
    begin();
    return this;
  }

  private static Map<String, Object> phase(double end, String startLr, String endLr, String startMomentum,
      String endMomentum) {
    Map<String, Object> phase = new LinkedHashMap<>(); // in this order in a file, always
    phase.put("end_step", end);
    phase.put("start_lr", startLr);
    phase.put("end_lr", endLr);
    phase.put("start_momentum", startMomentum);
    phase.put("end_momentum", endMomentum);
    return phase;
  }

  @Override
  protected double first(int group) { return lr(group); }

  @Override
  protected double lr(int index) {
    double total = number("total_steps");
    require(epoch() <= total, "at most " + total + " steps", epoch());
    ParamGroup group = groups().get(index);
    List<?> phases = (List<?>) value("_schedule_phases");
    int k = 0;
    double start = 0;
    while (k < phases.size() - 1 && epoch() > end(phases, k)) start = end(phases, k++);
    Map<?, ?> phase = (Map<?, ?>) phases.get(k);
    double part = (epoch() - start) / (end(phases, k) - start);
    if ((boolean) value("cycle_momentum")) setMomentum(group, between(group, phase, "momentum", part));
    return between(group, phase, "lr", part);
  }

  private static double end(List<?> phases, int k) {
    return ((Number) entry((Map<?, ?>) phases.get(k), "end_step")).doubleValue();
  }

  private static Object entry(Map<?, ?> phase, String name) { return Objects.requireNonNull(phase.get(name), name); }

  private double between(ParamGroup group, Map<?, ?> phase, String what, double part) {
    double from = group.number((String) entry(phase, "start_" + what));
    double to = group.number((String) entry(phase, "end_" + what));
    if (value("_anneal_func_type").equals("linear")) return (to - from) * part + from;
    return to + (from - to) / 2 * (Math.cos(Math.PI * part) + 1);
  }
}
