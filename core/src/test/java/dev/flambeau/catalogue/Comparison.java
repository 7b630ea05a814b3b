package dev.flambeau.catalogue;

import dev.flambeau.DType;
import dev.flambeau.GoldenTensors;
import dev.flambeau.Tensor;
import dev.flambeau.golden.GoldenCase;
import dev.flambeau.golden.GoldenTensor;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares tensors with what PyTorch computed.
 *
 * @param rough whether PyTorch's double precision is only that of floats
 */
record Comparison(boolean rough) {
  /** Operations whose value or derivative PyTorch computes with few terms of a series, with a constant in single precision, or with an added 1e-12. */
  private static final Set<String> ROUGH =
      Set.of("digamma", "lgamma", "lgamma_", "polygamma", "hardsigmoid", "binaryCrossEntropy");

  static Comparison of(GoldenCase c) {
    return new Comparison(
        ROUGH.contains(c.key().split("\\.", 2)[0]) || c.inputs().stream().anyMatch(x -> x.dtype().equals("float32")));
  }

  /** What differs between {@code actual} and {@code expected}, or null if nothing does. */
  @Nullable String difference(String what, GoldenTensor expected, Tensor actual) {
    DType dtype = GoldenTensors.dtype(expected);
    if (actual.dtype() != dtype) return what + " is " + actual.dtype() + " instead of " + dtype;
    int[] shape = Arrays.stream(actual.shape()).mapToInt(Math::toIntExact).toArray();
    if (!Arrays.equals(shape, expected.shape())) {
      return what + " has shape " + Arrays.toString(shape) + " instead of " + Arrays.toString(expected.shape());
    }
    double[] values = actual.toDoubleArray();
    for (int i = 0; i < values.length; i++) {
      if (!close(expected.at(i), values[i], dtype)) {
        return what + " has " + values[i] + " instead of " + expected.at(i) + " at " + i + " of "
            + Arrays.toString(expected.shape());
      }
    }
    return null;
  }

  /** As {@link #difference}, where none on either side stands for zeros. */
  @Nullable String gradientDifference(String what, @Nullable GoldenTensor expected, @Nullable Tensor actual) {
    if (expected != null && actual != null) return difference(what, expected, actual);
    if (expected != null && !isZero(expected)) return what + " is missing";
    if (actual != null && !isZero(actual)) return what + " is not zero: " + actual;
    return null;
  }

  private static boolean isZero(GoldenTensor x) {
    for (int i = 0; i < x.numel(); i++) if (x.at(i) != 0) return false;
    return true;
  }

  private static boolean isZero(Tensor x) { return Arrays.stream(x.toDoubleArray()).allMatch(v -> v == 0); }

  private boolean close(double expected, double actual, DType dtype) {
    if (expected == actual || Double.isNaN(expected) && Double.isNaN(actual)) return true;
    double difference = Math.abs(expected - actual);
    return switch (dtype) {
      case FLOAT32 -> difference <= 1e-6 + 2e-5 * Math.abs(expected) && Double.isFinite(expected);
      case FLOAT64 -> difference <= (rough ? 1e-7 + 1e-6 * Math.abs(expected) : 1e-11 + 1e-11 * Math.abs(expected))
          && Double.isFinite(expected);
      case INT64, INT32, UINT8, BOOL -> false;
    };
  }
}
