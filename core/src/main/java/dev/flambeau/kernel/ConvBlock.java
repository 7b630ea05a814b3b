package dev.flambeau.kernel;

/** Some outputs: of some images some rows, and of these some columns. */
record ConvBlock(int image, int images, int row, int rows, int column, int columns) {
  /** At most so many pixels are one block, unless a single one is more. */
  static Cut cut(int batch, int height, int width, int most, int multiple) {
    int columns = best(width, 1, most, multiple);
    int rows = columns < width ? 1 : best(height, width, most, multiple);
    int images = rows < height || columns < width ? 1 : best(batch, height * width, most, multiple);
    return new Cut(batch, height, width, images, rows, columns);
  }

  int pixels() { return images * rows * columns; }

  /** From the first to the last of the columns, where these are {@code step} apart. */
  ConvBlock ofAllColumns(int step) {
    return new ConvBlock(image, images, row, rows, column * step, (columns - 1) * step + 1);
  }

  /** How many of {@code count} things of {@code size} pixels to take at once, to leave little of the last tile free. */
  private static int best(int count, int size, int most, int multiple) {
    int best = 1;
    double least = Double.POSITIVE_INFINITY;
    for (int n = 1; n <= count && (n == 1 || (long) n * size <= most); n++) {
      int pieces = (count + n - 1) / n;
      int even = (count + pieces - 1) / pieces;
      long pixels = (long) even * size;
      double cost = (double) ((pixels + multiple - 1) / multiple * multiple + multiple) / pixels;
      if (cost < least) {
        least = cost;
        best = even;
      }
    }
    return best;
  }

  /** A grid of outputs cut into blocks. */
  record Cut(int batch, int height, int width, int images, int rows, int columns) {
    private int down() { return (height + rows - 1) / rows; }

    private int across() { return (width + columns - 1) / columns; }

    int count() { return (batch + images - 1) / images * down() * across(); }

    ConvBlock block(int i) {
      int n = i / (down() * across()) * images;
      int p = i / across() % down() * rows;
      int q = i % across() * columns;
      return new ConvBlock(n, Math.min(images, batch - n), p, Math.min(rows, height - p), q,
          Math.min(columns, width - q));
    }
  }
}
