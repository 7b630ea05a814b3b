package dev.flambeau.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of whole processes: everybody's first result compared, then everybody started again and again, in turn. */
final class Starts {
  private final int rounds;
  private final Path log;

  Starts(int rounds, Path log) {
    this.rounds = rounds;
    this.log = log;
  }

  /**
   * Measures a row.
   *
   * @param commands by contender, Flambeau's first
   * @param variants other ways to start Flambeau, by what a note calls them
   */
  Outcome run(Spec spec, Map<String, List<String>> commands, Map<String, List<String>> variants)
      throws InterruptedException {
    Map<String, List<String>> all = new LinkedHashMap<>(commands);
    all.putAll(variants);
    List<String> notes = new ArrayList<>();
    Map<String, List<Times>> turns = new LinkedHashMap<>();
    double difference = Double.NaN;
    try {
      Start own = Start.of(commands.getOrDefault(Outcome.FLAMBEAU, List.of()), log);
      for (var command : new LinkedHashMap<>(all).entrySet()) {
        String name = command.getKey();
        if (name.equals(Outcome.FLAMBEAU)) continue;
        try {
          double d =
              Comparison.maxRelativeDifference(own.buffer(), Start.of(command.getValue(), log).buffer());
          if (!(d <= spec.tolerance())) return Outcome.wrong(spec, name, d);
          difference = Double.isNaN(difference) ? d : Math.max(difference, d);
        } catch (IOException e) {
          notes.add(name + " has no " + spec.name() + ": " + e.getMessage());
          all.remove(name);
        }
      }
      for (int round = 0; round < rounds; round++) {
        for (var command : all.entrySet()) {
          turns.computeIfAbsent(command.getKey(), _ -> new ArrayList<>())
              .add(Times.once(Start.of(command.getValue(), log).nanos()));
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      return Outcome.failed(spec, "FAILED: " + e.getMessage());
    }
    Map<String, Times> times = new LinkedHashMap<>();
    turns.forEach((name, each) -> times.put(name, Times.joined(each)));
    for (String variant : variants.keySet()) {
      Times found = times.remove(variant);
      if (found != null) notes.add(Outcome.FLAMBEAU + " " + variant + ": " + Figures.time(found.median()));
    }
    return new Outcome(spec, times, difference, notes);
  }
}
