package dev.flambeau;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A user's own operation, as in <a href="https://pytorch.org/docs/stable/autograd.html#torch.autograd.Function">torch.autograd.Function</a>.
 *
 * <p>Override one of the {@code forward} methods and {@link #backward}. What is not a tensor lives in fields of the subclass. The forward step runs without
 * recording; in its place the graph gets one node, named after the class. An instance may be applied any number of times; what belongs to one call lives in
 * its {@link Context}.
 *
 * {@snippet :
 * class Exp extends Function {
 *   @Override public Tensor forward(Context ctx, Tensor... x) {
 *     Tensor y = x[0].exp();
 *     ctx.saveForBackward(y);
 *     return y;
 *   }
 *
 *   @Override public Tensor[] backward(Context ctx, Tensor... g) { return new Tensor[] {g[0].mul(ctx.saved(0))}; }
 * }
 * }
 */
public abstract class Function {
  /** The output, for a function that has one. */
  protected Tensor forward(Context ctx, Tensor... inputs) {
    throw new UnsupportedOperationException(
        name() + " has no forward: override forward, forwardAll, or forwardAlone together with setupContext");
  }

  /** The outputs, for a function that has several. */
  protected Tensor[] forwardAll(Context ctx, Tensor... inputs) { return new Tensor[] {forward(ctx, inputs)}; }

  /**
   * The gradient of each input, given that of each output; null where there is none.
   *
   * @param gradients zeros where an output got none, or null after {@link Context#setMaterializeGrads setMaterializeGrads(false)}
   */
  protected @Nullable Tensor[] backward(Context ctx, Tensor... gradients) {
    throw new UnsupportedOperationException(
        name() + " has no backward, so gradients cannot pass through it; override backward");
  }

  /** Whether backward itself must not be differentiated: it then runs without recording, and a second differentiation is an error. */
  protected boolean onceDifferentiable() { return false; }

  /**
   * Applies a function of one output.
   *
   * @throws IllegalStateException if it changed an input in place that must not be changed, or broke a rule of {@link Context}
   */
  public final Tensor apply(Tensor... inputs) {
    Tensor[] outputs = applyAll(inputs);
    if (outputs.length != 1)
      throw new IllegalStateException(name() + " has " + outputs.length + " outputs; applyAll gives them all");
    return outputs[0];
  }

  /** Applies the function. */
  public final Tensor[] applyAll(Tensor... inputs) { return FunctionNode.apply(this, inputs.clone()); }

  final String name() {
    String simple = getClass().getSimpleName();
    return simple.isEmpty() ? "Function" : simple;
  }

  @Nullable Tensor[] runBackward(Context ctx, Tensor... gradients) {
    @Nullable Tensor[] results = backward(ctx, gradients);
    return results == null ? new Tensor[0] : Arrays.copyOf(results, results.length);
  }
}
