package dev.flambeau.kernel;

/** Integer functions that the JDK lacks. */
final class Integers {
  private Integers() {}

  /** base to the power of exponent, wrapped; for a negative exponent the truncated reciprocal. */
  static long power(long base, long exponent) {
    if (exponent < 0) return base == 1 ? 1 : base == -1 ? (exponent % 2 == 0 ? 1 : -1) : 0;
    long result = 1;
    for (long rest = exponent; rest > 0; rest >>= 1) {
      if ((rest & 1) != 0) result *= base;
      base *= base;
    }
    return result;
  }

  static int power(int base, int exponent) { return (int) power((long) base, (long) exponent); }
}
