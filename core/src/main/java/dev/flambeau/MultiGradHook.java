package dev.flambeau;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One hook on several tensors; what has arrived is counted for each backward by itself, so backwards of several threads do not mix. */
final class MultiGradHook {
  private static final class Arrived {
    final @Nullable Tensor[] gradients;
    int missing;

    Arrived(int tensors, int missing) {
      this.gradients = new Tensor[tensors];
      this.missing = missing;
    }
  }

  private MultiGradHook() {}

  static HookHandle all(List<Tensor> tensors, Consumer<List<@Nullable Tensor>> hook) {
    List<Node> nodes = tensors.stream().map(t -> Autograd.gradientEdge(t).node()).toList();
    Map<Long, Arrived> running = new HashMap<>();
    List<HookHandle> handles = new ArrayList<>();
    for (int i = 0; i < tensors.size(); i++) {
      int index = i;
      handles.add(tensors.get(i).registerHook(g -> {
        Arrived complete = arrive(running, nodes, index, g);
        if (complete != null) hook.accept(Arrays.asList(complete.gradients));
        return null;
      }));
    }
    return () -> handles.forEach(HookHandle::remove);
  }

  private static @Nullable Arrived arrive(Map<Long, Arrived> running, List<Node> nodes, int index, @Nullable Tensor g) {
    long id = Autograd.currentGraphTaskId();
    synchronized (running) {
      Arrived mine = running.get(id);
      if (mine == null) {
        mine = new Arrived(nodes.size(), (int) nodes.stream().filter(Autograd::willExecute).count());
        running.put(id, mine);
        Autograd.queueCallback(() -> {
          synchronized (running) {
            running.remove(id);
          }
        });
      }
      mine.gradients[index] = g;
      return --mine.missing == 0 ? mine : null;
    }
  }

  static HookHandle any(List<Tensor> tensors, Consumer<Tensor> hook) {
    Set<Long> called = new HashSet<>();
    List<HookHandle> handles = new ArrayList<>();
    for (Tensor t : tensors) {
      handles.add(t.registerHook(g -> {
        if (g != null && first(called)) hook.accept(g);
        return null;
      }));
    }
    return () -> handles.forEach(HookHandle::remove);
  }

  private static boolean first(Set<Long> called) {
    long id = Autograd.currentGraphTaskId();
    synchronized (called) {
      if (!called.add(id)) return false;
    }
    Autograd.queueCallback(() -> {
      synchronized (called) {
        called.remove(id);
      }
    });
    return true;
  }
}
