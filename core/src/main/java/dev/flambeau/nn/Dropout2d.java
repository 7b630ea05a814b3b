package dev.flambeau.nn;

/** In training each channel of {@code x (N, C, H, W)} becomes 0 with probability p, the others grow by 1 / (1 − p). */
public final class Dropout2d extends Dropping {
  /** With probability ½. */
  public Dropout2d() { this(0.5); }

  /** With probability {@code p}. */
  public Dropout2d(double p) { super(p, x -> Functional.dropout2d(x, p, true)); }
}
