package dev.flambeau;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.flambeau.array.Shape;
import dev.flambeau.graph.GraphTask;
import dev.flambeau.graph.Vertex;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A node of the backward graph: what {@link Tensor#gradFn} gives, as in
 * <a href="https://pytorch.org/docs/stable/generated/torch.autograd.graph.Node.html">torch.autograd.graph.Node</a>.
 */
public abstract class Node extends Vertex<Tensor> {
  /** Hooks, made when the first is registered. */
  private static final class Hooks {
    final List<UnaryOperator<@Nullable Tensor>>[] tensor;
    final @Nullable WeakReference<Tensor>[] retaining;
    final List<UnaryOperator<@Nullable List<@Nullable Tensor>>> pre = new CopyOnWriteArrayList<>();
    final List<BinaryOperator<@Nullable List<@Nullable Tensor>>> post = new CopyOnWriteArrayList<>();

    @SuppressWarnings({"unchecked", "rawtypes"})
    Hooks(int slots) {
      tensor = new List[slots];
      for (int i = 0; i < slots; i++) tensor[i] = new CopyOnWriteArrayList<>();
      retaining = new WeakReference[slots];
    }
  }

  private volatile @Nullable Hooks hooks;
  private @Nullable Map<String, Object> metadata;
  private Anomaly.@Nullable Trace trace;

  Node(long sequenceNr) {
    super(sequenceNr);
  }

  /** PyTorch's name of the node, as in {@code AddBackward0}. */
  public abstract String name();

  /** Shape of the gradient in {@code slot}. */
  abstract Shape shape(int slot);

  /** Dtype of the gradient in {@code slot}. */
  abstract DType dtype(int slot);

  /** Whether gradients are taken as they are, whatever their dtype. */
  boolean takesAnyDtype() { return false; }

  /** The gradients of the inputs, not yet fitted to their shapes. */
  abstract @Nullable Tensor[] compute(@Nullable Tensor[] gradients, @Nullable GraphTask<Tensor> task);

  @Override
  public abstract @Nullable Node next(int i);

  /** Where the gradients of the inputs go, in the order of the inputs. */
  public List<Edge> nextFunctions() {
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < edges(); i++) edges.add(new Edge(next(i), nextSlot(i)));
    return edges;
  }

  /** Shape and dtype of each gradient taken. */
  public List<Metadata> inputMetadata() {
    List<Metadata> all = new ArrayList<>();
    for (int i = 0; i < slots(); i++) all.add(new Metadata(shape(i), dtype(i)));
    return all;
  }

  /** A place for the user's own notes on this node. */
  public synchronized Map<String, Object> metadata() {
    if (metadata == null) metadata = new HashMap<>();
    return metadata;
  }

  /**
   * Runs this node alone.
   *
   * @param gradients one for each output of the forward step, null where there is none
   * @return one for each input of the forward step
   * @throws IllegalArgumentException if there are too few or too many gradients
   */
  public List<@Nullable Tensor> call(@Nullable Tensor... gradients) {
    checkCount(gradients.length, "gradients");
    return Arrays.asList(runAll(gradients.clone(), null));
  }

  private void checkCount(int count, String what) {
    if (count != slots())
      throw Errors.argument(name(), "expected " + slots() + " " + what + ", one for each output, but got " + count);
  }

  /**
   * Calls {@code hook} with the gradients that this node takes, before it runs; it may give others instead, or null to leave them.
   */
  @CanIgnoreReturnValue
  public HookHandle registerPrehook(UnaryOperator<@Nullable List<@Nullable Tensor>> hook) {
    Hooks mine = hooks();
    mine.pre.add(hook);
    return () -> mine.pre.remove(hook);
  }

  /**
   * Calls {@code hook} with the gradients that this node gave and those that it took, after it ran; it may give others instead of the first, or null.
   */
  @CanIgnoreReturnValue
  public HookHandle registerHook(BinaryOperator<@Nullable List<@Nullable Tensor>> hook) {
    Hooks mine = hooks();
    mine.post.add(hook);
    return () -> mine.post.remove(hook);
  }

  HookHandle addTensorHook(int slot, UnaryOperator<@Nullable Tensor> hook) {
    List<UnaryOperator<@Nullable Tensor>> list = hooks().tensor[slot];
    // Two registrations of one hook are two hooks, so each gets an identity of its own.
    UnaryOperator<@Nullable Tensor> own = g -> hook.apply(g);
    list.add(own);
    return () -> list.remove(own);
  }

  void retain(int slot, @Nullable Tensor tensor) {
    hooks().retaining[slot] = tensor == null ? null : new WeakReference<>(tensor);
  }

  private synchronized Hooks hooks() {
    Hooks mine = hooks;
    if (mine == null) {
      mine = new Hooks(slots());
      hooks = mine;
    }
    return mine;
  }

  /**
   * The tensors that this node keeps for backward: a saved input is the object that was given, a saved output a new object on its storage.
   *
   * @throws IllegalStateException if they were freed, or changed in place since
   */
  public List<Tensor> savedTensors() { return List.of(); }

  void free() { release(); }

  void keepTrace(Anomaly.Trace trace) { this.trace = trace; }

  Anomaly.@Nullable Trace trace() { return trace; }

  @Override
  protected @Nullable Tensor[] buffer() { return new Tensor[slots()]; }

  @Override
  protected void handOut(Tensor gradient) { gradient.holders = 0; }

  @Override
  protected @Nullable Tensor[] arrive(@Nullable Tensor[] gradients) {
    Hooks mine = hooks;
    if (mine == null) return gradients;
    for (int slot = 0; slot < gradients.length; slot++) {
      Tensor g = gradients[slot];
      for (UnaryOperator<@Nullable Tensor> hook : mine.tensor[slot]) {
        if (g != null) g.holders = 0;
        Tensor replaced = hook.apply(g);
        if (replaced != null) g = checkedReplacement(g, replaced);
      }
      if (g == null) continue;
      gradients[slot] = g;
      WeakReference<Tensor> retaining = mine.retaining[slot];
      Tensor retained = retaining == null ? null : retaining.get();
      if (retained != null) {
        g.holders = 0;
        Tensor before = retained.gradOrNull();
        retained.putGrad(before == null ? g.clone() : before.add(g));
      }
    }
    return gradients;
  }

  private Tensor checkedReplacement(@Nullable Tensor before, Tensor replaced) {
    if (before == null) throw Errors.argument(name(), "a hook gave a gradient where none arrived; null must stay null");
    if (!replaced.array().shape().equals(before.array().shape()) || replaced.dtype() != before.dtype()) {
      throw Errors.argument(name(),
          "a hook gave a gradient of shape " + replaced.array().shape() + " and dtype " + replaced.dtype().torchName()
              + "; it must keep the shape " + before.array().shape() + " and the dtype " + before.dtype().torchName());
    }
    replaced.holders = 0;
    return replaced;
  }

  @Override
  protected final @Nullable Tensor[] run(@Nullable Tensor[] gradients, GraphTask<Tensor> task) {
    return runAll(gradients, task);
  }

  private @Nullable Tensor[] runAll(@Nullable Tensor[] gradients, @Nullable GraphTask<Tensor> task) {
    Hooks before = hooks;
    if (before != null) {
      Ownership.share(gradients);
      for (UnaryOperator<@Nullable List<@Nullable Tensor>> hook : before.pre) gradients = runPrehook(hook, gradients);
    }
    Modes modes = Modes.current();
    @Nullable Tensor[] results;
    try {
      results = compute(gradients, task);
    } catch (Throwable e) {
      if (modes.anomaly) Anomaly.report(this, e);
      throw e;
    }
    for (int i = 0; i < results.length; i++) {
      Tensor result = results[i];
      Tensor fitted = fitted(i, result);
      if (task != null && result != null && fitted != null && fitted != result) Ownership.replace(result, fitted);
      results[i] = fitted;
    }
    Hooks after = hooks;
    if (after != null) {
      for (BinaryOperator<@Nullable List<@Nullable Tensor>> hook : after.post)
        results = runPostHook(hook, results, gradients);
    }
    if (modes.checkNan) Anomaly.checkNan(this, results);
    if (task != null && after == null) for (Tensor g : gradients) if (g != null) Ownership.drop(g);
    return results;
  }

  private @Nullable Tensor[] runPrehook(UnaryOperator<@Nullable List<@Nullable Tensor>> hook,
      @Nullable Tensor[] gradients) {
    List<@Nullable Tensor> replaced = hook.apply(Arrays.asList(gradients.clone()));
    if (replaced == null) return gradients;
    checkCount(replaced.size(), "gradients from a pre-hook");
    return replaced.toArray(new Tensor[0]);
  }

  private @Nullable Tensor[] runPostHook(BinaryOperator<@Nullable List<@Nullable Tensor>> hook,
      @Nullable Tensor[] results, @Nullable Tensor[] gradients) {
    Ownership.share(results);
    List<@Nullable Tensor> replaced = hook.apply(Arrays.asList(results.clone()), Arrays.asList(gradients.clone()));
    if (replaced == null) return results;
    if (replaced.size() != results.length) {
      throw Errors.argument(name(),
          "a hook must give " + results.length + " gradients, one for each input, but gave " + replaced.size());
    }
    for (int i = 0; i < results.length; i++) {
      if (results[i] == null && replaced.get(i) != null) {
        throw Errors.argument(name(),
            "a hook gave a gradient for input " + i + ", which has none; null must stay null");
      }
    }
    return replaced.toArray(new Tensor[0]);
  }

  private @Nullable Tensor fitted(int i, @Nullable Tensor g) {
    Node next = i < edges() ? next(i) : null;
    if (next == null || g == null) return g;
    Shape expected = next.shape(nextSlot(i));
    Shape actual = g.array().shape();
    if (!actual.equals(expected)) {
      if (!expected.broadcastsTo(actual)) throw unfit(i, expected, actual);
      g = Sums.sumTo(g, expected);
    }
    DType dtype = next.dtype(nextSlot(i));
    return g.dtype() == dtype || next.takesAnyDtype() ? g : g.to(dtype);
  }

  private IllegalArgumentException unfit(int i, Shape expected, Shape actual) {
    return Errors.argument(name(),
        "the gradient of input " + i + " has shape " + actual + ", but the input has shape " + expected
            + "; a gradient must have its input's shape, or one that sums down to it");
  }

  /** As Python shows it, {@code <AddBackward0 object at 0x1f2a3b4c>}. */
  @Override
  public String toString() {
    return "<" + name() + " object at 0x" + Integer.toHexString(System.identityHashCode(this)) + ">";
  }
}
