package dev.flambeau.benchmarks;

import dev.flambeau.Torch;
import dev.flambeau.benchmarks.worker.Row;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** {@code ./flambeau bench}: measures the rows and prints the table. */
public final class Main {
  private Main() {}

  /** Exits with 1 if a row failed or is wrong, with 2 if the command line is. */
  public static void main(String[] args) throws IOException, InterruptedException, URISyntaxException {
    Options options;
    try {
      options = Options.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println("flambeau bench: " + e.getMessage());
      System.exit(2);
      return;
    }
    if (options.help()) {
      System.out.print(Options.usage());
      return;
    }
    Path root = root();
    if (options.profile()) {
      String page = profiles(options, root);
      System.out.print(page);
      if (options.write()) Files.writeString(root.resolve("docs/profiles.md"), page);
      return;
    }
    Report report = measured(options, root);
    System.out.print(report.header() + "\n" + report.summary());
    if (report.failed()) {
      System.err.println(
          "flambeau bench: a row failed or its result is wrong" + (options.write() ? "; nothing is written" : ""));
      System.exit(1);
    }
    if (options.write()) Files.writeString(root.resolve("docs/benchmarks.md"), report.page());
  }

  private static String profiles(Options options, Path root) throws IOException {
    Torch.setNumThreads(options.threads());
    Map<String, Supplier<Row>> rows = FlambeauWorker.rows(options.threads());
    Path scratch = Files.createTempFile("flambeau-bench", ".jfr");
    StringBuilder page = new StringBuilder(Profile.INTRODUCTION);
    page.append(Machine.here(root).described(LocalDate.now(ZoneOffset.UTC)));
    for (Spec spec : options.rows()) {
      if (spec.ofProcesses()) continue;
      System.err.println("watching " + spec.name());
      try (Row row = Objects.requireNonNull(rows.get(spec.name())).get()) {
        page.append('\n').append(Profile.of(spec, row, 16 * options.warmMillis(), 3 * options.warmMillis(), scratch));
      }
    }
    Files.delete(scratch);
    return page.toString();
  }

  private static Report measured(Options options, Path root)
      throws IOException, InterruptedException, URISyntaxException {
    Path logs = Files.createDirectories(root.resolve("benchmarks/target/bench"));
    Path scratch = Files.createTempDirectory("flambeau-bench");
    Contenders contenders = new Contenders(root, logs, options.threads());
    List<Contender> peers = new ArrayList<>();
    try (Contender flambeau = contenders.flambeau()) {
      double peak = peak(flambeau, scratch);
      if (options.peers()) {
        System.err.println("fetching and starting the peers");
        peers = contenders.peers();
      }
      Map<String, String> versions = new LinkedHashMap<>(Map.of(flambeau.name(), flambeau.version()));
      for (Contender peer : peers) versions.put(peer.name(), peer.version());
      Turns turns = new Turns(options, scratch);
      List<Outcome> outcomes = new ArrayList<>();
      Starts starts = new Starts(options.rounds(), logs.resolve("starts.log"));
      for (Spec spec : options.rows()) {
        System.err.println("measuring " + spec.name());
        outcomes.add(spec.ofProcesses()
            ? starts.run(spec, contenders.commands(spec.name()), contenders.variants(spec.name()))
            : turns.run(spec, flambeau, peers));
      }
      peak = Math.max(peak, peak(flambeau, scratch));
      return new Report(Machine.here(root), LocalDate.now(ZoneOffset.UTC), options.threads(), versions,
          contenders.absent(), peak, outcomes, footprints(options, contenders, List.copyOf(versions.keySet())));
    } finally {
      for (Contender peer : peers) peer.close();
      try (var files = Files.list(scratch)) {
        for (Path file : files.toList()) Files.delete(file);
      }
      Files.delete(scratch);
    }
  }

  private static List<Footprint> footprints(Options options, Contenders contenders, List<String> names)
      throws URISyntaxException {
    List<Footprint> footprints = new ArrayList<>();
    if (options.beside().contains(Options.SIZE)) footprints.addAll(Footprints.sizes(contenders.shipped()));
    if (options.beside().contains(Options.MEMORY)) {
      System.err.println("measuring memory");
      for (Spec spec : Spec.chosen(List.of("resnet-training-8"))) {
        footprints.addAll(Footprints.memory(spec, names, contenders));
      }
    }
    return footprints;
  }

  private static double peak(Contender flambeau, Path scratch) {
    try {
      return Turns.peak(flambeau, scratch);
    } catch (IOException e) {
      System.err.println("the machine's peak is unknown: " + e.getMessage());
      return Double.NaN;
    }
  }

  /** The repository: the folder that holds the peers' project, above this module's jar or classes. */
  private static Path root() throws URISyntaxException {
    Path here = Footprints.home(Main.class);
    for (Path dir = here; dir != null; dir = dir.getParent()) {
      if (Files.exists(dir.resolve("benchmarks/peers/pom.xml"))) return dir;
    }
    throw new IllegalStateException("expected to be run from the repository, got " + here);
  }
}
