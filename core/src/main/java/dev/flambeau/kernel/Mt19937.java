package dev.flambeau.kernel;

/**
 * The Mersenne Twister MT19937 of Matsumoto and Nishimura (1998): 32 uniform bits per draw, period 2¹⁹⁹³⁷ − 1.
 *
 * <p>The 624 words of state are renewed all at once when they are used up. Seeding takes the low 32 bits of the seed.
 */
final class Mt19937 {
  static final int WORDS = 624;
  private static final int SHIFT = 397;

  private final int[] words = new int[WORDS];
  private int next;
  /** Whether nothing was drawn since seeding. PyTorch writes that state differently from a used-up one. */
  private boolean fresh;

  Mt19937(long seed) {
    words[0] = (int) seed;
    for (int i = 1; i < WORDS; i++) words[i] = 1812433253 * (words[i - 1] ^ words[i - 1] >>> 30) + i;
    next = WORDS;
    fresh = true;
  }

  /** Continues from exported words, of which {@code used} were drawn; {@code used == 0} means just seeded. */
  Mt19937(int[] words, int used) {
    System.arraycopy(words, 0, this.words, 0, WORDS);
    fresh = used == 0;
    next = fresh ? WORDS : used;
  }

  /** The next 32 bits. */
  int nextInt() {
    if (next == WORDS) renew();
    return temper(words[next++]);
  }

  /** The low 24 bits of the next draw, times 2⁻²⁴. */
  float nextFloat() { return uniform(nextInt()); }

  /** Fills x from {@code from} to {@code end} with one {@link #nextFloat} each. */
  void nextFloats(float[] x, int from, int end) {
    for (int at = from; at < end;) {
      if (next == WORDS) renew();
      int n = Math.min(end - at, WORDS - next);
      for (int i = 0; i < n; i++) x[at + i] = uniform(temper(words[next + i]));
      next += n;
      at += n;
    }
  }

  /** The next 64 bits: two draws, the first one on top. */
  long nextLong() {
    long high = nextInt();
    return high << 32 | nextInt() & 0xffffffffL;
  }

  /** The state's words, a copy. */
  int[] words() { return words.clone(); }

  /** How many words were drawn since the last renewal: 1 to 624, or 0 just after seeding. */
  int used() { return fresh ? 0 : next; }

  private void renew() {
    int[] w = words;
    for (int i = 0; i < WORDS - SHIFT; i++) w[i] = w[i + SHIFT] ^ twist(w[i], w[i + 1]);
    for (int i = WORDS - SHIFT; i < WORDS - 1; i++) w[i] = w[i + SHIFT - WORDS] ^ twist(w[i], w[i + 1]);
    w[WORDS - 1] = w[SHIFT - 1] ^ twist(w[WORDS - 1], w[0]);
    next = 0;
    fresh = false;
  }

  private static float uniform(int bits) { return (bits & 0xffffff) * 0x1p-24f; }

  private static int temper(int y) {
    y ^= y >>> 11;
    y ^= y << 7 & 0x9d2c5680;
    y ^= y << 15 & 0xefc60000;
    return y ^ y >>> 18;
  }

  private static int twist(int high, int low) {
    return (high & 0x80000000 | low & 0x7fffffff) >>> 1 ^ -(low & 1) & 0x9908b0df;
  }
}
