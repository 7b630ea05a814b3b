package dev.flambeau.nn;

import dev.flambeau.Context;
import dev.flambeau.Function;
import dev.flambeau.HookHandle;
import dev.flambeau.Tensor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The hooks of one module, and a call with them. */
final class ModuleHooks {
  private static final @Nullable Tensor[] NONE = {};

  final List<ModuleHook> beforeForward = new CopyOnWriteArrayList<>();
  final List<ModuleHook> afterForward = new CopyOnWriteArrayList<>();
  final List<ModuleHook> beforeBackward = new CopyOnWriteArrayList<>();
  final List<ModuleHook> afterBackward = new CopyOnWriteArrayList<>();

  /** Adds a hook that the handle takes away again: that very registration, even if a hook is registered twice. */
  static HookHandle add(List<ModuleHook> hooks, ModuleHook hook) {
    ModuleHook own = (module, changed, other) -> hook.call(module, changed, other);
    hooks.add(own);
    return () -> hooks.remove(own);
  }

  @SuppressWarnings("NullAway") // inputs and outputs of forward are never null
  Tensor[] call(Module module, UnaryOperator<Tensor[]> forward, Tensor... inputs) {
    Tensor[] in = run(beforeForward, module, inputs, NONE);
    boolean backward = !beforeBackward.isEmpty() || !afterBackward.isEmpty();
    BackwardCall call = new BackwardCall(module, in.length);
    if (backward) in = call.new BackwardHookFunction(true).applyAll(in);
    call.entered = anyRequiresGrad(in);
    Tensor[] out = run(afterForward, module, forward.apply(in), in);
    return backward ? call.new BackwardHookFunction(false).applyAll(out) : out;
  }

  private static boolean anyRequiresGrad(Tensor... all) {
    for (Tensor x : all) if (x.requiresGrad()) return true;
    return false;
  }

  private static @Nullable Tensor[] run(List<ModuleHook> hooks, Module module, @Nullable Tensor[] changed,
      @Nullable Tensor[] other) {
    @Nullable Tensor[] now = changed;
    for (ModuleHook hook : hooks) {
      @Nullable Tensor @Nullable [] next = hook.call(module, now, other);
      if (next == null) continue;
      if (next.length != now.length) {
        throw new IllegalStateException("a hook of " + module.name() + " was given " + now.length
            + " tensors and gave " + next.length + "; it must give as many, or null to leave them");
      }
      now = next;
    }
    return now;
  }

  /** One call whose way back is watched: at its outputs, and at its inputs. */
  private final class BackwardCall {
    final Module module;
    private final int inputs;
    boolean entered;
    private @Nullable Tensor[] ofOutputs = NONE;

    BackwardCall(Module module, int inputs) {
      this.module = module;
      this.inputs = inputs;
    }

    /** The identity, at either end of the module. */
    final class BackwardHookFunction extends Function {
      private final boolean atInputs;

      BackwardHookFunction(boolean atInputs) {
        this.atInputs = atInputs;
      }

      @Override
      protected Tensor[] forwardAll(Context ctx, Tensor... x) {
        ctx.setMaterializeGrads(false);
        return x;
      }

      @Override
      protected @Nullable Tensor[] backward(Context ctx, @Nullable Tensor... g) {
        if (atInputs) return run(afterBackward, module, g, ofOutputs);
        ofOutputs = run(beforeBackward, module, g, NONE);
        if (!entered) run(afterBackward, module, new Tensor[inputs], ofOutputs);
        return ofOutputs;
      }
    }
  }
}
