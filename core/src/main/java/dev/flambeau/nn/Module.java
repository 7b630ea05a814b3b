package dev.flambeau.nn;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.flambeau.DType;
import dev.flambeau.HookHandle;
import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A layer, or a network of layers, as in <a href="https://pytorch.org/docs/stable/generated/torch.nn.Module.html">torch.nn.Module</a>.
 *
 * <p>What belongs to it is found in its fields, in the order declared: a {@code Module} is a child, a {@link Tensor} is a parameter, or a buffer if it is
 * marked {@link Buffer}. Fields that are null, {@code static} or {@code transient} are left out, and tensors that were computed from parameters. What has no field of its own is added by {@code register}.
 * Names are PyTorch's: the field {@code runningMean} is {@code running_mean}.
 *
 * {@snippet :
 * class Net extends Module {
 *   final Linear hidden = new Linear(784, 256), out = new Linear(256, 10);
 *
 *   @Override public Tensor forward(Tensor x) { return out.apply(hidden.apply(x).relu()); }
 * }
 * }
 */
public abstract class Module {
  private boolean training = true;
  private final Map<String, Object> registered = new LinkedHashMap<>();
  private @Nullable ModuleHooks hooks;

  /** A buffer that was registered by name. */
  private record Registered(Tensor buffer) {}

  /** For subclasses, in training mode. */
  protected Module() {}

  // ---------------------------------------------------------------- what it computes

  /**
   * The result for {@code x}. Called by {@link #apply}, which also runs hooks.
   *
   * @throws UnsupportedOperationException if this module takes other inputs than one tensor
   */
  public Tensor forward(Tensor x) {
    throw new UnsupportedOperationException(
        name() + " has no forward of one tensor; see the apply methods that it has itself, or override forward");
  }

  /** Runs forward and the hooks around it. */
  public final Tensor apply(Tensor x) { return hooks == null ? forward(x) : call(in -> one(forward(in[0])), x)[0]; }

  /** Runs a forward step of any number of inputs and outputs, and the hooks around it; for the {@code apply} methods of subclasses. */
  protected final Tensor[] call(UnaryOperator<Tensor[]> forward, Tensor... inputs) {
    return hooks == null ? forward.apply(inputs) : hooks.call(this, forward, inputs);
  }

  /** An array of {@code x} alone. */
  protected static Tensor[] one(Tensor x) { return new Tensor[] {x}; }

  // ---------------------------------------------------------------- what belongs to it

  /** {@code x} as a parameter: it requires grad. */
  protected static Tensor parameter(Tensor x) { return x.requiresGrad_(); }

  /** Adds a child that has no field of its own. */
  @CanIgnoreReturnValue
  public <M extends Module> M register(String name, M child) {
    registered.put(checked(name), child);
    return child;
  }

  /** Adds a parameter that has no field of its own, and has it require grad. */
  @CanIgnoreReturnValue
  public Tensor register(String name, Tensor parameter) {
    registered.put(checked(name), parameter(parameter));
    return parameter;
  }

  /** Adds a buffer that has no field of its own. */
  @CanIgnoreReturnValue
  public Tensor registerBuffer(String name, Tensor buffer) {
    registered.put(checked(name), new Registered(buffer));
    return buffer;
  }

  private String checked(String name) {
    if (name.isEmpty() || name.indexOf('.') >= 0) {
      throw new IllegalArgumentException(
          "register: a name is not empty and has no dot, which separates names, but is \"" + name + "\"");
    }
    if (ModuleFields.has(getClass(), name)) {
      throw new IllegalArgumentException(
          "register: " + name() + " has a field of the name \"" + name + "\"; assign the field, or take another name");
    }
    return name;
  }

  /** Takes away what was registered under this name. */
  void unregister(String name) { registered.remove(name); }

  /** Its own children by name. */
  public Map<String, Module> namedChildren() {
    Map<String, Module> children = new LinkedHashMap<>();
    ModuleFields.visit(this, Module.class, false, children::put);
    registered.forEach((name, value) -> {
      if (value instanceof Module child) children.put(name, child);
    });
    return children;
  }

  /** Its own children, each once. */
  public List<Module> children() {
    Set<Module> each = Collections.newSetFromMap(new IdentityHashMap<>());
    return namedChildren().values().stream().filter(each::add).toList();
  }

  /** Its own parameters by name, without those of its children. */
  private Map<String, Tensor> ownParameters() {
    Map<String, Tensor> own = new LinkedHashMap<>();
    ModuleFields.visit(this, Tensor.class, false, own::put);
    registered.forEach((name, value) -> {
      if (value instanceof Tensor parameter) own.put(name, parameter);
    });
    return own;
  }

  private Map<String, Tensor> ownBuffers() {
    Map<String, Tensor> own = new LinkedHashMap<>();
    ModuleFields.visit(this, Tensor.class, true, own::put);
    registered.forEach((name, value) -> {
      if (value instanceof Registered entry) own.put(name, entry.buffer);
    });
    return own;
  }

