package dev.flambeau.kernel;

import java.util.Arrays;

/**
 * The innermost part of a matrix product: a few rows by a few columns of C, summed in registers over a stretch of k.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
interface GemmTile<A> {
  /**
   * C (+)= A · B for one tile, the products of each element of C being added up in the order of k.
   *
   * @param a lies in {@code [aFrom, aEnd)}, {@code aStep} being a step of its {@link GemmLayout}
   * @param b for each k the tile's columns, next to each other; from one k to the next are {@code bRow} elements
   * @param c the tile's first element is at {@code cFrom}, and {@code cRow} elements are from one row to the next
   * @param accumulate whether the sums are added to C; otherwise they replace it
   */
  void multiply(A a, int aFrom, int aEnd, int aStep, A b, int bFrom, int bRow, A c, int cFrom, int cRow,
      boolean accumulate);

  /** The same with B's columns for step k at {@code bFrom + bSteps[k]}. */
  void multiply(A a, int aFrom, int aEnd, int aStep, A b, int bFrom, int[] bSteps, A c, int cFrom, int cRow,
      boolean accumulate);

  /** The same for a packed panel of A. */
  default void multiply(A a, int aFrom, int aEnd, A b, int bFrom, int bRow, A c, int cFrom, int cRow,
      boolean accumulate) {
    multiply(a, aFrom, aEnd, 0, b, bFrom, bRow, c, cFrom, cRow, accumulate);
  }

  /** The same for a packed panel of A. */
  default void multiply(A a, int aFrom, int aEnd, A b, int bFrom, int[] bSteps, A c, int cFrom, int cRow,
      boolean accumulate) {
    multiply(a, aFrom, aEnd, 0, b, bFrom, bSteps, c, cFrom, cRow, accumulate);
  }

  /** The steps of {@code count} things, each {@code step} from the next. */
  static int[] steps(int count, int step) {
    int[] steps = new int[count];
    Arrays.setAll(steps, k -> k * step);
    return steps;
  }
}
