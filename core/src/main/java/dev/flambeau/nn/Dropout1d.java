package dev.flambeau.nn;

/** In training each channel of {@code x (N, C, L)} becomes 0 with probability p, the others grow by 1 / (1 − p). */
public final class Dropout1d extends Dropping {
  /** With probability ½. */
  public Dropout1d() { this(0.5); }

  /** With probability {@code p}. */
  public Dropout1d(double p) { super(p, x -> Functional.dropout1d(x, p, true)); }
}
