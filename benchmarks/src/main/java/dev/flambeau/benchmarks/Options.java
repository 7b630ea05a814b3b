package dev.flambeau.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the command line asks for.
 *
 * @param rows those of the table that are measured
 * @param beside of size and memory those that are
 * @param profile whether only Flambeau runs, and is watched
 * @param warmMillis for each contender and row
 * @param rounds how often everyone has a turn
 * @param turnMillis the length of a turn
 */
record Options(List<Spec> rows, Set<String> beside, boolean write, boolean help, boolean peers, boolean profile,
    int threads, long warmMillis, int rounds, long turnMillis) {
  static final String SIZE = "size", MEMORY = "memory";

  static final String USAGE = """
      Usage: ./flambeau bench [--write] [--quick] [--alone] [--profile] [row...]

      Times Flambeau and LibTorch, LibTorch with MKL and PyTorch, in turn, on two threads. The first run fetches the two
      LibTorch (about 230 MB) with Maven; PyTorch is measured where python3, or the python that the environment variable
      FLAMBEAU_PYTHON names, imports torch. A row is named by its name or the start of it; without names, all:

        %s

      cold-start and first-step start whole processes. Two more are printed below the table: size (of the files to ship)
      and memory (of training steps of ResNet-18). All together take twenty minutes.

        --write   also writes docs/benchmarks.md
        --quick   shorter turns: a first impression
        --alone   Flambeau without its peers
        --profile the methods that Flambeau's time goes to instead of the table; with --write into docs/profiles.md
      """;

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException if a word is no option and no row, or if part of the table were to be written
   */
  static Options parse(String... args) {
    boolean write = false, quick = false, help = false, peers = true, profile = false;
    List<String> names = new ArrayList<>();
    for (String arg : args) {
      switch (arg) {
        case "--write" -> write = true;
        case "--quick" -> quick = true;
        case "--alone" -> peers = false;
        case "--profile" -> profile = true;
        case "--help", "-h" -> help = true;
        default -> names.add(arg);
      }
    }
    if (names.stream().anyMatch(n -> n.startsWith("-"))) {
      throw new IllegalArgumentException(
          "there is no such option among " + names + "; ./flambeau bench --help lists them");
    }
    Set<String> beside = new LinkedHashSet<>(List.of(SIZE, MEMORY));
    if (!names.isEmpty()) beside.retainAll(names);
    boolean none = !names.isEmpty() && beside.containsAll(names);
    names.removeAll(beside);
    List<Spec> rows = none ? List.of() : Spec.chosen(names);
    if (write && (quick || !peers || rows.size() < Spec.ALL.size())) {
      throw new IllegalArgumentException("--write is for the whole table: without --quick, --alone and names of rows");
    }
    return quick ? new Options(rows, beside, write, help, peers, profile, 2, 700, 3, 100)
        : new Options(rows, beside, write, help, peers, profile, 2, 1000, 7, 300);
  }

  static String usage() {
    return USAGE.formatted(String.join(", ", Spec.ALL.stream().map(Spec::name).toList()));
  }
}
