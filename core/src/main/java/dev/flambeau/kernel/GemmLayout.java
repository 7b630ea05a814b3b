package dev.flambeau.kernel;

/**
 * How a tile's part of A lies. A step of 0 is the one that each call gives.
 *
 * @param rowStep from one row to the next
 * @param kStep from one k to the next
 * @param run how many steps of k lie side by side before A jumps by the call's step to the next stretch; 0 if all do
 * @param lanewise whether A has for each k not a number but as many as B, each a factor of its own
 */
record GemmLayout(int rowStep, int kStep, int run, boolean lanewise) {
  /** Rows of a matrix, each of them contiguous. */
  static final GemmLayout ROWS = new GemmLayout(0, 1, 0, false);
  /** Rows of a transposed matrix. */
  static final GemmLayout COLUMNS = new GemmLayout(1, 0, 0, false);

  /** For each k all rows, and nothing else. */
  static GemmLayout packed(int height) { return new GemmLayout(1, height, 0, false); }

  /** Rows for dot products, cut into vectors of {@code lanes}. */
  static GemmLayout dots(int lanes) { return new GemmLayout(0, lanes, 0, true); }

  /** From the first k to the end. */
  int length(int depth, int aStep) { return depth / Math.max(1, run) * next(aStep); }

  /** Where each k begins in {@code [aFrom, aEnd)}. */
  int[] places(int aFrom, int aEnd, int aStep) {
    int stretch = Math.max(1, run);
    int next = next(aStep);
    int[] places = new int[(aEnd - aFrom + next - 1) / next * stretch];
    for (int k = 0; k < places.length; k++) places[k] = aFrom + k / stretch * next + k % stretch * kStep;
    return places;
  }

  private int next(int aStep) { return run > 0 || kStep == 0 ? aStep : kStep; }
}
