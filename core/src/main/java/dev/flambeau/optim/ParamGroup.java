package dev.flambeau.optim;

import dev.flambeau.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Parameters that are optimized with the same options. It can be told the options of any optimizer, and refuses those that its own does not have.
 */
public final class ParamGroup
    implements GroupOptions.OfSGD<ParamGroup>, GroupOptions.OfAdam<ParamGroup>, GroupOptions.OfRMSprop<ParamGroup>,
    GroupOptions.OfAdagrad<ParamGroup>, GroupOptions.OfAdadelta<ParamGroup> {
  private final Optimizer optimizer;
  private final List<Tensor> params;
  final Map<String, Object> options;

  ParamGroup(Optimizer optimizer, List<Tensor> params) {
    this.optimizer = optimizer;
    this.params = List.copyOf(params);
    this.options = new LinkedHashMap<>(optimizer.defaults());
  }

  /** The parameters, in the order given. */
  public List<Tensor> params() { return params; }

  @Override
  public void put(String name, Object value) {
    optimizer.check(name, value);
    options.put(name, value);
  }

  /** Keeps a number under a name that is not an option: what a scheduler must know about the group, such as {@code "initial_lr"}. */
  public void remember(String name, double value) { options.put(name, value); }

  /** Whether there is an option, or a number remembered, of this name. */
  public boolean has(String name) { return options.containsKey(name); }

  /** The option {@code name}, a number. */
  public double number(String name) { return ((Number) value(name)).doubleValue(); }

  /** The option {@code name}, true or false. */
  public boolean flag(String name) { return (boolean) value(name); }

  /** The option {@code name}, several numbers. */
  public List<Double> numbers(String name) {
    List<Double> numbers = new ArrayList<>();
    for (Object each : (List<?>) value(name)) numbers.add(((Number) Objects.requireNonNull(each)).doubleValue());
    return numbers;
  }

  /** The option {@code name}. */
  public Object value(String name) {
    Object value = options.get(name);
    if (value == null) throw optimizer.error("the group has no option " + name + "; it has " + options.keySet());
    return value;
  }
}
