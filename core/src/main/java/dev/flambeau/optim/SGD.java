package dev.flambeau.optim;

import static dev.flambeau.scalar.Scalar.arg;

import dev.flambeau.FusedUpdate;
import dev.flambeau.Tensor;
import dev.flambeau.scalar.Scalar;
import java.util.List;

/**
 * Stochastic gradient descent, with momentum if wanted: b ← momentum · b + (1 − dampening) · g, then p ← p − lr · b. With Nesterov's momentum the step
 * is g + momentum · b.
 */
public final class SGD extends Optimizer implements GroupOptions.OfSGD<SGD> {
  /** Arguments: p, b, g; lr, momentum, 1 − dampening, weight decay. */
  private record Steps(boolean maximize, boolean decays, boolean nesterov, boolean momentum) implements Rule {
    @Override
    public FusedUpdate compile() {
      Scalar p = arg(0);
      int g = momentum ? 2 : 1;
      Scalar downhill = Rule.gradient(arg(g), maximize, p, decays, arg(g + 4));
      Scalar b = arg(1).mul(arg(g + 2)).add(downhill.mul(arg(g + 3)));
      Scalar step = !momentum ? downhill : nesterov ? downhill.add(b.mul(arg(g + 2))) : b;
      Scalar next = p.sub(step.mul(arg(g + 1)));
      return momentum ? new FusedUpdate(7, next, b) : new FusedUpdate(6, next);
    }
  }

  /** Learning rate 1e-3. */
  public SGD(Iterable<Tensor> params) { this(params, 1e-3); }

  /** An optimizer of {@code params} with learning rate {@code lr}. */
  public SGD(Iterable<Tensor> params, double lr) {
    super(params,
        options("lr", lr, "momentum", 0.0, "dampening", 0.0, "weight_decay", 0.0, "nesterov", false, "maximize",
            false));
  }

  @Override
  protected Update update(ParamGroup group) {
    double lr = group.number("lr");
    double momentum = group.number("momentum");
    double dampening = group.number("dampening");
    double decay = group.number("weight_decay");
    boolean nesterov = group.flag("nesterov");
    if (nesterov && (momentum == 0 || dampening != 0))
      throw error("nesterov needs momentum above 0 and dampening 0, but they are "
          + momentum + " and " + dampening);
    FusedUpdate loop = new Steps(group.flag("maximize"), decay != 0, nesterov, momentum != 0).loop();
    if (momentum == 0) return (p, g, s) -> loop.apply(List.of(p, g), lr, 0, 0, decay);
    return (p, g, s) -> {
      double weight = s.containsKey("momentum_buffer") ? 1 - dampening : 1;
      loop.apply(List.of(p, buffer(s, "momentum_buffer", p), g), lr, momentum, weight, decay);
    };
  }
}
