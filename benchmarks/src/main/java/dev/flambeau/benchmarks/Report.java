package dev.flambeau.benchmarks;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The page: where it was measured, the table, what the table leaves out.
 *
 * @param contenders name and version of each one measured, Flambeau first
 * @param absent name and reason of each one that is not
 * @param peak floating-point operations per nanosecond, NaN if unknown
 */
record Report(Machine machine, LocalDate date, int threads, Map<String, String> contenders, Map<String, String> absent,
    double peak, List<Outcome> outcomes) {
  private static final String INTRODUCTION = """
      # Benchmarks

      Written by `./flambeau bench --write`, which repeats it all; `./flambeau bench [row...]` prints it, and
      `./flambeau bench --help` names the rows.

      """;
  private static final String EXPLANATION = """

      How it is measured: each library runs in a process of its own, with the same number of threads and the same
      inputs. Each row's results are compared first; only then is everybody warmed up and timed, in turn, several
      times round. The figures are medians. *Spread* is the width of the middle half of Flambeau's samples as a share of
      their median; *ratio* the median of the fastest peer divided by Flambeau's; *of peak* the row's arithmetic as a
      share of what a loop of fused multiply-adds reaches on this machine; *allocated* and *GC* what a step of
      Flambeau allocates on all threads and what the collector takes for it; *difference* the largest relative
      difference between Flambeau's result and a peer's.

      A training step is forward pass, loss, backward pass and an update in place: of the perceptron and of ResNet-18
      with cross entropy and stochastic gradient descent with momentum; of the Transformer encoder layer (128 features,
      4 heads, 512 inner features, GELU, no dropout, batch first) with the sum of squared errors and AdamW. Inference keeps no
      graph and takes the running statistics of batch normalisation. The long short-term memory (one layer, of 64
      signals and 128 states) has a forward and a backward pass from the sum of its outputs. Every library's networks
      get the same parameters before. Compared are: of the perceptron the parameters after five steps; of the other
      training steps the output before and the loss at each of five steps; of inference the output; of the long
      short-term memory all gradients. Peers have the layers that their interfaces offer; where one is missing (DJL has no such Transformer
      layer), it is put together from operations.
      """;

  boolean failed() { return outcomes.stream().anyMatch(Outcome::failed); }

  String page() { return INTRODUCTION + header() + "\n" + summary() + EXPLANATION; }

  /** Header, table and what there is to say about it. */
  String summary() {
    StringBuilder text = new StringBuilder(table().toString()).append('\n');
    double[] ratios = outcomes.stream().mapToDouble(Outcome::ratio).filter(r -> !Double.isNaN(r)).toArray();
    if (ratios.length > 0) {
      text.append("Geometric mean of the ratios: ").append(Figures.plain(Statistics.geometricMean(ratios)))
          .append(". ");
      List<String> missed = outcomes.stream().filter(o -> o.ratio() < o.spec().goal())
          .map(o -> o.spec().title() + " (" + Figures.plain(o.ratio()) + " of " + goal(o.spec()) + ")").toList();
      text.append(missed.isEmpty() ? "Every goal is met.\n" : "Below the goal: " + String.join("; ", missed) + ".\n");
    }
    for (Outcome outcome : outcomes) {
      for (String note : outcome.notes()) text.append("\n- ").append(outcome.spec().title()).append(": ").append(note);
    }
    if (outcomes.stream().anyMatch(o -> !o.notes().isEmpty())) text.append('\n');
    return text.toString();
  }

  String header() {
    StringBuilder text = new StringBuilder();
    line(text, "Machine",
        machine.processor() + ", " + machine.cores() + " cores, " + machine.memory() + ", " + machine.system());
    line(text, "Peak", Double.isNaN(peak) ? "unknown"
        : "%.0f GFLOP/s in float on %d threads".formatted(peak, threads));
    line(text, "JDK", machine.jdk());
    line(text, "Flags of Flambeau's JVM", (machine.flags().isEmpty() ? "none" : "`" + machine.flags() + "`")
        + " (" + machine.collector() + ")");
    line(text, "Commit", machine.commit() + ", measured on " + date);
    contenders.forEach((name, version) -> line(text, name, version));
    absent.forEach((name, reason) -> line(text, name, "absent: " + reason));
    return text.toString();
  }

  private static void line(StringBuilder text, String key, String value) {
    text.append("- ").append(key).append(": ").append(value).append('\n');
  }

  private Table table() {
    List<String> peers = contenders.keySet().stream().filter(c -> !c.equals(Outcome.FLAMBEAU)).toList();
    List<String> titles = new ArrayList<>(List.of("row", Outcome.FLAMBEAU, "spread"));
    titles.addAll(peers);
    titles.addAll(List.of("ratio", "goal", "of peak", "allocated", "GC", "difference"));
    Table table = new Table(titles);
    for (Outcome outcome : outcomes) table.add(cells(outcome, peers));
    return table;
  }

  private List<String> cells(Outcome outcome, List<String> peers) {
    Spec spec = outcome.spec();
    Times own = outcome.times().get(Outcome.FLAMBEAU);
    List<String> cells = new ArrayList<>(List.of(spec.title()));
    cells.add(own == null ? "FAILED" : Figures.time(own.median()));
    cells.add(own == null ? Figures.NONE : Figures.percent(own.spread()));
    for (String peer : peers) {
      Times times = outcome.times().get(peer);
      cells.add(times == null ? Figures.NONE : Figures.time(times.median()));
    }
    cells.add(Figures.ratio(outcome.ratio()));
    cells.add(goal(spec));
    cells.add(own == null || spec.flops() == 0 ? Figures.NONE : Figures.percent(spec.flops() / own.median() / peak));
    cells.add(own == null ? Figures.NONE : Figures.bytes(own.bytesPerStep()));
    cells.add(own == null ? Figures.NONE : Figures.time(own.collectionPerStep()));
    cells.add(Figures.difference(outcome.difference()));
    return cells;
  }

  private static String goal(Spec spec) { return "≥ %.0f".formatted(spec.goal()); }
}
