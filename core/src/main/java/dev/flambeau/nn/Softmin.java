package dev.flambeau.nn;

/** Softmax of −x along a dimension. */
public final class Softmin extends Stateless {
  /** Along {@code dim}. */
  public Softmin(int dim) { super(x -> x.neg().softmax(dim), "dim", dim); }
}
