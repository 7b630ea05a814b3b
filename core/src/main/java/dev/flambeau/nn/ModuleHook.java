package dev.flambeau.nn;

import dev.flambeau.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What is called around a {@link Module}'s forward or backward pass.
 *
 * <p>{@code changed} are the tensors that the hook may replace by giving others in their place, or leave by giving null: the inputs before forward, the
 * outputs after it, the gradients of the outputs before backward, those of the inputs after it. {@code other} are the inputs in a hook after forward, the
 * gradients of the outputs in a hook after backward, and else empty. Gradients are null where there are none.
 */
@FunctionalInterface
public interface ModuleHook {
  /** What to go on with, or null for {@code changed} as they are. */
  @Nullable Tensor @Nullable [] call(Module module, @Nullable Tensor[] changed, @Nullable Tensor[] other);
}
