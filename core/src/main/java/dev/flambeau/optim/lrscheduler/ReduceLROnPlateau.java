package dev.flambeau.optim.lrscheduler;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.flambeau.optim.Optimizer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Multiplies the learning rate by a factor when a measure has not got better for some epochs. Options are set by methods that chain. */
public final class ReduceLROnPlateau extends LRScheduler {
  private boolean oneForAll = true;

  /** For a measure that should fall: by 0.1 after more than ten epochs without progress. */
  public ReduceLROnPlateau(Optimizer optimizer) {
    super(optimizer, "factor", 0.1, "min_lrs", Collections.nCopies(optimizer.paramGroups().size(), 0.0), "patience", 10,
        "cooldown", 0, "eps", 1e-8, "last_epoch", 0, "mode", "min", "threshold", 1e-4, "threshold_mode", "rel",
        "best", Double.POSITIVE_INFINITY, "cooldown_counter", 0, "num_bad_epochs", 0);
  }

  /** The optimum: {@code "min"} or {@code "max"}. */
  @CanIgnoreReturnValue
  public ReduceLROnPlateau mode(String mode) {
    require(mode.equals("min") || mode.equals("max"), "the mode \"min\" or \"max\"", mode);
    state.put("best", mode.equals("min") ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY);
    return with("mode", mode);
  }

  /** What learning rates are multiplied by, below 1. */
  @CanIgnoreReturnValue
  public ReduceLROnPlateau factor(double factor) {
    require(factor < 1, "a factor below 1", factor);
    return with("factor", factor);
  }

  /** How many epochs without progress are borne. */
  @CanIgnoreReturnValue
  public ReduceLROnPlateau patience(int epochs) { return with("patience", epochs); }

  /** What a measure must differ by to be better: a part of the best, or in {@code "abs"} mode a difference. */
  @CanIgnoreReturnValue
  public ReduceLROnPlateau threshold(double threshold, String thresholdMode) {
    require(thresholdMode.equals("rel") || thresholdMode.equals("abs"), "the mode \"rel\" or \"abs\"", thresholdMode);
    return with("threshold", threshold).with("threshold_mode", thresholdMode);
  }

  /** How many epochs after a reduction do not count. */
  @CanIgnoreReturnValue
  public ReduceLROnPlateau cooldown(int epochs) { return with("cooldown", epochs); }

  /** What no learning rate falls below: one number, or one for each group. */
  @CanIgnoreReturnValue
  public ReduceLROnPlateau minLr(double... minLr) {
    requireOneOrForEach("least rates", minLr.length);
    oneForAll = minLr.length == 1;
    return with("min_lrs",
        oneForAll ? Collections.nCopies(groups().size(), minLr[0]) : Arrays.stream(minLr).boxed().toList());
  }

  /** Reductions by less are not made. */
  @CanIgnoreReturnValue
  public ReduceLROnPlateau eps(double eps) { return with("eps", eps); }

  private ReduceLROnPlateau with(String name, Object value) {
    state.put(name, value);
    return this;
  }

  /** Not here: {@link #step(double)} needs the measure. */
  @Override
  public void step() {
    throw new UnsupportedOperationException("ReduceLROnPlateau: step needs the measure; call step(measure)");
  }

  @Override
  protected double lr(int group) { return current(group); }

  /** To the next epoch, with the measure of this one. */
  public void step(double measure) {
    boolean cooling = number("cooldown_counter") > 0;
    boolean better = isBetter(measure);
    if (better) state.put("best", measure);
    if (cooling) state.put("cooldown_counter", (int) number("cooldown_counter") - 1);
    int bad = better || cooling ? 0 : (int) number("num_bad_epochs") + 1;
    if (bad > number("patience")) {
      List<?> least = (List<?>) value("min_lrs");
      if (oneForAll && least.size() < groups().size()) // some were added
        state.put("min_lrs", Collections.nCopies(groups().size(), number(least, 0)));
      for (int i = 0; i < groups().size(); i++) {
        double lr = Math.max(current(i) * number("factor"), number((List<?>) value("min_lrs"), i));
        if (current(i) - lr > number("eps")) groups().get(i).put("lr", lr);
      }
      state.put("cooldown_counter", value("cooldown"));
      bad = 0;
    }
    state.put("num_bad_epochs", bad);
    state.put("last_epoch", epoch() + 1);
    keepLastLr();
  }

  private boolean isBetter(double measure) {
    double best = number("best");
    double sign = value("mode").equals("min") ? -1 : 1;
    double margin = value("threshold_mode").equals("abs") ? best + sign * number("threshold")
        : best * (1 + sign * number("threshold"));
    return sign < 0 ? measure < margin : measure > margin;
  }
}