  /** This module and all modules below it, by their path, each once: itself, under the empty name, first. */
  public Map<String, Module> namedModules() {
    Map<String, Module> found = new LinkedHashMap<>();
    collect("", this, found, identitySet(), true);
    return found;
  }

  /** Modules below {@code module} in order; a module met again is left out, or taken again unless it contains itself. */
  private static void collect(String path, Module module, Map<String, Module> found, Set<Object> seen, boolean once) {
    if (!seen.add(module)) return;
    found.put(path, module);
    module.namedChildren().forEach((name, child) -> collect(joined(path, name), child, found, seen, once));
    if (!once) seen.remove(module);
  }

  private static String joined(String path, String name) { return path.isEmpty() ? name : path + "." + name; }

  private static Set<Object> identitySet() { return Collections.newSetFromMap(new IdentityHashMap<>()); }

  /** This module and all modules below it, each once. */
  public List<Module> modules() { return List.copyOf(namedModules().values()); }

  /** The parameters of all modules, by their path, each once. */
  public Map<String, Tensor> namedParameters() { return named(Module::ownParameters); }

  /** The parameters of all modules, each once. */
  public List<Tensor> parameters() { return List.copyOf(namedParameters().values()); }

  /** The buffers of all modules, by their path, each once. */
  public Map<String, Tensor> namedBuffers() { return named(Module::ownBuffers); }

  /** The buffers of all modules, each once. */
  public List<Tensor> buffers() { return List.copyOf(namedBuffers().values()); }

