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

  int at(int n, int c, int y, int x) { return first + n * image + c * channel + y * row + x * column; }
}
