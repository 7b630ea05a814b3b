package dev.flambeau.benchmarks;

import java.util.Arrays;

/** Order statistics of a sample, which a few disturbed values cannot move. */
final class Statistics {
  private Statistics() {}

  static double median(double[] sample) { return quantile(sample, 0.5); }

  /** The width of the middle half of the sample, as a share of the median. */
  static double spread(double[] sample) {
    return (quantile(sample, 0.75) - quantile(sample, 0.25)) / median(sample);
  }

  /**
   * The value below which a share {@code q} of the sample lies, linear between neighbours.
   *
   * @throws IllegalArgumentException if the sample is empty
   */
  static double quantile(double[] sample, double q) {
    if (sample.length == 0) throw new IllegalArgumentException("quantile: expected at least one value, got none");
    double[] sorted = sample.clone();
    Arrays.sort(sorted);
    double position = q * (sorted.length - 1);
    int below = (int) position, above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  static double geometricMean(double[] sample) {
    return Math.exp(Arrays.stream(sample).map(Math::log).average().orElse(Double.NaN));
  }
}
