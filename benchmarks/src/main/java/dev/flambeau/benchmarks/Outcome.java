package dev.flambeau.benchmarks;

import java.util.List;
import java.util.Map;

/**
 * What was found of a row.
 *
 * @param times by contender, Flambeau's first; empty if the row failed
 * @param difference the largest relative difference between Flambeau's result and a peer's, NaN without peers
 * @param notes what the reader has to know: who is absent, or why the row failed
 */
record Outcome(Spec spec, Map<String, Times> times, double difference, List<String> notes) {
  static final String FLAMBEAU = "Flambeau";

  static Outcome failed(Spec spec, String reason) { return new Outcome(spec, Map.of(), Double.NaN, List.of(reason)); }

  boolean failed() { return times.isEmpty(); }

  /** How many times as fast as the fastest peer Flambeau is, NaN without peers. */
  double ratio() {
    Times own = times.get(FLAMBEAU);
    if (own == null) return Double.NaN;
    double fastest = times.entrySet().stream().filter(e -> !e.getKey().equals(FLAMBEAU))
        .mapToDouble(e -> e.getValue().median()).min().orElse(Double.NaN);
    return fastest / own.median();
  }
}
