package dev.flambeau;

/** How a quotient is rounded. */
public enum RoundingMode {
  /** Towards zero. */
  TRUNC,
  /** Downwards. */
  FLOOR
}
