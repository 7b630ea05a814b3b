package dev.flambeau.kernel;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import org.jspecify.annotations.Nullable;

/** Counts of small integers. */
public final class Counting {
  private Counting() {}

  /**
   * How often each of 0, 1, … occurs in the vector {@code x} of non-negative integers, or the sum of the weights at its
   * places; at least {@code minLength} numbers. INT64 without weights, FLOAT32 for weights of that type, else FLOAT64.
   *
   * @throws IllegalArgumentException if {@code x} is no vector of non-negative integers, the weights have another
   *     shape, or {@code minLength} is negative
   */
  public static NdArray bincount(NdArray x, @Nullable NdArray weights, int minLength) {
    if (x.rank() != 1 || x.type().isFloating() || x.type() == ElementType.BOOL) {
      throw new IllegalArgumentException("bincount: expected a vector of integers, got " + x + "; flatten or cast it");
    }
    if (minLength < 0) {
      throw new IllegalArgumentException("bincount: expected a minimum length of at least 0, got " + minLength);
    }
    if (weights != null && !weights.shape().equals(x.shape())) {
      throw new IllegalArgumentException("bincount: expected weights of shape " + x.shape() + ", got " + weights.shape()
          + "; give one weight for each element");
    }
    int n = x.numel();
    int length = minLength;
    for (int i = 0; i < n; i++) {
      long value = x.longAt(x.position(i));
      if (value < 0 || value >= Integer.MAX_VALUE) {
        throw new IllegalArgumentException("bincount: expected integers from 0 to 2147483646, got " + value + " at ["
            + i + "]; use unique to count others");
      }
      length = Math.max(length, (int) value + 1);
    }
    if (weights == null) {
      long[] counts = new long[length];
      for (int i = 0; i < n; i++) counts[(int) x.longAt(x.position(i))]++;
      return NdArray.of(counts, ElementType.INT64, Shape.of(length));
    }
    boolean single = weights.type() == ElementType.FLOAT32;
    NdArray sums = NdArray.allocate(single ? ElementType.FLOAT32 : ElementType.FLOAT64, Shape.of(length));
    for (int i = 0; i < n; i++) {
      int bin = (int) x.longAt(x.position(i));
      double weight = weights.doubleAt(weights.position(i));
      if (single) sums.floats()[bin] += (float) weight;
      else sums.doubles()[bin] += weight;
    }
    return sums;
  }
}
