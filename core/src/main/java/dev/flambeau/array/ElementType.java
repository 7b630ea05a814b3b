package dev.flambeau.array;

import java.util.Arrays;

/** How the elements of an {@link NdArray} are stored. */
public enum ElementType {
  /** 32-bit IEEE floats in a {@code float[]}. */
  FLOAT32(4),
  /** 64-bit IEEE floats in a {@code double[]}. */
  FLOAT64(8),
  /** 64-bit signed integers in a {@code long[]}. */
  INT64(8),
  /** 32-bit signed integers in an {@code int[]}. */
  INT32(4),
  /** 8-bit unsigned integers in a {@code byte[]}. */
  UINT8(1),
  /** Truth values, 0 or 1, in a {@code byte[]}. */
  BOOL(1);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Size of one element in bytes. */
  public int bytes() { return bytes; }

  /** Whether elements are real numbers. */
  public boolean isFloating() { return this == FLOAT32 || this == FLOAT64; }

  /** A zeroed Java array for {@code length} elements. */
  public Object allocate(int length) {
    return switch (this) {
      case FLOAT32 -> new float[length];
      case FLOAT64 -> new double[length];
      case INT64 -> new long[length];
      case INT32 -> new int[length];
      case UINT8, BOOL -> new byte[length];
    };
  }

  /** Sets all elements of {@code array} to {@code value}. */
  void fill(Object array, double value) {
    switch (this) {
      case FLOAT32 -> Arrays.fill((float[]) array, (float) value);
      case FLOAT64 -> Arrays.fill((double[]) array, value);
      case INT64 -> Arrays.fill((long[]) array, (long) value);
      case INT32 -> Arrays.fill((int[]) array, (int) value);
      case UINT8, BOOL -> Arrays.fill((byte[]) array, (byte) value);
    }
  }

  /** Whether {@code array} is of the Java type that holds such elements. */
  public boolean fits(Object array) {
    return switch (this) {
      case FLOAT32 -> array instanceof float[];
      case FLOAT64 -> array instanceof double[];
      case INT64 -> array instanceof long[];
      case INT32 -> array instanceof int[];
      case UINT8, BOOL -> array instanceof byte[];
    };
  }
}
