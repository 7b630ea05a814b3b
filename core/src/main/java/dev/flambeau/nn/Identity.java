package dev.flambeau.nn;

/** x itself. */
public final class Identity extends Stateless {
  /** Nothing to choose. */
  public Identity() { super(x -> x); }
}
