package dev.flambeau.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * What one contender measured of one row.
 *
 * @param nanos per step, one for each sample
 * @param steps all that were timed
 * @param bytes allocated over all steps, NaN if unknown
 * @param collection nanoseconds of garbage collection over all steps, NaN if unknown
 */
record Times(List<Double> nanos, long steps, double bytes, double collection) {
  /**
   * Reads the words of a worker's answer, {@code BYTES MILLIS T1 T2 …}.
   *
   * @throws IllegalArgumentException if they are not that
   */
  static Times parse(String words, long stepsPerSample) {
    String[] w = words.split(" ");
    if (w.length < 3) throw new IllegalArgumentException("expected bytes, milliseconds and times, got: " + words);
    List<Double> nanos = Arrays.stream(w).skip(2).map(Double::valueOf).toList();
    return new Times(nanos, stepsPerSample * nanos.size(), number(w[0]), 1e6 * number(w[1]));
  }

  /** One step that took so long, of whose memory nothing is known. */
  static Times once(double nanos) { return new Times(List.of(nanos), 1, Double.NaN, Double.NaN); }

  private static double number(String word) { return word.equals("-") ? Double.NaN : Double.parseDouble(word); }

  static Times joined(List<Times> turns) {
    return new Times(turns.stream().flatMap(t -> t.nanos.stream()).toList(),
        turns.stream().mapToLong(Times::steps).sum(),
        turns.stream().mapToDouble(Times::bytes).sum(), turns.stream().mapToDouble(Times::collection).sum());
  }

  private double[] sample() { return nanos.stream().flatMapToDouble(DoubleStream::of).toArray(); }

  double median() { return Statistics.median(sample()); }

  double spread() { return Statistics.spread(sample()); }

  double best() { return Statistics.quantile(sample(), 0); }

  double bytesPerStep() { return bytes / steps; }

  double collectionPerStep() { return collection / steps; }
}
