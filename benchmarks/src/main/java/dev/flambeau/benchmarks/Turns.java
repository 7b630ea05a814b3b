package dev.flambeau.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One row: everybody's results compared, then everybody's times, in turn. */
final class Turns {
  /** A sample is at least as long as this, so that reading the clock costs nothing of it. */
  private static final double SAMPLE_NANOS = 1e6;
  /** A just-in-time compiler takes its time, for a network up to twenty seconds, and in steps. */
  private static final int PATIENCE = 4, MAX_WARMUPS = 30;
  private static final double BETTER = 0.95;
  private static final int MAX_SAMPLES = 100;

  /** Threads of a library that spin for their next task do so for some milliseconds. */
  private static final long PAUSE_MILLIS = 40;

  private final Options options;
  private final Path scratch;

  Turns(Options options, Path scratch) {
    this.options = options;
    this.scratch = scratch;
  }

  /** Measures a row: Flambeau, and those of the peers that can. A peer that fails is only absent from the row. */
  Outcome run(Spec spec, Contender flambeau, List<Contender> peers) throws InterruptedException {
    List<String> notes = new ArrayList<>();
    try {
      Path own = result(spec, flambeau);
      List<Contender> able = new ArrayList<>();
      double difference = Double.NaN;
      for (Contender peer : peers) {
        try {
          double d = Comparison.maxRelativeDifference(Comparison.floats(own), Comparison.floats(result(spec, peer)));
          if (!(d <= spec.tolerance())) return Outcome.wrong(spec, peer.name(), d);
          difference = Double.isNaN(difference) ? d : Math.max(difference, d);
          able.add(peer);
        } catch (IOException e) {
          notes.add(peer.name() + " has no " + spec.name() + ": " + e.getMessage());
        }
      }
      able.addFirst(flambeau);
      return new Outcome(spec, times(spec, able), difference, notes);
    } catch (IOException | IllegalArgumentException e) {
      return Outcome.failed(spec, "FAILED: " + e.getMessage());
    }
  }

  private Path result(Spec spec, Contender contender) throws IOException {
    Path file = scratch.resolve(contender.name() + ".bin");
    Files.deleteIfExists(file);
    contender.result(spec.name(), file);
    return file;
  }

  private Map<String, Times> times(Spec spec, List<Contender> contenders) throws IOException, InterruptedException {
    Map<Contender, Double> steps = new LinkedHashMap<>();
    for (Contender c : contenders) {
      steps.put(c, warmed(spec, c));
      Thread.sleep(PAUSE_MILLIS);
    }
    Map<String, List<Times>> turns = new LinkedHashMap<>();
    for (int round = 0; round < options.rounds(); round++) {
      for (Contender c : contenders) {
        turns.computeIfAbsent(c.name(), _ -> new ArrayList<>()).add(turn(spec, c, steps.getOrDefault(c, 1.0)));
        Thread.sleep(PAUSE_MILLIS);
      }
    }
    Map<String, Times> joined = new LinkedHashMap<>();
    turns.forEach((name, all) -> joined.put(name, Times.joined(all)));
    return joined;
  }

  /** Warms up until that has not helped for some time; gives the nanoseconds per step. */
  private double warmed(Spec spec, Contender contender) throws IOException {
    double best = contender.warm(spec.name(), options.warmMillis());
    for (int k = 1, vain = 0; k < MAX_WARMUPS && vain < PATIENCE; k++) {
      double nanos = contender.warm(spec.name(), options.warmMillis());
      vain = nanos < BETTER * best ? 0 : vain + 1;
      best = Math.min(best, nanos);
    }
    return best;
  }

  private Times turn(Spec spec, Contender contender, double stepNanos) throws IOException {
    long perSample = Math.max(1, (long) (SAMPLE_NANOS / stepNanos));
    double turnNanos = 1e6 * options.turnMillis();
    long samples = Math.clamp((long) (turnNanos / (perSample * stepNanos)), 1, MAX_SAMPLES);
    return contender.times(spec.name(), samples * perSample / 10, samples, perSample);
  }

  /** The arithmetic that the machine can do, in operations per nanosecond: the best of many short loops. */
  static double peak(Contender flambeau, Path scratch) throws IOException {
    Path file = scratch.resolve("peak.bin");
    flambeau.result("peak", file);
    double flops = Comparison.floats(file).get(0);
    double nanos = flambeau.warm("peak", 500);
    return flops / flambeau.times("peak", 1, Math.clamp((long) (1e9 / nanos), 3, 200), 1).best();
  }
}
