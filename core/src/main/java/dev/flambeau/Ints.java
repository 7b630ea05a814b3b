package dev.flambeau;

import java.util.Arrays;
import java.util.stream.IntStream;

/** A list of integers as a value: dimensions, sizes, strides. */
public final class Ints {
  /** No integers. */
  public static final Ints NONE = new Ints(new int[0]);

  private final int[] values;

  private Ints(int[] values) {
    this.values = values;
  }

  /** These integers. */
  public static Ints of(int... values) { return values.length == 0 ? NONE : new Ints(values.clone()); }

  /** The integers {@code 0 … n−1}. */
  static Ints range(int n) { return new Ints(IntStream.range(0, n).toArray()); }

  /** How many. */
  public int size() { return values.length; }

  /** The {@code k}-th. */
  public int at(int k) { return values[k]; }

  /** Whether {@code value} is among them. */
  public boolean contains(int value) {
    for (int each : values) if (each == value) return true;
    return false;
  }

  /** A copy as an array. */
  public int[] toArray() { return values.clone(); }

  @Override
  public boolean equals(Object other) {
    return this == other || other instanceof Ints i && Arrays.equals(values, i.values);
  }

  @Override
  public int hashCode() { return Arrays.hashCode(values); }

  @Override
  public String toString() { return Arrays.toString(values); }
}
