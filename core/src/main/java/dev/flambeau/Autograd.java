package dev.flambeau;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.flambeau.array.Shape;
import dev.flambeau.array.Spares;
import dev.flambeau.graph.Engine;
import dev.flambeau.graph.GraphTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Gradients on demand, as in <a href="https://pytorch.org/docs/stable/autograd.html">torch.autograd</a>. */
public final class Autograd {
  private static final Engine<Tensor> ENGINE = new Engine<>(Ownership::sum, Modes::carried);

  private Autograd() {}

  /** The options of one call. */
  private record Options(Set<GraphOption.Flag> flags, @Nullable List<Differentiable> inputs) {
    static Options of(GraphOption... options) {
      EnumSet<GraphOption.Flag> flags = EnumSet.noneOf(GraphOption.Flag.class);
      List<Differentiable> inputs = null;
      for (GraphOption option : options) {
        switch (option) {
          case GraphOption.Flag flag -> flags.add(flag);
          case GraphOption.Inputs some -> inputs = some.of();
        }
      }
      return new Options(flags, inputs);
    }

    boolean has(GraphOption.Flag flag) { return flags.contains(flag); }

    boolean createsGraph() { return has(GraphOption.Flag.CREATE_GRAPH); }

    boolean keepsGraph() { return createsGraph() || has(GraphOption.Flag.RETAIN_GRAPH); }
  }

  /** As {@link Tensor#backward(Tensor, GraphOption...)}; {@code gradient} null stands for 1 if {@code output} has one element. */
  public static void backward(Differentiable output, @Nullable Tensor gradient, GraphOption... options) {
    backward(List.of(output), Collections.singletonList(gradient), options);
  }

  /**
   * Adds to the leaves' {@code grad} the gradients of the sum of {@code outputs}, each weighted by its entry of {@code gradients}.
   *
   * @param gradients one for each output, of its shape; null, or an empty list, stands for 1 where the output has one element
   * @throws IllegalArgumentException if numbers or shapes differ, or a gradient is missing
   * @throws IllegalStateException if an output does not require grad, or the graph was freed
   */
  public static void backward(List<? extends Differentiable> outputs, List<? extends @Nullable Tensor> gradients,
      GraphOption... options) {
    Options chosen = Options.of(options);
    List<GraphTask.Root<Tensor>> roots = roots("backward", outputs, gradients);
    List<GraphTask.Target<Tensor>> targets = null;
    if (chosen.inputs() != null) {
      if (chosen.inputs().isEmpty())
        throw Errors.argument("backward", "inputs(…) names no tensor; leave it out to reach all leaves");
      targets = new ArrayList<>();
      for (int i = 0; i < chosen.inputs().size(); i++) {
        Differentiable input = chosen.inputs().get(i);
        GradientEdge edge = edgeOf("backward", input, i);
        if (input instanceof Tensor t && !t.isLeaf()) t.retainGrad();
        targets.add(new GraphTask.Target<>(edge.node(), edge.outputNr(), true));
      }
    }
    List<@Nullable Tensor> _ = sweep(roots, targets, chosen);
  }

  /**
   * The gradients of {@code output}, which has one element, with respect to {@code inputs}; no {@code grad} is touched.
   *
   * @throws IllegalArgumentException if {@code output} does not depend on an input
   */
  public static List<Tensor> grad(Tensor output, Tensor... inputs) {
    return grad(List.of(output), Arrays.asList(inputs), List.of());
  }

