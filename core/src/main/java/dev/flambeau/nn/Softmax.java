package dev.flambeau.nn;

/** exp x, divided by its sum along a dimension. */
public final class Softmax extends Stateless {
  /** Along {@code dim}. */
  public Softmax(int dim) { super(x -> x.softmax(dim), "dim", dim); }
}
