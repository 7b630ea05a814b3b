package dev.flambeau.optim;

import static dev.flambeau.scalar.Scalar.arg;

import dev.flambeau.FusedUpdate;
import dev.flambeau.Tensor;
import dev.flambeau.scalar.Scalar;
import java.util.List;

/** Adagrad (<a href="https://jmlr.org/papers/v12/duchi11a.html">Duchi et al., 2011</a>): p ← p − lr · g / (√Σg² + eps). */
public final class Adagrad extends Optimizer implements GroupOptions.OfAdagrad<Adagrad> {
  /** Arguments: p, the sum of squares, g; lr, eps, weight decay. */
  private record Steps(boolean maximize, boolean decays) implements Rule {
    @Override
    public FusedUpdate compile() {
      Scalar g = Rule.gradient(arg(2), maximize, arg(0), decays, arg(5));
      Scalar sum = arg(1).add(g.square());
      return new FusedUpdate(6, arg(0).sub(g.mul(arg(3)).div(sum.sqrt().add(arg(4)))), sum);
    }
  }

  /** Learning rate 1e-2. */
  public Adagrad(Iterable<Tensor> params) { this(params, 1e-2); }

  /** An optimizer of {@code params} with learning rate {@code lr}. */
  public Adagrad(Iterable<Tensor> params, double lr) {
    super(params,
        options("lr", lr, "lr_decay", 0.0, "eps", 1e-10, "weight_decay", 0.0, "initial_accumulator_value", 0.0,
            "maximize", false));
  }

  @Override
  protected Update update(ParamGroup group) {
    double lr = group.number("lr");
    double fall = group.number("lr_decay");
    double eps = group.number("eps");
    double decay = group.number("weight_decay");
    double initial = group.number("initial_accumulator_value");
    FusedUpdate loop = new Steps(group.flag("maximize"), decay != 0).loop();
    return (p, g, s) -> {
      double t = count(s);
      loop.apply(List.of(p, buffer(s, "sum", p, initial), g), lr / (1 + (t - 1) * fall), eps, decay);
    };
  }
}
