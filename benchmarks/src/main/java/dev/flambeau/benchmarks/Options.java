package dev.flambeau.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param warmMillis for each contender and row
 * @param rounds how often everyone has a turn
 * @param turnMillis the length of a turn
 */
record Options(List<Spec> rows, boolean write, boolean help, boolean peers, int threads, long warmMillis, int rounds,
    long turnMillis) {
  static final String USAGE = """
      Usage: ./flambeau bench [--write] [--quick] [--alone] [row...]

      Times Flambeau and LibTorch, LibTorch with MKL and PyTorch, in turn, on two threads. The first run fetches the two
      LibTorch (about 230 MB) with Maven; PyTorch is measured where python3, or the python that the environment variable
      FLAMBEAU_PYTHON names, imports torch. A row is named by its name or the start of it; without names, all:

        %s

        --write   also writes docs/benchmarks.md
        --quick   shorter turns: a first impression
        --alone   Flambeau without its peers
      """;

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException if a word is no option and no row, or if part of the table were to be written
   */
  static Options parse(String... args) {
    boolean write = false, quick = false, help = false, peers = true;
    List<String> names = new ArrayList<>();
    for (String arg : args) {
      switch (arg) {
        case "--write" -> write = true;
        case "--quick" -> quick = true;
        case "--alone" -> peers = false;
        case "--help", "-h" -> help = true;
        default -> names.add(arg);
      }
    }
    if (names.stream().anyMatch(n -> n.startsWith("-"))) {
      throw new IllegalArgumentException(
          "there is no such option among " + names + "; ./flambeau bench --help lists them");
    }
    List<Spec> rows = Spec.chosen(names);
    if (write && (quick || !peers || rows.size() < Spec.ALL.size())) {
      throw new IllegalArgumentException("--write is for the whole table: without --quick, --alone and names of rows");
    }
    return quick ? new Options(rows, write, help, peers, 2, 300, 3, 100)
        : new Options(rows, write, help, peers, 2, 1000, 7, 300);
  }

  static String usage() {
    return USAGE.formatted(String.join(", ", Spec.ALL.stream().map(Spec::name).toList()));
  }
}
