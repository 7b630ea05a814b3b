package dev.flambeau.optim;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;

/**
 * Options of a whole optimizer, or of one of its parameter groups. Set on an optimizer, an option holds for the groups that it has and for those that are
 * added later; set on a group, for that group.
 *
 * @param <S> what they are set on, which each setter returns
 */
public interface GroupOptions<S> {
  /**
   * Sets an option by PyTorch's name for it, as in {@code "weight_decay"}.
   *
   * @throws IllegalArgumentException if the optimizer has no such option, or the value is not one for it
   */
  void put(String name, Object value);

  /** {@link #put}, for chaining. */
  @CanIgnoreReturnValue
  @SuppressWarnings("unchecked")
  default S set(String name, Object value) {
    put(name, value);
    return (S) this;
  }

  /** The learning rate, at least 0. */
  @CanIgnoreReturnValue
  default S lr(double lr) { return set("lr", lr); }

  /** Options that all but {@link LBFGS} have. */
  interface OfDescent<S> extends GroupOptions<S> {
    /** How much of each parameter is added to its gradient (AdamW: how fast parameters decay), at least 0. */
    @CanIgnoreReturnValue
    default S weightDecay(double decay) { return set("weight_decay", decay); }

    /** Whether steps go up the gradient. */
    @CanIgnoreReturnValue
    default S maximize(boolean maximize) { return set("maximize", maximize); }
  }

  /** Options of those that divide by a root. */
  interface OfDivision<S> extends OfDescent<S> {
    /** What is added to the divisor. */
    @CanIgnoreReturnValue
    default S eps(double eps) { return set("eps", eps); }
  }

  /** Options of those that have momentum. */
  interface OfMomentum<S> extends OfDescent<S> {
    /** How much of the last step remains in the next. */
    @CanIgnoreReturnValue
    default S momentum(double momentum) { return set("momentum", momentum); }
  }

  /** Options of {@link SGD}. */
  interface OfSGD<S> extends OfMomentum<S> {
    /** How much of a gradient does not enter the momentum. */
    @CanIgnoreReturnValue
    default S dampening(double dampening) { return set("dampening", dampening); }

    /** Whether to look ahead; needs momentum, and no dampening. */
    @CanIgnoreReturnValue
    default S nesterov(boolean nesterov) { return set("nesterov", nesterov); }
  }

  /** Options of {@link Adam} and {@link AdamW}. */
  interface OfAdam<S> extends OfDivision<S> {
    /** How much of the means of the gradient and of its square remains from step to step. */
    @CanIgnoreReturnValue
    default S betas(double beta1, double beta2) { return set("betas", List.of(beta1, beta2)); }

    /** Whether to divide by the largest v so far. */
    @CanIgnoreReturnValue
    default S amsgrad(boolean amsgrad) { return set("amsgrad", amsgrad); }
  }

  /** Options of {@link RMSprop}. */
  interface OfRMSprop<S> extends OfDivision<S>, OfMomentum<S> {
    /** How much of the means remains from step to step. */
    @CanIgnoreReturnValue
    default S alpha(double alpha) { return set("alpha", alpha); }

    /** Whether to divide by the standard deviation, not by the root of the mean square. */
    @CanIgnoreReturnValue
    default S centered(boolean centered) { return set("centered", centered); }
  }

  /** Options of {@link Adagrad}. */
  interface OfAdagrad<S> extends OfDivision<S> {
    /** How fast the learning rate falls: to lr / (1 + (t − 1) · lrDecay) at step t. */
    @CanIgnoreReturnValue
    default S lrDecay(double lrDecay) { return set("lr_decay", lrDecay); }

    /** What the sums of squares begin with. */
    @CanIgnoreReturnValue
    default S initialAccumulatorValue(double value) { return set("initial_accumulator_value", value); }
  }

  /** Options of {@link Adadelta}. */
  interface OfAdadelta<S> extends OfDivision<S> {
    /** How much of the means remains from step to step, at most 1. */
    @CanIgnoreReturnValue
    default S rho(double rho) { return set("rho", rho); }
  }
}
