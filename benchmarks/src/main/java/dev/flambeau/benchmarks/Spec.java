package dev.flambeau.benchmarks;

import java.util.List;

/**
 * What a row of the table promises.
 *
 * @param goal the ratio to the fastest peer that is wanted
 * @param flops floating-point operations per step if arithmetic bounds the row, else 0
 * @param tolerance the largest relative difference between two libraries' results
 */
record Spec(String name, String title, double goal, double flops, double tolerance) {
  static final List<Spec> ALL = List.of(
      new Spec("graph-2x2", "tutorial graph, 2 by 2", 10, 0, 1e-6),
      new Spec("add-2x2", "one add, 2 by 2", 10, 0, 0),
      matmul(64),
      matmul(256),
      matmul(1024),
      new Spec("add-1m", "add, 1 M", 1, 0, 0),
      new Spec("add-16m", "add, 16 M", 1, 0, 0),
      new Spec("exp-1m", "exp, 1 M", 1, 0, 1e-6),
      new Spec("gelu-1m", "gelu, 1 M", 1, 0, 1e-5),
      new Spec("sum-1m", "sum, 1 M", 1, 0, 1e-4),
      new Spec("mlp", "MLP 784-256-10, batch 64, training step", 1, 0, 1e-4));

  private static Spec matmul(int n) { return new Spec("matmul-" + n, "matmul, " + n, 1, 2.0 * n * n * n, 1e-5); }

  /**
   * The rows whose names start with one of the words, in the table's order; without words, all.
   *
   * @throws IllegalArgumentException if a word fits no row
   */
  static List<Spec> chosen(List<String> words) {
    if (words.isEmpty()) return ALL;
    List<String> names = ALL.stream().map(Spec::name).toList();
    for (String word : words) {
      if (names.stream().noneMatch(n -> n.startsWith(word))) {
        throw new IllegalArgumentException("there is no row " + word + "; there are " + String.join(", ", names));
      }
    }
    return ALL.stream().filter(s -> words.stream().anyMatch(s.name()::startsWith)).toList();
  }
}
