package dev.flambeau.nn;

import dev.flambeau.Tensor;

/** log σ(x). */
public final class LogSigmoid extends Stateless {
  /** Nothing to choose. */
  public LogSigmoid() { super(Tensor::logsigmoid); }
}
