package dev.flambeau.benchmarks;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The page: where it was measured, the table, what the table leaves out.
 *
 * @param contenders name and version of each one measured, Flambeau first
 * @param absent name and reason of each one that is not
 * @param peak floating-point operations per nanosecond, NaN if unknown
 * @param footprints what was measured besides times
 */
record Report(Machine machine, LocalDate date, int threads, Map<String, String> contenders, Map<String, String> absent,
    double peak, List<Outcome> outcomes, List<Footprint> footprints) {
  private static final String INTRODUCTION = """
      # Benchmarks

      Written by `./flambeau bench --write`, which repeats it all; `./flambeau bench [row...]` prints it, and
      `./flambeau bench --help` names the rows.

      """;
  private static final String EXPLANATION = """

      How it is measured: each library runs in a process of its own, with the same number of threads and the same
      inputs. Each row's results are compared first; only then is everybody warmed up, until four seconds in a row have
      brought nothing, and timed, in turn, several times round. The figures are medians. *Spread* is the width of the middle half of Flambeau's samples as a share of
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

      The goals are those of the project, set against PyTorch 2.13 on another machine; here they are held against the
      fastest peer. What *this machine's peak allows* for a matmul is the time of the fastest peer divided by the time
      that the row's arithmetic takes at the peak, which is the best of loops before all rows and after them.

      A cold start is a whole process, from its start until it has printed the gradient of (x · x).sum() at (2, 3);
      Flambeau's JVM has the AOT cache that the launcher makes for each command, trained by the same program; the peers'
      have none. The first training step is a whole process too, from its start until it has printed the loss: it
      initialises the network by chance, with the same seed in Flambeau and PyTorch, and their losses are compared.

      *Files to ship* are the jars (for LibTorch those of one platform, packed) or, of PyTorch, the installed folder.
      *Resident* is by how much making the network and three training steps raise the most physical memory that a
      process of its own has had; of a JVM that is mostly what the collector leaves lying as long as the heap may grow.
      *Reachable* is what Flambeau needs: the most bytes that a full collection leaves during three steps after the first,
      with one collection every few milliseconds, less what was there before the network was made.
      """;

  boolean failed() { return outcomes.stream().anyMatch(Outcome::failed); }

  String page() { return INTRODUCTION + header() + "\n" + summary() + EXPLANATION; }

  /** Header, table and what there is to say about it. */
  String summary() {
    StringBuilder text = new StringBuilder();
    if (!outcomes.isEmpty()) text.append(table()).append('\n');
    double[] ratios = outcomes.stream().mapToDouble(Outcome::ratio).filter(r -> !Double.isNaN(r)).toArray();
    if (ratios.length > 0) {
      text.append("Geometric mean of the ratios: ").append(Figures.plain(Statistics.geometricMean(ratios)))
          .append(" of ").append(Figures.goal(Spec.GEOMETRIC_MEAN)).append(".\n");
    }
    named(text, "Below 1", outcomes.stream().filter(o -> o.ratio() < 1));
    named(text, "Below the goal", outcomes.stream().filter(o -> o.ratio() >= 1 && o.ratio() < o.spec().goal()));
    named(text, "Later than wanted", outcomes.stream().filter(o -> o.late() && !(o.ratio() < o.spec().goal())));
    if (ratios.length > 0 && outcomes.stream().noneMatch(o -> o.late() || o.ratio() < o.spec().goal())) {
      text.append("Every goal is met.\n");
    }
    for (Outcome outcome : outcomes) {
      for (String note : outcome.notes()) text.append("\n- ").append(outcome.spec().title()).append(": ").append(note);
    }
    if (outcomes.stream().anyMatch(o -> !o.notes().isEmpty())) text.append('\n');
    if (!footprints.isEmpty()) text.append(outcomes.isEmpty() ? "" : "\n").append(beside());
    return text.toString();
  }

  private void named(StringBuilder text, String what, Stream<Outcome> those) {
    List<String> names = those.map(this::shortfall).toList();
    if (!names.isEmpty()) text.append('\n').append(what).append(": ").append(String.join("; ", names)).append(".\n");
  }

  private String shortfall(Outcome outcome) {
    Spec spec = outcome.spec();
    List<String> words = new ArrayList<>();
    if (outcome.ratio() < spec.goal()) {
      double most = outcome.ratioAt(peak);
      words.add(Figures.plain(outcome.ratio()) + " of " + Figures.goal(spec.goal())
          + (most < spec.goal() ? ", and of at most " + Figures.plain(most) + " that this machine's peak allows" : ""));
    }
    Times own = outcome.times().get(Outcome.FLAMBEAU);
    if (own != null && outcome.late()) words.add(Figures.time(own.median()) + " of " + latest(spec));
    return spec.title() + " (" + String.join("; ", words) + ")";
  }

  String header() {
    StringBuilder text = new StringBuilder();
    text.append(machine.described(date));
    line(text, "Peak", Double.isNaN(peak) ? "unknown"
        : "%.0f GFLOP/s in float on %d threads".formatted(peak, threads));
    contenders.forEach((name, version) -> line(text, name, version));
    absent.forEach((name, reason) -> line(text, name, "absent: " + reason));
    return text.toString();
  }

  private static void line(StringBuilder text, String key, String value) {
    text.append("- ").append(key).append(": ").append(value).append('\n');
  }

  private Table table() {
    List<String> peers = peers();
    List<String> titles = new ArrayList<>(List.of("row", Outcome.FLAMBEAU, "spread"));
    titles.addAll(peers);
    titles.addAll(List.of("ratio", "goal", "of peak", "allocated", "GC", "difference"));
    Table table = new Table(titles);
    for (Outcome outcome : outcomes) table.add(cells(outcome, peers));
    return table;
  }

  private List<String> peers() {
    return contenders.keySet().stream().filter(c -> !c.equals(Outcome.FLAMBEAU)).toList();
  }

  private Table beside() {
    List<String> titles = new ArrayList<>(List.of("besides time", Outcome.FLAMBEAU));
    titles.addAll(peers());
    titles.add("goal");
    Table table = new Table(titles);
    for (Footprint footprint : footprints) {
      List<String> cells = new ArrayList<>(List.of(footprint.title(), Figures.bytes(footprint.of(Outcome.FLAMBEAU))));
      for (String peer : peers()) cells.add(Figures.bytes(footprint.of(peer)));
      cells.add(Double.isNaN(footprint.limit()) ? Figures.NONE
          : "≤ " + Figures.bytes(footprint.limit()) + (footprint.missed() ? ": missed" : ""));
      table.add(cells);
    }
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

  private static String goal(Spec spec) {
    return Figures.goal(spec.goal()) + (spec.ofProcesses() ? ", " + latest(spec) : "");
  }

  private static String latest(Spec spec) { return "≤ " + Figures.time(spec.limit()); }
}
