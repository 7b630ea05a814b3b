package dev.flambeau.optim;

import static dev.flambeau.scalar.Scalar.arg;

import dev.flambeau.FusedUpdate;
import dev.flambeau.Tensor;
import dev.flambeau.scalar.Scalar;
import java.util.List;

/**
 * Adam (<a href="https://arxiv.org/abs/1412.6980">Kingma and Ba, 2014</a>): p ← p − lr · m̂ / (√v̂ + eps), with running means m of the gradient and v of
 * its square, and m̂, v̂ without their bias towards 0.
 */
public final class Adam extends Optimizer implements GroupOptions.OfAdam<Adam> {
  /** Arguments: p, m, v, the largest v, g; 1 − beta1, 1 − beta2, step, eps, weight decay or the factor that it makes. */
  private record Steps(boolean maximize, boolean decays, boolean decoupled, boolean amsgrad) implements Rule {
    @Override
    public FusedUpdate compile() {
      int g = amsgrad ? 4 : 3;
      Scalar p = decays && decoupled ? arg(0).mul(arg(g + 5)) : arg(0);
      Scalar downhill = Rule.gradient(arg(g), maximize, p, decays && !decoupled, arg(g + 5));
      Scalar m = Rule.average(arg(1), downhill, arg(g + 1));
      Scalar v = Rule.average(arg(2), downhill.square(), arg(g + 2));
      Scalar largest = arg(3).max(v);
      Scalar divisor = (amsgrad ? largest : v).sqrt().add(arg(g + 4));
      Scalar next = p.sub(m.mul(arg(g + 3)).div(divisor));
      return amsgrad ? new FusedUpdate(10, next, m, v, largest) : new FusedUpdate(9, next, m, v);
    }
  }

  /** Learning rate 1e-3. */
  public Adam(Iterable<Tensor> params) { this(params, 1e-3); }

  /** An optimizer of {@code params} with learning rate {@code lr}. */
  public Adam(Iterable<Tensor> params, double lr) {
    super(params,
        options("lr", lr, "betas", List.of(0.9, 0.999), "eps", 1e-8, "weight_decay", 0.0, "amsgrad", false, "maximize",
            false, "decoupled_weight_decay", false));
  }

  @Override
  protected Update update(ParamGroup group) { return updateOf(group); }

  static Update updateOf(ParamGroup group) {
    double lr = group.number("lr");
    double beta1 = group.numbers("betas").get(0);
    double beta2 = group.numbers("betas").get(1);
    double eps = group.number("eps");
    double decay = group.number("weight_decay");
    boolean amsgrad = group.flag("amsgrad");
    boolean decoupled = group.flag("decoupled_weight_decay");
    double factor = decoupled ? 1 - lr * decay : decay;
    FusedUpdate loop = new Steps(group.flag("maximize"), decay != 0, decoupled, amsgrad).loop();
    return (p, g, s) -> {
      double t = count(s);
      double root = Math.sqrt(1 - Math.pow(beta2, t));
      double step = lr * root / (1 - Math.pow(beta1, t));
      Tensor m = buffer(s, "exp_avg", p);
      Tensor v = buffer(s, "exp_avg_sq", p);
      List<Tensor> tensors = amsgrad ? List.of(p, m, v, buffer(s, "max_exp_avg_sq", p), g) : List.of(p, m, v, g);
      loop.apply(tensors, 1 - beta1, 1 - beta2, step, eps * root, factor);
    };
  }
}
