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

  static Outcome wrong(Spec spec, String peer, double difference) {
    return failed(spec, "WRONG RESULT: differs from " + peer + " by " + Figures.difference(difference) + ", allowed "
        + Figures.difference(spec.tolerance()));
  }

  boolean failed() { return times.isEmpty(); }

  /** How many times as fast as the fastest peer Flambeau is, NaN without peers. */
  double ratio() {
    Times own = times.get(FLAMBEAU);
    return own == null ? Double.NaN : fastestPeer() / own.median();
  }

  /**
   * The ratio that the machine's peak would give; NaN where a better algorithm could exceed it, or somebody did: then
   * the peak was measured while the machine was slower.
   */
  double ratioAt(double peak) {
    double most = fastestPeer() * peak / spec.flops();
    return spec.exact() && most >= Math.max(1, ratio()) ? most : Double.NaN;
  }

  private double fastestPeer() {
    return times.entrySet().stream().filter(e -> !e.getKey().equals(FLAMBEAU)).mapToDouble(e -> e.getValue().median())
        .min().orElse(Double.NaN);
  }

  /** Whether a process took longer than it may. */
  boolean late() {
    Times own = times.get(FLAMBEAU);
    return own != null && spec.ofProcesses() && own.median() > spec.limit();
  }
}
