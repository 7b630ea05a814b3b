package dev.flambeau;

import dev.flambeau.array.Shape;
import dev.flambeau.graph.GraphTask;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One recorded call of a user's {@link Function}. */
final class FunctionNode extends Node {
  private final Function function;
  private final Context ctx;
  private final @Nullable Node[] next;
  private final int[] nextSlots;
  private Metadata[] outputs = {};

  private FunctionNode(Function function, Context ctx, Tensor[] in) {
    super(Modes.current().nextSequenceNr());
    this.function = function;
    this.ctx = ctx;
    this.next = new Node[in.length];
    this.nextSlots = new int[in.length];
    for (int i = 0; i < in.length; i++) {
      if (!in[i].requiresGrad()) continue;
      next[i] = in[i].gradEdge();
      nextSlots[i] = in[i].outputNr();
    }
  }

  static Tensor[] apply(Function function, Tensor... in) {
    Modes modes = Modes.current();
    boolean[] needs = new boolean[in.length];
    for (int i = 0; i < in.length; i++) needs[i] = modes.grad && in[i].requiresGrad();
    boolean records = modes.grad && Recorder.anyRequiresGrad(in);
    Context ctx = new Context(needs);
    FunctionNode node = records ? new FunctionNode(function, ctx, in) : null;
    if (node != null && modes.anomaly) node.keepTrace(Anomaly.trace());
    Tensor[] out;
    try (var _ = Torch.noGrad()) {
      out = function.forwardAll(ctx, in).clone();
    }
    checkOutputs(function, ctx, in, out);
    if (node != null) node.outputs = Arrays.stream(out).map(Tensor::metadata).toArray(Metadata[]::new);
    Tensor[] results = new Tensor[out.length];
    for (int k = 0; k < out.length; k++) results[k] = wrap(function, ctx, node, in, out, k);
    if (node != null) {
      ctx.seal(node, results);
      Recorder.announce(node, modes);
    }
    return results;
  }

  private static void checkOutputs(Function function, Context ctx, Tensor[] in, Tensor[] out) {
    for (Tensor y : out) {
      if (y == null)
        throw Errors.argument(function.name(), "forward gave null for an output; every output must be a tensor");
    }
    for (Tensor x : ctx.dirty()) {
      if (!contains(in, x)) throw Errors.argument(function.name(),
          "markDirty was given a tensor that is not an input; it takes inputs changed in place only");
      if (!contains(out, x)) {
        throw new IllegalStateException(function.name()
            + ": an input marked dirty was not returned; forward must return, as the same object, each input that it changes in place");
      }
      if (x.isView() && out.length > 1) {
        throw new IllegalStateException(function.name()
            + ": a function that changes a view in place must return that tensor only, but returned " + out.length);
      }
    }
  }

  private static boolean contains(Tensor[] all, Tensor x) {
    for (Tensor each : all) if (each == x) return true;
    return false;
  }

  private static Tensor wrap(Function function, Context ctx, @Nullable FunctionNode node, Tensor[] in, Tensor[] out,
      int k) {
    Tensor y = out[k];
    boolean input = contains(in, y);
    if (node == null || ctx.isNonDifferentiable(y) || !y.isFloatingPoint()) {
      if (!y.requiresGrad()) return y;
      return y.detach();
    }
    if (ctx.isDirty(y)) {
      try (var _ = Torch.enableGrad()) {
        History.checkInPlace(function.name(), y, true);
      }
      if (y.isView()) History.rebase(y, node);
      else y.setHistory(node, k);
      return y;
    }
    if (input) {
      Tensor alias = Tensor.sharing(y, y.array());
      alias.becomeView(ViewInfo.of(y, new Views.Alias(), ViewMark.DEFAULT).marked(ViewMark.IN_CUSTOM_FUNCTION));
      alias.setHistory(node, k);
      return alias;
    }
    ViewInfo info = y.viewInfo();
    if (info != null) y.becomeView(info.marked(ViewMark.IN_CUSTOM_FUNCTION));
    y.setHistory(node, k);
    return y;
  }

  @Override
  public String name() { return function.name() + "Backward"; }

  @Override
  public int slots() { return outputs.length; }

  @Override
  public int edges() { return next.length; }

  @Override
  public @Nullable Node next(int i) { return next[i]; }

  @Override
  public int nextSlot(int i) { return nextSlots[i]; }

  @Override
  Shape shape(int slot) { return outputs[slot].shape(); }

  @Override
  DType dtype(int slot) { return outputs[slot].dtype(); }

  @Override
  @Nullable Tensor[] compute(@Nullable Tensor[] gradients, @Nullable GraphTask<Tensor> task) {
    Tensor[] g = new Tensor[gradients.length];
    for (int k = 0; k < g.length; k++) g[k] = materialized(gradients[k], k);
    @Nullable Tensor[] results = function.onceDifferentiable() ? once(g) : function.runBackward(ctx, g);
    for (int i = next.length; i < results.length; i++) {
      if (results[i] != null) throw wrongCount(results.length);
    }
    if (results.length < next.length) throw wrongCount(results.length);
    return Arrays.copyOf(results, next.length);
  }

  @SuppressWarnings("NullAway") // null is what setMaterializeGrads(false) asks for
  private Tensor materialized(@Nullable Tensor g, int k) {
    if (g != null) g.holders = 0;
    return g == null && ctx.materializesGrads() ? Torch.zeros(outputs[k].dtype(), outputs[k].shape()) : g;
  }

  private @Nullable Tensor[] once(Tensor... g) {
    boolean again = Torch.isGradEnabled();
    boolean wanted = false;
    for (Tensor each : g) wanted |= each != null && each.requiresGrad();
    @Nullable Tensor[] results;
    try (var _ = Torch.noGrad()) {
      results = function.runBackward(ctx, g);
    }
    return again && wanted ? new Twice(function.name()).applyTo(results) : results;
  }

  private IllegalArgumentException wrongCount(int count) {
    return Errors.argument(name(), "backward must give " + next.length
        + " gradients, one for each input of forward (null where there is none), but gave " + count);
  }

  @Override
  protected void release() { ctx.free(); }

  /** Stands behind the gradients of a function that can be differentiated once only. */
  private static final class Twice extends Function {
    private final String of;

    Twice(String of) {
      this.of = of;
    }

    @Nullable Tensor[] applyTo(@Nullable Tensor... results) {
      Tensor[] leaves =
          Arrays.stream(results).filter(r -> r != null).map(r -> r.detach().requiresGrad_()).toArray(Tensor[]::new);
      Tensor[] wrapped = applyAll(leaves);
      @Nullable Tensor[] out = new Tensor[results.length];
      for (int i = 0, k = 0; i < out.length; i++) if (results[i] != null) out[i] = wrapped[k++];
      return out;
    }

    @Override
    protected Tensor[] forwardAll(Context ctx, Tensor... inputs) { return inputs; }

    @Override
    protected @Nullable Tensor[] backward(Context ctx, Tensor... gradients) {
      throw new UnsupportedOperationException(
          of + " can be differentiated once only, as its onceDifferentiable() says");
    }
  }
}
