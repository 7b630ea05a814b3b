package dev.flambeau.optim;

import static dev.flambeau.scalar.Scalar.arg;

import dev.flambeau.FusedUpdate;
import dev.flambeau.Tensor;
import dev.flambeau.scalar.Scalar;
import java.util.ArrayList;
import java.util.List;

/**
 * RMSprop (Hinton's lectures, 2012): p ← p − lr · g / (√v + eps), with a running mean v of the gradient's square; centered, that of its variance
 * (<a href="https://arxiv.org/abs/1308.0850">Graves, 2013</a>).
 */
public final class RMSprop extends Optimizer implements GroupOptions.OfRMSprop<RMSprop> {
  /** Arguments: p, v, the momentum's buffer, the mean gradient, g; 1 − alpha, eps, lr, weight decay, momentum. */
  private record Steps(boolean maximize, boolean decays, boolean momentum, boolean centered) implements Rule {
    @Override
    public FusedUpdate compile() {
      int g = 2 + (momentum ? 1 : 0) + (centered ? 1 : 0);
      Scalar downhill = Rule.gradient(arg(g), maximize, arg(0), decays, arg(g + 4));
      List<Scalar> next = new ArrayList<>();
      Scalar v = Rule.average(arg(1), downhill.square(), arg(g + 1));
      Scalar mean = Rule.average(arg(g - 1), downhill, arg(g + 1));
      Scalar step = downhill.div((centered ? v.sub(mean.square()) : v).sqrt().add(arg(g + 2)));
      if (momentum) step = arg(2).mul(arg(g + 5)).add(step);
      next.add(arg(0).sub(step.mul(arg(g + 3))));
      next.add(v);
      if (momentum) next.add(step);
      if (centered) next.add(mean);
      return new FusedUpdate(g + 6, next.toArray(Scalar[]::new));
    }
  }

  /** Learning rate 1e-2. */
  public RMSprop(Iterable<Tensor> params) { this(params, 1e-2); }

  /** An optimizer of {@code params} with learning rate {@code lr}. */
  public RMSprop(Iterable<Tensor> params, double lr) {
    super(params,
        options("lr", lr, "momentum", 0.0, "alpha", 0.99, "eps", 1e-8, "centered", false, "weight_decay", 0.0,
            "maximize",
            false));
  }

  @Override
  protected Update update(ParamGroup group) {
    double lr = group.number("lr");
    double keep = group.number("alpha");
    double eps = group.number("eps");
    double momentum = group.number("momentum");
    double decay = group.number("weight_decay");
    boolean centered = group.flag("centered");
    FusedUpdate loop = new Steps(group.flag("maximize"), decay != 0, momentum > 0, centered).loop();
    return (p, g, s) -> {
      count(s);
      List<Tensor> tensors = new ArrayList<>(List.of(p, buffer(s, "square_avg", p)));
      if (momentum > 0) tensors.add(buffer(s, "momentum_buffer", p));
      if (centered) tensors.add(buffer(s, "grad_avg", p));
      tensors.add(g);
      loop.apply(tensors, 1 - keep, eps, lr, decay, momentum);
    };
  }
}
