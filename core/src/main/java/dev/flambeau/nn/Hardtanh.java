package dev.flambeau.nn;

/** x pushed into min … max. */
public final class Hardtanh extends Stateless {
  /** −1 … 1. */
  public Hardtanh() { this(-1, 1); }

  /** min … max. */
  public Hardtanh(double min, double max) { super(x -> x.hardtanh(min, max), "min_val", min, "max_val", max); }
}
