package dev.flambeau;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/** Lets tensors that are saved be changed in place: just before a change, what was saved of that storage is copied. */
final class MutationGuard {
  private final Map<Object, List<WeakReference<SavedTensor>>> saved = new IdentityHashMap<>();
  private boolean open = true;

  static Scope open() {
    Modes modes = Modes.current();
    if (modes.mutation != null)
      throw new IllegalStateException("allowMutationOnSavedTensors does not nest; one scope is open already");
    MutationGuard guard = new MutationGuard();
    modes.mutation = guard;
    return () -> {
      guard.open = false;
      guard.saved.clear();
      modes.mutation = null;
    };
  }

  boolean isOpen() { return open; }

  void watch(SavedTensor tensor, Object data) {
    saved.computeIfAbsent(data, d -> new ArrayList<>()).add(new WeakReference<>(tensor));
  }

  static void beforeWrite(@Nullable MutationGuard guard, Object data) {
    if (guard == null) return;
    List<WeakReference<SavedTensor>> all = guard.saved.remove(data);
    if (all == null) return;
    for (WeakReference<SavedTensor> each : all) {
      SavedTensor tensor = each.get();
      if (tensor != null) tensor.preserve();
    }
  }
}
