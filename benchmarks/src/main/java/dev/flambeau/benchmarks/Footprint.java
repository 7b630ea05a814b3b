package dev.flambeau.benchmarks;

import java.util.Map;

/**
 * A figure in bytes, beside the times.
 *
 * @param limit what is wanted at most, NaN if nothing was promised
 * @param bytes by contender
 */
record Footprint(String title, double limit, Map<String, Double> bytes) {
  double of(String contender) { return bytes.getOrDefault(contender, Double.NaN); }

  boolean missed() { return of(Outcome.FLAMBEAU) > limit; }
}