  /**
   * The gradients of the sum of {@code outputs}, weighted by {@code gradOutputs}, with respect to {@code inputs}; no {@code grad} is touched.
   *
   * @param gradOutputs one for each output, of its shape; null, or an empty list, stands for 1 where the output has one element
   * @return one for each input; null only with {@link GraphOption#ALLOW_UNUSED}
   * @throws IllegalArgumentException if an input does not require grad or the outputs do not depend on it, or shapes differ
   */
  public static List<Tensor> grad(List<? extends Differentiable> outputs, List<? extends Differentiable> inputs,
      List<? extends @Nullable Tensor> gradOutputs, GraphOption... options) {
    Options chosen = Options.of(options);
    if (inputs.isEmpty()) throw Errors.argument("grad", "there are no inputs to take gradients with respect to");
    if (chosen.has(GraphOption.Flag.GRADS_BATCHED)) return batched(outputs, inputs, gradOutputs, options);
    List<GraphTask.Target<Tensor>> targets = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      GradientEdge edge = edgeOf("grad", inputs.get(i), i);
      targets.add(new GraphTask.Target<>(edge.node(), edge.outputNr(), false));
    }
    List<@Nullable Tensor> found = sweep(roots("grad", outputs, gradOutputs), targets, chosen);
    return complete(found, inputs, chosen);
  }

  @SuppressWarnings("NullAway") // a null entry is the documented answer under ALLOW_UNUSED
  private static List<Tensor> complete(List<@Nullable Tensor> found, List<? extends Differentiable> inputs,
      Options chosen) {
    List<Tensor> results = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      Tensor g = found.get(i);
      if (g == null && chosen.has(GraphOption.Flag.MATERIALIZE_GRADS)) {
        if (!(inputs.get(i) instanceof Tensor x)) {
          throw Errors.argument("grad",
              "MATERIALIZE_GRADS needs tensors as inputs, but input " + i + " is a gradient edge");
        }
        g = Torch.zerosLike(x).requiresGrad_(chosen.createsGraph());
      }
      if (g == null && !chosen.has(GraphOption.Flag.ALLOW_UNUSED)) {
        throw Errors.argument("grad", "the outputs do not depend on input " + i
            + "; pass ALLOW_UNUSED to get null for it, or MATERIALIZE_GRADS to get zeros");
      }
      results.add(g);
    }
    return Collections.unmodifiableList(results);
  }

  private static List<Tensor> batched(List<? extends Differentiable> outputs, List<? extends Differentiable> inputs,
      List<? extends @Nullable Tensor> gradOutputs, GraphOption... options) {
    if (gradOutputs.isEmpty()) throw Errors.argument("grad",
        "with GRADS_BATCHED a gradient must be given for each output; its first dimension is the batch");
    checkCounts("grad", outputs, gradOutputs);
    long batch = -1;
    for (int k = 0; k < gradOutputs.size(); k++) {
      Tensor g = gradOutputs.get(k);
      Shape output = shapeOf(outputs.get(k));
      if (g == null || g.dim() == 0 || g.size(0) == 0 || !g.array().shape().without(0).equals(output)) {
        throw Errors.argument("grad",
            "with GRADS_BATCHED the first dimension of each gradient is the batch, and the rest is its output's shape, but gradient "
                + k
                + (g == null ? " is null" : " has shape " + g.array().shape()) + " and output " + k + " has shape "
                + output);
      }
      if (batch >= 0 && g.size(0) != batch) {
        throw Errors.argument("grad",
            "with GRADS_BATCHED the first dimension of every gradient is the batch, but gradient " + k + " has "
                + g.size(0) + " where others have " + batch);
      }
      batch = g.size(0);
    }
    List<GraphOption> each = new ArrayList<>(Arrays.asList(options));
    each.remove(GraphOption.GRADS_BATCHED);
    boolean keep = each.contains(GraphOption.RETAIN_GRAPH);
    List<List<Tensor>> rows = new ArrayList<>();
    for (long b = 0; b < batch; b++) {
      List<@Nullable Tensor> row = new ArrayList<>();
      for (Tensor g : gradOutputs) row.add(g == null ? null : g.get(b));
      List<GraphOption> now = new ArrayList<>(each);
      if (!keep && b < batch - 1) now.add(GraphOption.RETAIN_GRAPH);
      rows.add(grad(outputs, inputs, row, now.toArray(new GraphOption[0])));
    }
    return stacked(rows, inputs.size());
  }

  @SuppressWarnings("NullAway") // a null entry is the documented answer under ALLOW_UNUSED
  private static List<Tensor> stacked(List<List<Tensor>> rows, int inputs) {
    List<Tensor> results = new ArrayList<>();
    for (int i = 0; i < inputs; i++) {
      int input = i;
      boolean unused = rows.getFirst().get(i) == null;
      results.add(unused ? null : Torch.stack(rows.stream().map(row -> row.get(input)).toList(), 0));
    }
    return Collections.unmodifiableList(results);
  }

  /**
   * What stands for {@code tensor} in the graph.
   *
   * @throws IllegalStateException if it does not require grad, or is a view of a leaf made in no-grad mode
   */
  public static GradientEdge gradientEdge(Tensor tensor) {
    Node node = tensor.requiresGrad() ? tensor.gradEdge() : null;
    if (node == null) throw new IllegalStateException(
        "gradientEdge: the tensor does not require grad, or is a view made in no-grad mode; "
            + "nothing stands for it in a graph");
    return new GradientEdge(node, tensor.outputNr());
  }

  private static GradientEdge edgeOf(String operation, Differentiable input, int i) {
    return switch (input) {
      case GradientEdge edge -> edge;
      case Tensor t when t.requiresGrad() -> {
        Node node = t.gradEdge();
        // Nothing leads to a view made in no-grad mode: a node of its own that is never reached stands for it.
        yield new GradientEdge(node != null ? node : new AccumulateGrad(t), t.outputNr());
      }
      case Tensor t -> throw Errors.argument(operation,
          "input " + i + " does not require grad; call requiresGrad_() on it before it is used");
    };
  }

  private static List<GraphTask.Root<Tensor>> roots(String operation, List<? extends Differentiable> outputs,
      List<? extends @Nullable Tensor> gradients) {
    if (outputs.isEmpty()) throw Errors.argument(operation, "there are no outputs to begin with");
    if (!gradients.isEmpty()) checkCounts(operation, outputs, gradients);
    List<GraphTask.Root<Tensor>> roots = new ArrayList<>();
    for (int k = 0; k < outputs.size(); k++) {
      Tensor gradient = gradients.isEmpty() ? null : gradients.get(k);
      Differentiable output = outputs.get(k);
      if (output instanceof Tensor t && !t.requiresGrad()) {
        throw new IllegalStateException(operation + ": output " + k
            + " does not require grad and has no gradFn; make it from a tensor that requires grad");
      }
      GradientEdge edge = output instanceof Tensor t ? gradientEdge(t) : (GradientEdge) output;
      roots.add(new GraphTask.Root<>(edge.node(), edge.outputNr(), rootGradient(operation, edge, gradient, k)));
    }
    return roots;
  }

  private static void checkCounts(String operation, List<? extends Differentiable> outputs,
      List<? extends @Nullable Tensor> gradients) {
    if (gradients.size() != outputs.size()) {
      throw Errors.argument(operation, "there are " + outputs.size() + " outputs, but " + gradients.size()
          + " gradients; give one for each output, or none");
    }
  }

  private static Shape shapeOf(Differentiable output) {
    return switch (output) {
      case Tensor t -> t.array().shape();
      case GradientEdge edge -> edge.node().shape(edge.outputNr());
    };
  }

  private static Tensor rootGradient(String operation, GradientEdge edge, @Nullable Tensor gradient, int k) {
    Shape shape = edge.node().shape(edge.outputNr());
    DType dtype = edge.node().dtype(edge.outputNr());
    if (gradient == null) {
      if (shape.numel() != 1) throw new IllegalArgumentException(Errors.NOT_SCALAR);
      return Torch.ones(dtype, shape);
    }
    if (!gradient.array().shape().equals(shape)) {
      throw Errors.argument(operation, "gradient " + k + " has shape " + gradient.array().shape() + ", but output " + k
          + " has shape " + shape + "; they must be equal");
    }
    gradient.holders = 0;
    return gradient.dtype() == dtype ? gradient : gradient.to(dtype);
  }

  private static List<@Nullable Tensor> sweep(List<GraphTask.Root<Tensor>> roots,
      @Nullable List<GraphTask.Target<Tensor>> targets, Options options) {
    Modes modes = Modes.current();
    boolean before = modes.grad;
    modes.grad = options.createsGraph();
    try (var _ = Spares.open()) {
      return ENGINE.run(roots, options.keepsGraph(), targets);
    } finally {
      modes.grad = before;
    }
  }

  // ---------------------------------------------------------------- while backward runs

  private static GraphTask<Tensor> running(String operation) {
    GraphTask<Tensor> task = ENGINE.current();
    if (task == null) throw new IllegalStateException(operation + ": no backward is running on this thread");
    return task;
  }

  /** Number of the backward that runs on this thread, −1 if none does. */
  public static long currentGraphTaskId() {
    GraphTask<Tensor> task = ENGINE.current();
    return task == null ? -1 : task.id();
  }

  /** The node that runs on this thread, or null. */
  public static @Nullable Node currentNode() {
    GraphTask<Tensor> task = ENGINE.current();
    return task == null ? null : (Node) task.running();
  }

  /**
   * Whether the backward that runs on this thread runs {@code node}.
   *
   * @throws IllegalStateException if none runs
   */
  public static boolean willExecute(Node node) { return running("willExecute").reaches(node); }

  /**
   * The nodes of the backward that runs on this thread, in the order in which they run.
   *
   * @throws IllegalStateException if none runs
   */
  public static List<Node> executionOrder() {
    return running("executionOrder").order().stream().map(Node.class::cast).toList();
  }

  /**
   * Whether the backward that runs on this thread keeps the graph.
   *
   * @throws IllegalStateException if none runs
   */
  public static boolean keepsGraph() { return running("keepsGraph").keepsGraph(); }

  /**
   * Has {@code callback} run once, after the backward that runs on this thread.
   *
   * @throws IllegalStateException if none runs
   */
  public static void queueCallback(Runnable callback) { running("queueCallback").whenDone(callback); }

  /**
   * Calls {@code hook} once in each backward, with the gradients of all {@code tensors} (null where there is none), when the last of those that this
   * backward computes is there.
   *
   * @throws IllegalStateException if a tensor does not require grad
   */
  @CanIgnoreReturnValue
  public static HookHandle registerMultiGradHook(List<Tensor> tensors, Consumer<List<@Nullable Tensor>> hook) {
    return MultiGradHook.all(tensors, hook);
  }

  /**
   * Calls {@code hook} once in each backward, with the gradient that arrives first at any of {@code tensors}.
   *
   * @throws IllegalStateException if a tensor does not require grad
   */
  @CanIgnoreReturnValue
  public static HookHandle registerAnyGradHook(List<Tensor> tensors, Consumer<Tensor> hook) {
    return MultiGradHook.any(tensors, hook);
  }

  // ---------------------------------------------------------------- what is saved

  /** Moves the version of {@code tensor}'s storage on, as a change in place does. */
  public static void incrementVersion(Tensor tensor) { tensor.versionCounter().increment(); }

  /**
   * Lets tensors that were saved be changed in place, on this thread until the scope is closed: what is about to be overwritten is copied first. Backward
   * must run inside the scope too.
   *
   * @throws IllegalStateException if such a scope is open already
   */
  public static Scope allowMutationOnSavedTensors() { return MutationGuard.open(); }

  /**
   * Has {@code pack} decide what is kept instead of each tensor that operations save on this thread, and {@code unpack} bring it back.
   *
   * <p>Of nested pairs the innermost counts. {@code pack} must not change its argument; no version is checked.
   *
   * @throws IllegalStateException where {@link #disableSavedTensorsHooks} is in force
   */
  public static Scope savedTensorsHooks(Function<Tensor, @Nullable Object> pack,
      Function<@Nullable Object, ? extends @Nullable Object> unpack) {
    Modes modes = Modes.current();
    if (modes.savedTensorHooksDisabled != null) throw new IllegalStateException(modes.savedTensorHooksDisabled);
    SavedTensorHooks before = modes.savedTensorHooks;
    modes.savedTensorHooks = new SavedTensorHooks(pack, unpack);
    return () -> modes.savedTensorHooks = before;
  }

  /**
   * Refuses {@link #savedTensorsHooks} on this thread, with {@code message}.
   *
   * @throws IllegalStateException if hooks are in force
   */
  public static Scope disableSavedTensorsHooks(String message) {
    Modes modes = Modes.current();
    if (modes.savedTensorHooks != null) throw new IllegalStateException(message);
    String before = modes.savedTensorHooksDisabled;
    modes.savedTensorHooksDisabled = message;
    return () -> modes.savedTensorHooksDisabled = before;
  }

  // ---------------------------------------------------------------- finding mistakes

  /** Has each node remember where it was made, and backward fail at the first NaN. Slow; for debugging. */
  public static Scope detectAnomaly() { return detectAnomaly(true); }

  /** Has each node remember where it was made; with {@code checkNan}, backward fails at the first NaN. Slow; for debugging. */
  public static Scope detectAnomaly(boolean checkNan) { return Anomaly.detect(true, checkNan); }

  /** As {@link #detectAnomaly(boolean)}, at once and until the scope closes; false switches it off. */
  public static Scope setDetectAnomaly(boolean on, boolean checkNan) { return Anomaly.detect(on, checkNan); }

  /**
   * Holds the derivatives of {@code function}, which gives a tensor or a {@code Tensor[]}, against central differences; see {@link Gradcheck} for tolerances.
   *
   * @throws GradcheckException if they differ
   */
  @CanIgnoreReturnValue
  public static boolean gradcheck(Function<Tensor[], ?> function, Tensor... inputs) {
    return Gradcheck.DEFAULT.check(function, inputs);
  }

  /**
   * Holds the second derivatives of {@code function} against central differences; see {@link Gradcheck} for tolerances.
   *
   * @throws GradcheckException if they differ
   */
  @CanIgnoreReturnValue
  public static boolean gradgradcheck(Function<Tensor[], ?> function, Tensor... inputs) {
    return Gradcheck.DEFAULT.checkSecond(function, inputs);
  }
}
