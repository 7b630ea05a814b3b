package dev.flambeau.benchmarks;

import static dev.flambeau.benchmarks.worker.Inputs.CLASSES;
import static dev.flambeau.benchmarks.worker.Inputs.FEATURES;
import static dev.flambeau.benchmarks.worker.Inputs.FIRST_BATCH;
import static dev.flambeau.benchmarks.worker.Inputs.FIRST_SIDE;
import static dev.flambeau.benchmarks.worker.Inputs.INNER;
import static dev.flambeau.benchmarks.worker.Inputs.SEQUENCES;
import static dev.flambeau.benchmarks.worker.Inputs.SERIES;
import static dev.flambeau.benchmarks.worker.Inputs.SIGNALS;
import static dev.flambeau.benchmarks.worker.Inputs.STATES;
import static dev.flambeau.benchmarks.worker.Inputs.TIMES;
import static dev.flambeau.benchmarks.worker.Inputs.TOKENS;

import java.util.List;

/**
 * What a row of the table promises.
 *
 * @param goal the ratio to the fastest peer that is wanted
 * @param flops floating-point operations per step if arithmetic bounds the row, else 0
 * @param tolerance the largest relative difference between two libraries' results
 * @param limit of a row of whole processes: the nanoseconds from a process's start to its first result that are wanted
 *     at most; 0 for a row of steps in a running process
 */
record Spec(String name, String title, double goal, double flops, double tolerance, double limit) {
  static final double GEOMETRIC_MEAN = 2;

  static final List<Spec> ALL = List.of(
      new Spec("graph-2x2", "tutorial graph, 2 by 2", 30, 0, 1e-6),
      new Spec("add-2x2", "one add, 2 by 2", 8, 0, 0),
      matmul(64, 1.2),
      matmul(256, 1.5),
      matmul(1024, 1.7),
      matmul(2048, 1.7),
      new Spec("add-1m", "add, 1 M", 1, 0, 0),
      new Spec("add-16m", "add, 16 M", 3, 0, 0),
      new Spec("exp-1m", "exp, 1 M", 2.5, 0, 1e-6),
      new Spec("gelu-1m", "gelu, 1 M", 1.3, 0, 1e-5),
      new Spec("sum-1m", "sum, 1 M", 1, 0, 1e-4),
      new Spec("mlp", "MLP 784-256-10, batch 64, training step", 2, 0, 1e-4),
      resnet(true, 8, 224, 1.7),
      resnet(true, 8, 64, 2),
      resnet(true, 1, 64, 2),
      resnet(false, 8, 224, 1.7),
      resnet(false, 8, 64, 1.7),
      resnet(false, 1, 64, 1.7),
      new Spec("transformer", "Transformer layer, batch 16, 64 tokens, training step", 1.7, transformerFlops(), 1e-4),
      new Spec("lstm", "LSTM 64-128, batch 16, 50 steps, forward and backward", 1.2, lstmFlops(), 1e-4),
      new Spec("cold-start", "cold start: process start to first gradient printed", 2.5, 0, 0, 0.35e9),
      new Spec("first-step", "ResNet-18, batch %d, %d by %d, process start to end of first training step"
          .formatted(FIRST_BATCH, FIRST_SIDE, FIRST_SIDE), 1, 0, 1e-4, 3e9));

  Spec(String name, String title, double goal, double flops, double tolerance) {
    this(name, title, goal, flops, tolerance, 0);
  }

  boolean ofProcesses() { return limit > 0; }

  /** Whether nobody can do with fewer operations than {@code flops}: convolutions can. */
  boolean exact() { return name.startsWith("matmul"); }

  private static Spec matmul(int n, double goal) {
    return new Spec("matmul-" + n, "matmul, " + n, goal, 2.0 * n * n * n, 1e-5);
  }

  /** {@code side} is a multiple of 32, which the strides of ResNet-18 divide. */
  private static Spec resnet(boolean training, int batch, int side, double goal) {
    double cells = side / 32.0 * side / 32, convolutions = 37_011_456 * cells, classifier = 512 * CLASSES;
    double products = convolutions + classifier;
    if (training) products = 3 * products - 64 * 3 * 7 * 7 * 16 * 16 * cells;
    return new Spec("resnet-" + (training ? "training-" : "inference-") + batch + "-" + side,
        "ResNet-18, batch %d, %d by %d, %s".formatted(batch, side, side, training ? "training step" : "inference"),
        goal, 2 * batch * products, training ? 1e-3 : 1e-4);
  }

  private static double transformerFlops() {
    double in = 3 * FEATURES * FEATURES, attention = 2 * TOKENS * FEATURES;
    double products = in + attention + FEATURES * FEATURES + 2 * FEATURES * INNER;
    return 2.0 * SEQUENCES * TOKENS * (3 * products - in);
  }

  private static double lstmFlops() {
    double in = 4 * STATES * SIGNALS, products = in + 4 * STATES * STATES;
    return 2.0 * TIMES * SERIES * (3 * products - in);
  }

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
