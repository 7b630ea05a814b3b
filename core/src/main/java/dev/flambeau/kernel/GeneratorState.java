package dev.flambeau.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalDouble;

/**
 * A generator's state and its layout in bytes, which is PyTorch's: little-endian, each word of the twister in 8 bytes,
 * gaps as a C compiler leaves them.
 */
record GeneratorState(long seed, Mt19937 bits, OptionalDouble keptNormal) {
  static final int BYTES = 5056;

  private static final int SEED = 0;
  private static final int LEFT = 8;
  private static final int SEEDED = 12;
  private static final int USED = 16;
  private static final int WORDS = 24;
  private static final int NORMAL = WORDS + 8 * Mt19937.WORDS + 8;
  private static final int HAS_NORMAL = NORMAL + 16;

  byte[] toBytes() {
    int used = bits.used();
    int[] words = bits.words();
    ByteBuffer state = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    state.putLong(SEED, seed).putInt(LEFT, left(used)).putInt(SEEDED, 1).putLong(USED, used);
    for (int i = 0; i < Mt19937.WORDS; i++) state.putLong(WORDS + 8 * i, words[i] & 0xffffffffL);
    state.putDouble(NORMAL, keptNormal.orElse(0)).putInt(HAS_NORMAL, keptNormal.isPresent() ? 1 : 0);
    return state.array();
  }

  static GeneratorState of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("setState: expected the " + BYTES + " bytes that getState gives, got "
          + bytes.length);
    }
    ByteBuffer state = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long used = state.getLong(USED);
    boolean sound = state.getInt(SEEDED) == 1 && used >= 0 && used <= Mt19937.WORDS
        && state.getInt(LEFT) == left((int) used);
    if (!sound) {
      throw new IllegalArgumentException("setState: expected what getState gives, got " + BYTES + " other bytes");
    }
    int[] words = new int[Mt19937.WORDS];
    for (int i = 0; i < words.length; i++) words[i] = (int) state.getLong(WORDS + 8 * i);
    OptionalDouble kept = state.getInt(HAS_NORMAL) == 0 ? OptionalDouble.empty()
        : OptionalDouble.of(state.getDouble(NORMAL));
    return new GeneratorState(state.getLong(SEED), new Mt19937(words, (int) used), kept);
  }

  /** The words left before the renewal, the next one included; 1 just after seeding. */
  private static int left(int used) { return used == 0 ? 1 : Mt19937.WORDS + 1 - used; }
}
