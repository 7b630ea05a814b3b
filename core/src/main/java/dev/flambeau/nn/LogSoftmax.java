package dev.flambeau.nn;

/** x − log Σ exp x along a dimension. */
public final class LogSoftmax extends Stateless {
  /** Along {@code dim}. */
  public LogSoftmax(int dim) { super(x -> x.logSoftmax(dim), "dim", dim); }
}
