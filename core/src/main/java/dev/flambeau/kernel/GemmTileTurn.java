package dev.flambeau.kernel;

/**
 * Packs a panel of an operand whose contiguous direction is k, by transposing squares of it in registers.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
@FunctionalInterface
interface GemmTileTurn<A> {
  /**
   * Writes row after row the columns of a matrix with a few rows, {@code step} apart, and as many columns as fill
   * {@code squares} vectors. Each row written is one vector long, whatever comes after its last element is overwritten.
   */
  void turn(A from, int fromAt, int step, int squares, A to, int toAt, int width);
}
