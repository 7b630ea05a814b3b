package dev.flambeau.optim;

import static dev.flambeau.scalar.Scalar.arg;

import dev.flambeau.FusedUpdate;
import dev.flambeau.Tensor;
import dev.flambeau.scalar.Scalar;
import java.util.List;

/**
 * Adadelta (<a href="https://arxiv.org/abs/1212.5701">Zeiler, 2012</a>): steps as large as the root of their own mean square, in units of the gradient's.
 */
public final class Adadelta extends Optimizer implements GroupOptions.OfAdadelta<Adadelta> {
  /** Arguments: p, the means of g² and of the step's square, g; lr, 1 − rho, eps, weight decay. */
  private record Steps(boolean maximize, boolean decays) implements Rule {
    @Override
    public FusedUpdate compile() {
      Scalar g = Rule.gradient(arg(3), maximize, arg(0), decays, arg(7));
      Scalar squares = Rule.average(arg(1), g.square(), arg(5));
      Scalar step = arg(2).add(arg(6)).sqrt().div(squares.add(arg(6)).sqrt()).mul(g);
      Scalar steps = Rule.average(arg(2), step.square(), arg(5));
      return new FusedUpdate(8, arg(0).sub(step.mul(arg(4))), squares, steps);
    }
  }

  /** Learning rate 1. */
  public Adadelta(Iterable<Tensor> params) { this(params, 1); }

  /** An optimizer of {@code params} with learning rate {@code lr}. */
  public Adadelta(Iterable<Tensor> params, double lr) {
    super(params, options("lr", lr, "rho", 0.9, "eps", 1e-6, "weight_decay", 0.0, "maximize", false));
  }

  @Override
  protected Update update(ParamGroup group) {
    double lr = group.number("lr");
    double rho = group.number("rho");
    double eps = group.number("eps");
    double decay = group.number("weight_decay");
    FusedUpdate loop = new Steps(group.flag("maximize"), decay != 0).loop();
    return (p, g, s) -> {
      count(s);
      loop.apply(List.of(p, buffer(s, "square_avg", p), buffer(s, "acc_delta", p), g), lr, 1 - rho, eps, decay);
    };
  }
}
