package dev.flambeau.kernel;

import dev.flambeau.array.ElementType;
import org.jspecify.annotations.Nullable;

/**
 * Which variant of a formula's loop: what is done with the values, the types, the inner layouts; packed in a {@code long}, as looking it up must cost
 * nothing.
 *
 * <p>From the lowest bit: compute type (3), purpose (4), vectors (1), result's type (3) and layout (2), then of each input type (3) and layout (2).
 */
final class LoopKey {
  /** An operand whose elements lie side by side. */
  static final int DENSE = 0;
  /** An operand whose elements are all one. */
  static final int SINGLE = 1;
  /** An operand with any step. */
  static final int STRIDED = 2;
  /** The result's layout if it and all dense inputs are side by side and start at the same index: what C2 turns into vectors. */
  static final int ALIGNED = 3;

  /** As many inputs as the key has room for. */
  static final int MAX_INPUTS = 10;

  static final int MAP = 0;
  private static final int REDUCE = 1;
  private static final int LANES = 5;
  private static final int SCAN = 9;
  private static final int VECTORS = 1 << 7;
  private static final int OUT = 8;
  private static final int IN = 13;

  private static final ElementType[] TYPES = ElementType.values();
  private static final Reducer[] REDUCERS = Reducer.values();

  private LoopKey() {}

  static int reduce(Reducer r) { return REDUCE + r.ordinal(); }

  static int scan(Reducer r) { return SCAN + r.ordinal(); }

  /** The key without inputs. */
  static long of(ElementType compute, int purpose, ElementType out) {
    return compute.ordinal() | purpose << 3 | (long) out.ordinal() << OUT;
  }

  static long outLayout(int layout) { return (long) layout << OUT + 3; }

  static long input(int i, ElementType type, int layout) { return (type.ordinal() | (long) layout << 3) << IN + 5 * i; }

  static long withVectors(long key) { return key | VECTORS; }

  static long withoutVectors(long key) { return key & ~VECTORS; }

  static ElementType compute(long key) { return TYPES[(int) (key & 7)]; }

  static int purpose(long key) { return (int) (key >> 3 & 15); }

  /** What values are combined with, or null for a map. */
  static @Nullable Reducer reducer(long key) {
    int purpose = purpose(key);
    return purpose == MAP ? null : REDUCERS[(purpose - 1) % REDUCERS.length];
  }

  static boolean isReduction(long key) { return purpose(key) >= REDUCE && purpose(key) < SCAN; }

  /** The reduction with many accumulators. */
  static long withLanes(long key) { return key + ((long) (LANES - REDUCE) << 3); }

  static boolean hasLanes(long key) { return purpose(key) >= LANES && purpose(key) < SCAN; }

  static long withOutType(long key, ElementType type) { return key & ~(7L << OUT) | (long) type.ordinal() << OUT; }

  static boolean isScan(long key) { return purpose(key) >= SCAN; }

  static boolean hasVectors(long key) { return (key & VECTORS) != 0; }

  static ElementType outType(long key) { return TYPES[(int) (key >> OUT & 7)]; }

  static int outLayout(long key) { return (int) (key >> OUT + 3 & 3); }

  static ElementType inputType(long key, int i) { return TYPES[(int) (key >> IN + 5 * i & 7)]; }

  static int inputLayout(long key, int i) { return (int) (key >> IN + 5 * i + 3 & 3); }
}
