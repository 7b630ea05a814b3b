package dev.flambeau;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one call of a {@link Function} passes from its forward to its backward. */
public final class Context {
  private final boolean[] needs;
  private final Set<Tensor> dirty = identitySet();
  private final Set<Tensor> nonDifferentiable = identitySet();
  private List<@Nullable Tensor> toSave = List.of();
  private boolean materializeGrads = true;
  private boolean clearOnAccess;
  private boolean accessed;
  private boolean sealed;
  private boolean savesAnything;
  private volatile @Nullable List<@Nullable SavedTensor> saved;
  private @Nullable FunctionNode node;

  Context(boolean[] needs) {
    this.needs = needs;
  }

  private static Set<Tensor> identitySet() { return Collections.newSetFromMap(new IdentityHashMap<>()); }

  /** Whether input {@code i} needs a gradient. */
  public boolean needsInputGrad(int i) { return needs[i]; }

  /** Keeps inputs, outputs or null for backward, where {@link #saved} gives them back. Replaces what an earlier call kept. */
  public void saveForBackward(@Nullable Tensor... tensors) {
    List<@Nullable Tensor> kept = new ArrayList<>();
    for (Tensor each : tensors) kept.add(each);
    toSave = kept;
  }

  /** Tells which inputs forward changed in place; it must return them. */
  public void markDirty(Tensor... inputs) { Collections.addAll(dirty, inputs); }

  /** Tells which outputs have no gradient, as indices do. */
  public void markNonDifferentiable(Tensor... outputs) { Collections.addAll(nonDifferentiable, outputs); }

  /** Whether backward gets zeros (the default) or null for outputs without a gradient. */
  public void setMaterializeGrads(boolean materialize) { materializeGrads = materialize; }

  /** Has {@link #savedTensors} free what it gives, so that memory is released while backward still runs; a second access is an error. */
  public void setClearSavedTensorsOnAccess(boolean clear) { clearOnAccess = clear; }

  /**
   * The {@code k}-th of the tensors kept; null where null was kept.
   *
   * @throws IllegalStateException if they were freed, or changed in place since
   */
  public Tensor saved(int k) { return unpack(all().get(k)); }

  /**
   * All tensors kept.
   *
   * @throws IllegalStateException if they were freed, or changed in place since
   */
  public Tensor[] savedTensors() {
    List<@Nullable SavedTensor> all = all();
    Tensor[] tensors = new Tensor[all.size()];
    for (int k = 0; k < tensors.length; k++) tensors[k] = unpack(all.get(k));
    if (clearOnAccess) {
      accessed = true;
      saved = null;
    }
    return tensors;
  }

  @SuppressWarnings("NullAway") // null where the user kept null
  private Tensor unpack(@Nullable SavedTensor one) { return one == null ? null : one.unpack(requireNonNull(node)); }

  private List<@Nullable SavedTensor> all() {
    if (!sealed)
      throw new IllegalStateException("saved tensors can be read in backward only; forward has them at hand");
    List<@Nullable SavedTensor> all = saved;
    if (all != null) return all;
    if (accessed) throw new IllegalStateException(
        "the saved tensors were freed when they were first read, as setClearSavedTensorsOnAccess asked; read them once");
    throw Errors.secondBackward();
  }

  boolean isDirty(Tensor x) { return dirty.contains(x); }

  boolean isNonDifferentiable(Tensor x) { return nonDifferentiable.contains(x); }

  Set<Tensor> dirty() { return dirty; }

  boolean materializesGrads() { return materializeGrads; }

  boolean isFreed() { return sealed && saved == null && !accessed; }

  /** Saves what was asked for, once the outputs belong to {@code node}. */
  void seal(FunctionNode node, Tensor[] outputs) {
    this.node = node;
    List<@Nullable SavedTensor> all = new ArrayList<>();
    for (Tensor x : toSave) all.add(x == null ? null : save(x, node, outputs));
    saved = all;
    savesAnything = !toSave.isEmpty();
    toSave = List.of();
    sealed = true;
  }

  private static SavedTensor save(Tensor x, FunctionNode node, Tensor[] outputs) {
    for (int k = outputs.length - 1; k >= 0; k--) {
      if (outputs[k] == x && x.cachedGradFn() == node) return SavedTensor.output(x, node, k);
    }
    return SavedTensor.input(x);
  }

  void free() {
    if (savesAnything) saved = null;
  }
}
