package dev.flambeau.nn;

/** One dimension as several. */
public final class Unflatten extends Stateless {
  /** Dimension {@code dim} with these sizes, of which one may be −1. */
  public Unflatten(int dim, long... sizes) {
    super(x -> x.unflatten(dim, sizes), "dim", dim, "unflattened_size", sizes);
  }
}
