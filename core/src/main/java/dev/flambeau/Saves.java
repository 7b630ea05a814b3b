package dev.flambeau;

/** What a gradient will read again: inputs, the output. A set, kept as bits. */
public record Saves(int bits) {
  private static final int OUTPUT_BIT = 1 << 31;

  /** Nothing but shapes. */
  public static final Saves NOTHING = new Saves(0);
  /** The output. */
  public static final Saves OUTPUT = new Saves(OUTPUT_BIT);

  private static final Saves[] INPUT = {new Saves(1), new Saves(2), new Saves(4), new Saves(8)};

  /** Input {@code i}. */
  public static Saves input(int i) { return i < INPUT.length ? INPUT[i] : new Saves(1 << i); }

  /** This and {@code other}. */
  public Saves and(Saves other) { return new Saves(bits | other.bits); }

  boolean output() { return bits < 0; }

  boolean has(int i) { return (bits >> i & 1) != 0; }
}
