package dev.flambeau.kernel;

/** A small matrix times many short columns, each element of a column being a vector of lanes side by side. */
@FunctionalInterface
interface ConvTransform {
  /**
   * Transforms {@code count} columns. Neighbouring elements of a column are {@code step} apart, columns {@code next};
   * likewise where the results go. What is written must not be read.
   */
  void run(float[] from, int at, int step, int next, float[] to, int toAt, int toStep, int toNext, int count);
}
