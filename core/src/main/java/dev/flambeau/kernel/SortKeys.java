package dev.flambeau.kernel;

import dev.flambeau.array.NdArray;
import java.util.Arrays;

/**
 * Sorts one lane at a time, whatever its type: each element becomes a {@code long} of the same order, and an index goes
 * with it.
 *
 * <p>NaN is the greatest, −0 and 0 are equal, and equal elements keep their order, ascending or descending. Short lanes
 * and short heads of long ones are sorted by insertion, the others by their bytes from the lowest up, leaving out bytes
 * that are equal in all keys.
 */
final class SortKeys {
  private static final int INSERTION = 64;
  private static final int DIGIT = 256;

  private final int size;
  private final int[] counts = new int[8 * DIGIT];
  private long[] keys;
  private long[] spareKeys;
  private int[] order;
  private int[] spareOrder;

  /** For lanes of {@code size} elements. */
  SortKeys(int size) {
    this.size = size;
    keys = new long[size];
    spareKeys = new long[size];
    order = new int[size];
    spareOrder = new int[size];
  }

  /** The index of the element at {@code rank} after sorting. */
  int at(int rank) { return order[rank]; }

  /** Goes back to the elements' own order. */
  void reset() {
    for (int i = 0; i < size; i++) order[i] = i;
  }

  /** Sorts the lane at {@code start}; only the ranks below {@code head}, at most {@code size}, will be asked for. */
  void sort(NdArray x, int start, int stride, boolean descending, int head) {
    read(x, start, stride, size, descending, keys);
    reset();
    if (head <= INSERTION) insert(head);
    else distribute(x.type().bytes());
  }

  /** Sorts by the lane at {@code start}, leaving what is equal there in the order of the sorts before. */
  void sortWithin(NdArray x, int start, int stride) {
    read(x, start, stride, size, false, spareKeys);
    for (int i = 0; i < size; i++) keys[i] = spareKeys[order[i]];
    if (size <= INSERTION) insert(size);
    else distribute(x.type().bytes());
  }

  /** Sorts the {@code head} least keys to the front; those behind are lost. */
  private void insert(int head) {
    for (int i = 0; i < size; i++) {
      long key = keys[i];
      int index = order[i];
      int j = Math.min(i, head);
      if (j == head && (head == 0 || key >= keys[head - 1])) continue;
      if (j == head) j--;
      for (; j > 0 && keys[j - 1] > key; j--) {
        keys[j] = keys[j - 1];
        order[j] = order[j - 1];
      }
      keys[j] = key;
      order[j] = index;
    }
  }

  private void distribute(int bytes) {
    Arrays.fill(counts, 0);
    for (int i = 0; i < size; i++) {
      for (int b = 0; b < bytes; b++) counts[b * DIGIT + digit(keys[i], b)]++;
    }
    for (int b = 0; b < bytes; b++) {
      if (counts[b * DIGIT + digit(keys[0], b)] < size) distributeBy(b);
    }
  }

  private void distributeBy(int b) {
    int[] next = counts;
    int first = b * DIGIT;
    int sum = 0;
    for (int d = first; d < first + DIGIT; d++) {
      int count = next[d];
      next[d] = sum;
      sum += count;
    }
    long[] toKeys = spareKeys;
    int[] toOrder = spareOrder;
    for (int i = 0; i < size; i++) {
      long key = keys[i];
      int at = next[first + digit(key, b)]++;
      toKeys[at] = key;
      toOrder[at] = order[i];
    }
    spareKeys = keys;
    spareOrder = order;
    keys = toKeys;
    order = toOrder;
  }

  /** Byte {@code b} of the key, with the sign of the highest turned, so that bytes order as unsigned. */
  private static int digit(long key, int b) { return (int) ((key ^ Long.MIN_VALUE) >>> 8 * b) & 0xff; }

  /** Writes the keys of {@code size} elements: signed longs in the order of the elements, or in the opposite one. */
  static void read(NdArray x, int start, int stride, int size, boolean descending, long[] keys) {
    long flip = descending ? -1 : 0;
    switch (x.type()) {
      case FLOAT32 -> {
        float[] from = x.floats();
        for (int i = 0, p = start; i < size; i++, p += stride) {
          int bits = Float.floatToIntBits(from[p] + 0f);
          keys[i] = low(bits ^ bits >> 31 & Integer.MAX_VALUE) ^ flip;
        }
      }
      case FLOAT64 -> {
        double[] from = x.doubles();
        for (int i = 0, p = start; i < size; i++, p += stride) {
          long bits = Double.doubleToLongBits(from[p] + 0.0);
          keys[i] = bits ^ bits >> 63 & Long.MAX_VALUE ^ flip;
        }
      }
      case INT64 -> {
        long[] from = x.longs();
        for (int i = 0, p = start; i < size; i++, p += stride) keys[i] = from[p] ^ flip;
      }
      case INT32 -> {
        int[] from = x.ints();
        for (int i = 0, p = start; i < size; i++, p += stride) keys[i] = low(from[p]) ^ flip;
      }
      case UINT8, BOOL -> {
        byte[] from = x.bytes();
        for (int i = 0, p = start; i < size; i++, p += stride) keys[i] = from[p] & 0xff ^ flip;
      }
    }
  }

  /** {@code value − min}: in the low four bytes, so that the others need no pass. */
  private static long low(int value) { return (long) value - Integer.MIN_VALUE; }
}
