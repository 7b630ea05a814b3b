package dev.flambeau.kernel;

import dev.flambeau.array.NdArray;

/** Images in a Java array: position of the first element, and the steps from image to image, channel, row, column. */
record ConvPlanes<A>(A data, int first, int image, int channel, int row, int column) {
  @SuppressWarnings("unchecked")
  static <A> ConvPlanes<A> of(NdArray x) {
    return new ConvPlanes<>((A) x.data(), x.offset(), x.stride(0), x.stride(1), x.stride(2), x.stride(3));
  }

  /** Every {@code down}-th row from {@code row0} on, of it every {@code across}-th column from {@code column0} on. */
  ConvPlanes<A> every(int row0, int down, int column0, int across) {
    return new ConvPlanes<>(data, first + row0 * row + column0 * column, image, channel, down * row, across * column);
  }

  /** Those from image {@code n} on. */
  ConvPlanes<A> from(int n) { return new ConvPlanes<>(data, first + n * image, image, channel, row, column); }

  /**
   * Writes a block's outputs of one channel, and ends them.
   *
   * @param image from one image of sums to the next, {@code pitch} from row to row, {@code step} from column to column
   */
  void store(ConvLoops<A> loops, ConvEnd<A> end, ConvBlock block, int channel, A sums, int from, int image, int pitch,
      int step) {
    boolean whole = row == block.columns() * column;
    int run = whole ? block.rows() * block.columns() : block.columns();
    for (int n = 0; n < block.images(); n++) {
      int to = at(block.image() + n, channel, block.row(), block.column());
      loops.copy(sums, from + n * image, pitch, step, data, to, row, column, block.rows(), block.columns());
      for (int p = 0; p < (whole ? 1 : block.rows()); p++) end.finish(channel, data, to + p * row, run, column);
    }
  }

  /** Reads a block of one channel, to rows {@code pitch} apart and columns {@code step} apart. */
  void load(ConvLoops<A> loops, ConvBlock block, int channel, A to, int toAt, int image, int pitch, int step) {
    for (int n = 0; n < block.images(); n++) {
      loops.copy(data, at(block.image() + n, channel, block.row(), block.column()), row, column, to, toAt + n * image,
          pitch, step, block.rows(), block.columns());
    }
  }

  int at(int n, int c, int y, int x) { return first + n * image + c * channel + y * row + x * column; }
}
