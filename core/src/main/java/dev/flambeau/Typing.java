package dev.flambeau;

/** Which dtype a pointwise operation gives. */
public enum Typing {
  /** The type in which its inputs meet. */
  SAME,
  /** The same, but real numbers where the inputs are integers or truth values. */
  FLOATING,
  /** Truth values, computed in the type in which the inputs meet. */
  TRUTH,
  /** The same, but integers where the inputs are truth values. */
  NUMERIC,
  /** The type in which all inputs but the first, a condition, meet. */
  CHOICE
}
