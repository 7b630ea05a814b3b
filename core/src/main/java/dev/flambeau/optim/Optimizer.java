package dev.flambeau.optim;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Changes parameters by their gradients, as in <a href="https://pytorch.org/docs/stable/optim.html">torch.optim</a>.
 *
 * <p>Options are set by methods that chain, on the optimizer or on a group: {@code new SGD(body, 1e-2).momentum(0.9)}, then
 * {@code optimizer.addParamGroup(head).lr(1e-3)}. A group begins with the optimizer's options.
 *
 * <p>A parameter whose {@code grad()} is null is left alone.
 */
public abstract class Optimizer {
  /** What one step does to a parameter, given its gradient and its state. */
  @FunctionalInterface
  protected interface Update {
    /** Changes {@code parameter}, and {@code state}, which is empty before the first step. The gradient is lent: what is kept of it must be a clone. */
    void apply(Tensor parameter, Tensor gradient, Map<String, Object> state);
  }

  private final Map<String, Object> defaults;
  private final List<ParamGroup> groups = new ArrayList<>();
  private final Map<Tensor, Map<String, Object>> state = new IdentityHashMap<>();

  /**
   * An optimizer of {@code params}.
   *
   * @param defaults the options by PyTorch's names, in PyTorch's order
   */
  protected Optimizer(Iterable<Tensor> params, Map<String, Object> defaults) {
    this.defaults = defaults;
    defaults.forEach(this::check);
    addParamGroup(params);
  }