  private Map<String, Tensor> named(java.util.function.Function<Module, Map<String, Tensor>> own) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    Set<Object> seen = identitySet();
    namedModules().forEach((path, module) -> own.apply(module).forEach((name, tensor) -> {
      if (seen.add(tensor)) all.put(joined(path, name), tensor);
    }));
    return all;
  }

  // ---------------------------------------------------------------- its state

  /** Parameters and persistent buffers by their path: detached, sharing their elements with this module. */
  public Map<String, Tensor> stateDict() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    entries().forEach((key, tensor) -> state.put(key, tensor.detach()));
    return state;
  }

  private Map<String, Tensor> entries() {
    Map<String, Tensor> all = new LinkedHashMap<>();
    Map<String, Module> modules = new LinkedHashMap<>();
    collect("", this, modules, identitySet(), false);
    modules.forEach((path, module) -> {
      module.ownParameters().forEach((name, tensor) -> all.put(joined(path, name), tensor));
      List<String> passing = ModuleFields.passing(module);
      module.ownBuffers().forEach((name, tensor) -> {
        if (!passing.contains(name)) all.put(joined(path, name), tensor);
      });
    });
    return all;
  }

  /**
   * Takes over the elements of {@code state}, whose keys must be those of {@link #stateDict}.
   *
   * @throws IllegalArgumentException if keys are missing or unexpected, or a shape differs; nothing was changed then
   */
  @CanIgnoreReturnValue
  public IncompatibleKeys loadStateDict(Map<String, Tensor> state) { return loadStateDict(state, true); }

  /**
   * Takes over the elements of {@code state}.
   *
   * @param strict whether keys must be those of {@link #stateDict}; else those in common are taken
   * @return the keys not in common
   * @throws IllegalArgumentException if {@code strict} and there are such keys, or a shape differs; nothing was changed then
   */
  @CanIgnoreReturnValue
  public IncompatibleKeys loadStateDict(Map<String, Tensor> state, boolean strict) {
    Map<String, Tensor> mine = entries();
    IncompatibleKeys keys = new IncompatibleKeys(mine.keySet().stream().filter(k -> state.get(k) == null).toList(),
        state.keySet().stream().filter(k -> !mine.containsKey(k)).toList());
    List<String> faults = new ArrayList<>();
    if (strict && !keys.missing().isEmpty()) faults.add("missing keys " + shortened(keys.missing()));
    if (strict && !keys.unexpected().isEmpty()) faults.add("unexpected keys " + shortened(keys.unexpected()));
    mine.forEach((key, tensor) -> {
      Tensor given = state.get(key);
      if (given != null && !Arrays.equals(given.shape(), tensor.shape())) {
        faults.add("\"" + key + "\" has shape " + Arrays.toString(given.shape()) + " in the state dict, but "
            + Arrays.toString(tensor.shape()) + " here");
      }
    });
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException("loadStateDict: the state dict does not fit " + name() + ": "
          + String.join("; ", faults)
          + (strict ? "; loadStateDict(state, false) takes what both have, if shapes agree" : ""));
    }
    try (var _ = Torch.noGrad()) {
      mine.forEach((key, tensor) -> {
        Tensor given = state.get(key);
        if (given != null) tensor.copy_(given);
      });
    }
    return keys;
  }

  private static String shortened(List<String> keys) {
    return keys.size() <= 8 ? keys.toString()
        : keys.subList(0, 8).toString().replace("]", ", … " + (keys.size() - 8) + " more]");
  }

  /** Calls {@code action} with every module below this one, in the order declared, each after those below it; last with this one. */
  @CanIgnoreReturnValue
  public Module apply(Consumer<Module> action) {
    for (Module child : children()) child.apply(action);
    action.accept(this);
    return this;
  }

  /** Training mode, in which dropout drops and batch norm measures. */
  @CanIgnoreReturnValue
  public Module train() { return train(true); }

  /** Evaluation mode. */
  @CanIgnoreReturnValue
  public Module eval() { return train(false); }

  /** Training mode, or evaluation mode, for this module and all below it. */
  @CanIgnoreReturnValue
  public Module train(boolean mode) {
    for (Module module : modules()) module.training = mode;
    return this;
  }

  /** Sets the mode of this module alone. */
  void setTraining(boolean mode) { training = mode; }

  /** Whether it is in training mode. */
  public boolean isTraining() { return training; }

  /**
   * Converts parameters and buffers of real numbers, and the parameters' gradients, in their place.
   *
   * @throws IllegalArgumentException if {@code dtype} is not of real numbers
   */
  @CanIgnoreReturnValue
  public Module to(DType dtype) {
    if (!dtype.isFloatingPoint()) throw new IllegalArgumentException(
        "to: layers compute with real numbers, but " + dtype.torchName() + " are not; take FLOAT32 or FLOAT64");
    for (Tensor parameter : parameters()) {
      if (!parameter.isFloatingPoint()) continue;
      Tensor grad = parameter.isLeaf() ? parameter.grad() : null;
      parameter.grad(null);
      parameter.data(parameter.data().to(dtype));
      if (grad != null) parameter.grad(grad.to(dtype));
    }
    for (Tensor buffer : buffers()) if (buffer.isFloatingPoint()) buffer.data(buffer.data().to(dtype));
    return this;
  }

  /** Clears the gradients of all parameters. */
  public void zeroGrad() { for (Tensor parameter : parameters()) parameter.grad(null); }

  /** Has all parameters require grad, or not. */
  @CanIgnoreReturnValue
  public Module requiresGrad_(boolean wanted) {
    for (Tensor parameter : parameters()) parameter.requiresGrad_(wanted);
    return this;
  }

  /** Has no parameter learn any more. */
  @CanIgnoreReturnValue
  public Module freeze() { return requiresGrad_(false); }

  // ---------------------------------------------------------------- hooks

  /** Whether hooks were ever registered. */
  boolean isHooked() { return hooks != null; }

  private ModuleHooks hooks() {
    if (hooks == null) hooks = new ModuleHooks();
    return hooks;
  }

  /** Calls {@code hook} before every forward step, with its inputs. */
  @CanIgnoreReturnValue
  public HookHandle registerForwardPreHook(ModuleHook hook) { return ModuleHooks.add(hooks().beforeForward, hook); }

  /** Calls {@code hook} after every forward step, with its outputs, and its inputs. */
  @CanIgnoreReturnValue
  public HookHandle registerForwardHook(ModuleHook hook) { return ModuleHooks.add(hooks().afterForward, hook); }

  /** Calls {@code hook} in every backward step before this module's part of it, with the gradients of its outputs. */
  @CanIgnoreReturnValue
  public HookHandle registerFullBackwardPreHook(ModuleHook hook) {
    return ModuleHooks.add(hooks().beforeBackward, hook);
  }

  /** Calls {@code hook} in every backward step after this module's part of it, with the gradients of its inputs, and of its outputs. */
  @CanIgnoreReturnValue
  public HookHandle registerFullBackwardHook(ModuleHook hook) { return ModuleHooks.add(hooks().afterBackward, hook); }

  // ---------------------------------------------------------------- as text

  /** The name in {@link #toString}. */
  protected String name() { return getClass().getSimpleName(); }

  /** What {@link #toString} tells of this layer besides its name and its children. */
  protected String extraRepr() { return ""; }

  /** As PyTorch prints it. */
  @Override
  public String toString() {
    List<String> lines = new ArrayList<>();
    String extra = extraRepr();
    if (!extra.isEmpty()) lines.addAll(extra.lines().toList());
    Map<String, String> parts = childrenAsText();
    parts.forEach((label, text) -> lines.add(label + ": " + text.replace("\n", "\n  ")));
    if (lines.isEmpty()) return name() + "()";
    if (lines.size() == 1 && parts.isEmpty()) return name() + "(" + lines.getFirst() + ")";
    return name() + "(\n  " + String.join("\n  ", lines) + "\n)";
  }

  Map<String, String> childrenAsText() {
    Map<String, String> parts = new LinkedHashMap<>();
    namedChildren().forEach((name, child) -> parts.put("(" + name + ")", child.toString()));
    return parts;
  }
}