  /** Pairs of name and value as a map in this order. */
  protected static Map<String, Object> options(Object... namesAndValues) {
    Map<String, Object> options = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) options.put((String) namesAndValues[i], namesAndValues[i + 1]);
    return options;
  }

  /** What a step does to the parameters of {@code group}, with its options as they are now; changes nothing yet. */
  protected abstract Update update(ParamGroup group);

  /**
   * Adds parameters, with the optimizer's options until they get others.
   *
   * @return the group, to set options on
   * @throws IllegalArgumentException if there are none, or one is not a leaf, or is optimized here already
   */
  @CanIgnoreReturnValue
  public ParamGroup addParamGroup(Iterable<Tensor> params) {
    List<Tensor> list = new ArrayList<>();
    Set<Tensor> known = Collections.newSetFromMap(new IdentityHashMap<>());
    for (ParamGroup group : groups) known.addAll(group.params());
    for (Tensor p : params) {
      if (p == null) throw error("parameter " + list.size() + " is null; it must be a tensor");
      if (!p.isLeaf() && !p.retainsGrad()) throw error("parameter " + list.size() + " was made by " + p.gradFn()
          + ", but only leaves can be optimized; pass the tensors that it was made from");
      if (!known.add(p)) throw error("parameter " + list.size() + " appears twice; list each parameter once");
      list.add(p);
    }
    if (list.isEmpty()) throw error("expected parameters, but there are none; was a generator used up?");
    ParamGroup group = new ParamGroup(this, list);
    groups.add(group);
    return group;
  }

  /** The groups: the parameters given first, then those of {@link #addParamGroup}. */
  public final List<ParamGroup> paramGroups() { return Collections.unmodifiableList(groups); }

  /** The options that new groups begin with. */
  public final Map<String, Object> defaults() { return Collections.unmodifiableMap(defaults); }

  /** Sets an option by PyTorch's name for it, here and in all groups. */
  public void put(String name, Object value) {
    check(name, value);
    defaults.put(name, value);
    for (ParamGroup group : groups) group.options.put(name, value);
  }

  /** Changes each parameter by its gradient. */
  public void step() {
    List<Update> updates = new ArrayList<>(groups.size());
    for (ParamGroup group : groups) updates.add(update(group));
    for (int i = 0; i < groups.size(); i++) {
      Update update = updates.get(i);
      for (Tensor p : groups.get(i).params()) p.lendGrad(gradient -> update.apply(p, gradient, state(p)));
    }
  }

  /** Computes loss and gradients anew by {@code closure}, then changes each parameter; gives that loss. */
  @CanIgnoreReturnValue
  public Tensor step(Supplier<Tensor> closure) {
    Tensor loss = Torch.enableGrad(closure);
    step();
    return loss;
  }

  /** Forgets all gradients. */
  public void zeroGrad() { zeroGrad(true); }

  /** Forgets all gradients, or fills them with zeros. */
  public void zeroGrad(boolean setToNone) {
    for (ParamGroup group : groups) {
      for (Tensor p : group.params()) {
        if (setToNone) p.grad(null);
        else p.lendGrad(gradient -> p.grad(Torch.noGrad(() -> gradient.detach().zero_())));
      }
    }
  }

  /** What is kept for {@code parameter} from step to step, by PyTorch's names. */
  protected final Map<String, Object> state(Tensor parameter) {
    return state.computeIfAbsent(parameter, _ -> new LinkedHashMap<>());
  }

  /** A tensor like {@code parameter} that {@code state} has under {@code name}, at first all zeros. */
  protected static Tensor buffer(Map<String, Object> state, String name, Tensor parameter) {
    return buffer(state, name, parameter, 0);
  }

  static Tensor buffer(Map<String, Object> state, String name, Tensor parameter, double initial) {
    return (Tensor) state.computeIfAbsent(name, _ -> Torch.noGrad(() -> parameter.detach().clone().fill_(initial)));
  }

  /** Counts a step in {@code state}, from 1. */
  protected static double count(Map<String, Object> state) {
    Tensor step = (Tensor) state.computeIfAbsent("step", _ -> Torch.zeros());
    return step.add_(1).item();
  }

  /**
   * Options and state in the structure and by the names of {@code torch.optim}: {@code {"state": {0: {"momentum_buffer": tensor}},
   * "param_groups": [{"lr": 0.1, …, "params": [0, 1]}]}}. The tensors are those in use, not copies.
   */
  public Map<String, Object> stateDict() {
    Map<Integer, Object> states = new LinkedHashMap<>();
    List<Object> packed = new ArrayList<>();
    int next = 0;
    for (ParamGroup group : groups) {
      List<Integer> numbers = new ArrayList<>();
      for (Tensor p : group.params()) {
        Map<String, Object> kept = state.get(p);
        if (kept != null && !kept.isEmpty()) states.put(next, new LinkedHashMap<>(kept));
        numbers.add(next++);
      }
      Map<String, @Nullable Object> entries = new LinkedHashMap<>();
      group.options.forEach((name, value) -> entries.put(name, value.equals("") ? null : value));
      entries.put("params", numbers);
      packed.add(entries);
    }
    return options("state", states, "param_groups", packed);
  }

  /**
   * Takes over options and a copy of the state from {@link #stateDict} or from PyTorch.
   *
   * @throws IllegalArgumentException if groups, their sizes, options or shapes do not fit; then nothing was changed
   */
  public void loadStateDict(Map<String, ?> stateDict) {
    List<?> packed = entry(stateDict, "param_groups", List.class);
    Map<?, ?> states = entry(stateDict, "state", Map.class);
    if (packed.size() != groups.size()) throw error("loadStateDict: expected " + groups.size()
        + " parameter groups, but the state has " + packed.size() + "; add the same groups first");
    List<Map<String, Object>> options = new ArrayList<>();
    Map<Long, Tensor> owners = new HashMap<>();
    Map<Tensor, Map<String, Object>> loaded = new IdentityHashMap<>();
    try {
      for (int i = 0; i < groups.size(); i++) options.add(unpack((Map<?, ?>) packed.get(i), groups.get(i), i, owners));
      states.forEach((number, kept) -> {
        Tensor owner = owners.get(((Number) number).longValue());
        if (owner == null)
          throw error("loadStateDict: there is state of parameter " + number + ", which is in no group");
        Map<String, Object> mine = new LinkedHashMap<>();
        ((Map<?, ?>) kept).forEach((name, value) -> {
          if (value != null) mine.put((String) name, copied(owner, (String) name, value));
        });
        loaded.put(owner, mine);
      });
    } catch (ClassCastException | NullPointerException e) {
      throw new IllegalArgumentException(error("loadStateDict: it is not the state of an optimizer").getMessage(), e);
    }
    for (int i = 0; i < groups.size(); i++) groups.get(i).options.putAll(options.get(i));
    state.clear();
    state.putAll(loaded);
  }

  private <T> T entry(Map<String, ?> stateDict, String name, Class<T> type) {
    Object value = stateDict.get(name);
    if (type.isInstance(value)) return type.cast(value);
    throw error("loadStateDict: expected a state dict with \"state\" and \"param_groups\", but its keys are "
        + stateDict.keySet());
  }

  private Map<String, Object> unpack(Map<?, ?> entries, ParamGroup group, int number, Map<Long, Tensor> owners) {
    Map<String, Object> unpacked = new LinkedHashMap<>();
    List<?> numbers = entries.get("params") instanceof List<?> list ? list : List.of();
    if (numbers.size() != group.params().size()) {
      throw error("loadStateDict: group " + number + " has " + group.params().size() + " parameters, but the state has "
          + numbers.size() + " for it; groups must be made of the same parameters");
    }
    for (int k = 0; k < numbers.size(); k++) owners.put(((Number) numbers.get(k)).longValue(), group.params().get(k));
    entries.forEach((key, given) -> {
      String name = (String) Objects.requireNonNull(key);
      Object value = given instanceof Object[] tuple ? List.of(tuple) : given;
      if (value == null && defaults.get(name) instanceof String) value = "";
      if (value == null || name.equals("params")) return;
      boolean scheduled = name.equals("lr") && value instanceof Number; // which may have gone below 0
      if (defaults.containsKey(name) && !scheduled) check(name, value);
      unpacked.put(name, value);
    });
    return unpacked;
  }

  private Object copied(Tensor owner, String name, Object value) {
    if (value instanceof List<?> list) return new ArrayList<>(list.stream().map(v -> copied(owner, name, v)).toList());
    if (name.equals("step") && value instanceof Number steps) return Torch.tensor(steps.doubleValue()); // before 1.12
    if (!(value instanceof Tensor tensor)) return value;
    if (tensor.dim() > 0 && !fits(owner, tensor)) {
      throw error("loadStateDict: " + name + " has shape " + Arrays.toString(tensor.shape())
          + ", which does not fit a parameter of "
          + owner.numel() + " elements");
    }
    return Torch.noGrad(() -> tensor.detach().to(name.equals("step") ? tensor.dtype() : owner.dtype()).clone());
  }

  /** Whether {@code kept} may be part of the state of {@code owner}. */
  boolean fits(Tensor owner, Tensor kept) { return Arrays.equals(kept.shape(), owner.shape()); }

  void check(String name, Object value) {
    Object known = defaults.get(name);
    if (known == null) throw error("there is no option " + name + "; the options are " + defaults.keySet());
    boolean sameKind = switch (known) {
      case Number _ -> value instanceof Number;
      case Boolean _ -> value instanceof Boolean;
      case List<?> list -> value instanceof List<?> other && other.size() == list.size();
      default -> value instanceof String;
    };
    String range = switch (value) {
      case Number n when name.equals("rho") && !(n.doubleValue() <= 1) -> "at most 1";
      case Number n when !name.equals("dampening") && !(n.doubleValue() >= 0) -> "at least 0";
      case List<?> betas when !betas.stream()
          .allMatch(b -> b instanceof Number n && n.doubleValue() >= 0 && n.doubleValue() < 1) -> "numbers of [0, 1)";
      case String search when !search.isEmpty() && !search.equals("strong_wolfe") ->
          "\"strong_wolfe\", or \"\" for none";
      default -> "";
    };
    if (!sameKind || !range.isEmpty()) {
      throw error(name + " must be " + (range.isEmpty() ? "of the kind of " + known : range) + ", but is " + value);
    }
  }

  IllegalArgumentException error(String problem) {
    return new IllegalArgumentException(getClass().getSimpleName() + ": " + problem);
  }
}
