package dev.flambeau.kernel;

import java.util.Arrays;

/**
 * dw[f, c, t] = Σ over images and outputs of g[n, f, p, q] · x[n, c, where t looks from (p, q)], block after block of
 * outputs: each block's gradients are packed, its pixels copied with zeros around them, then tasks share the weights.
 *
 * <p>With many channels the copies are turned, channels side by side, and tiles read them in place, tap after tap; what
 * lies between two rows of outputs meets gradients of zero. With few, or short rows, tiles read packed pixels.
 */
record ConvWeights<A>(GemmTiles<A> tiles, ConvLoops<A> loops, ConvSizes sizes, ConvTaps taps, ConvPlanes<A> x,
    ConvPlanes<A> g, A dw, int dwFrom) {
  private static final int DEPTH = 256;
  /** Elements copied at a time, unless a single row has more. */
  private static final int COPIED = 1 << 20;
  private static final int FEWEST_CHANNELS = 16;

  private boolean inPlace() {
    return sizes.channels() >= FEWEST_CHANNELS && taps.reachAcross * 10 <= sizes.across().out();
  }

  void run() {
    int groups = sizes.groups();
    int most = COPIED / Math.max(1, groups * Math.max(sizes.channels(), sizes.filters()));
    ConvBlock.Cut cut =
        ConvBlock.cut(sizes.batch(), sizes.down().out(), sizes.across().out(), Math.max(DEPTH, most), DEPTH);
    if (!inPlace()) {
      for (int i = 0; i < cut.count(); i++) add(cut.block(i), i > 0);
      return;
    }
    int high = ConvCorrelation.panelHeight(tiles, sizes.filters());
    int rows = ConvCorrelation.ceilDiv(sizes.filters(), high) * high;
    int wide = tiles.width(sizes.channels());
    int row = ConvCorrelation.ceilDiv(sizes.channels(), wide) * wide;
    A sums = tiles.take(Math.multiplyExact(groups * taps.count, rows * row));
    for (int i = 0; i < cut.count(); i++) addInPlace(cut.block(i), high, wide, sums, i > 0);
    int perFilter = sizes.channels() * taps.count;
    Parallel.forRange(groups * sizes.filters(), 1, (from, to) -> {
      for (int f = from; f < to; f++) {
        int at = (f / sizes.filters() * taps.count * rows + f % sizes.filters()) * row;
        for (int t = 0; t < taps.count; t++) {
          loops.copy(sums, at + t * rows * row, 0, 1, dw, dwFrom + f * perFilter + t, 0, taps.count, 1,
              sizes.channels());
        }
      }
    });
    tiles.give(sums);
  }

  /** Adds a block's products to {@code sums}: for each tap the filters' rows of channels. */
  private void addInPlace(ConvBlock block, int high, int wide, A sums, boolean accumulate) {
    int groups = sizes.groups();
    int channels = sizes.channels();
    int panels = ConvCorrelation.ceilDiv(sizes.filters(), high);
    int across = ConvCorrelation.ceilDiv(channels, wide);
    ConvStrip<A> strip = new ConvStrip<>(loops, taps, block);
    int depth = strip.length();
    int[] places = strip.places();
    A packed = tiles.take(Math.multiplyExact(groups * panels * high, depth));
    A turned = tiles.take(Math.multiplyExact(groups * across * wide, strip.channelSize));
    int jobs = groups * panels;
    Parallel.forRange(jobs + groups * across, 1, (from, to) -> {
      for (int i = from; i < to; i++) {
        if (i < jobs) packRows(block, places, i / panels, i % panels * high, high, depth, packed, i * high * depth);
        else turn(strip, (i - jobs) / across, (i - jobs) % across * wide, wide, turned,
            (i - jobs) * wide * strip.channelSize);
      }
    });
    int[] steps = strip.steps(1);
    Parallel.forRange(groups * across * panels, 1, (from, to) -> {
      for (int i = from; i < to; i++) {
        int group = i / (across * panels);
        int j = i / panels % across;
        int panel = i % panels;
        int a = (group * panels + panel) * high * depth;
        int b = (group * across + j) * wide * strip.channelSize;
        int to0 = (group * taps.count * panels + panel) * high * across * wide + j * wide;
        GemmTile<A> tile = tiles.tile(high, wide);
        for (int k = 0; k < depth; k += DEPTH) {
          int end = Math.min(depth, k + DEPTH);
          for (int t = 0; t < taps.count; t++) {
            tile.multiply(packed, a + k * high, a + end * high, turned, b + (k + steps[t]) * wide, wide, sums,
                to0 + t * panels * high * across * wide, across * wide, accumulate || k > 0);
          }
        }
      }
    });
    tiles.give(packed);
    tiles.give(turned);
  }

  /** One panel of gradients in the places of the copies, with zeros between. */
  private void packRows(ConvBlock block, int[] places, int group, int first, int high, int depth, A to, int toAt) {
    loops.zero(to, toAt, toAt + high * depth);
    int used = Math.min(high, sizes.filters() - first);
    for (int i = 0; i < places.length; i += block.columns()) {
      int p = i / block.columns();
      int at = g.at(block.image() + p / block.rows(), group * sizes.filters() + first, block.row() + p % block.rows(),
          block.column());
      tiles.pack(g.data(), at, g.channel(), g.column(), used, high, block.columns(), to, toAt + places[i] * high);
    }
  }

  /** Copies some channels and turns them so that they lie side by side. */
  private void turn(ConvStrip<A> strip, int group, int first, int wide, A to, int toAt) {
    int used = Math.min(wide, sizes.channels() - first);
    A copied = tiles.take(wide * strip.channelSize);
    for (int c = 0; c < used; c++) {
      strip.fill(x, group * sizes.channels() + first + c, sizes.down().in(), sizes.across().in(), copied,
          c * strip.channelSize);
    }
    tiles.pack(copied, 0, strip.channelSize, 1, used, wide, strip.channelSize, to, toAt);
    tiles.give(copied);
  }

  private void add(ConvBlock block, boolean accumulate) {
    int groups = sizes.groups();
    int channels = sizes.channels();
    int filters = sizes.filters();
    int high = ConvCorrelation.panelHeight(tiles, filters);
    int panels = ConvCorrelation.ceilDiv(filters, high);
    int pixels = block.pixels();
    int[] outputs = new int[pixels];
    for (int i = 0; i < pixels; i++) {
      int row = i / block.columns();
      outputs[i] = row / block.rows() * g.image() + row % block.rows() * g.row() + i % block.columns() * g.column();
    }
    int origin = g.at(block.image(), 0, block.row(), block.column());
    A packed = tiles.take(Math.multiplyExact(groups * panels * high, pixels));
    ConvStrip<A> strip = new ConvStrip<>(loops, taps, block);
    A copied = tiles.take(Math.multiplyExact(groups * channels, strip.channelSize));
    int jobs = groups * panels;
    Parallel.forRange(jobs + groups * channels, 1, (from, to) -> {
      for (int i = from; i < to; i++) {
        if (i < jobs) pack(origin, outputs, i / panels, i % panels * high, high, packed, i * high * pixels);
        else strip.fill(x, i - jobs, sizes.down().in(), sizes.across().in(), copied, (i - jobs) * strip.channelSize);
      }
    });
    int wide = tiles.columns();
    int columns = channels * taps.count;
    int across = ConvCorrelation.ceilDiv(columns, wide);
    int[] taken = strip.steps(channels);
    int[] places = new int[columns];
    for (int i = 0; i < columns; i++) places[i] = taken[i % taps.count * channels + i / taps.count];
    int[] steps = strip.places();
    Parallel.forRange(groups * across, 1, (from, to) -> {
      for (int i = from; i < to; i++) {
        multiply(i / across, i % across * wide, packed, copied, i / across * channels * strip.channelSize, steps,
            places,
            accumulate);
      }
    });
    tiles.give(packed);
    tiles.give(copied);
  }

  /** One panel of gradients, all pixels of it. */
  private void pack(int origin, int[] outputs, int group, int first, int high, A packed, int at) {
    int[] places = new int[high];
    for (int i = 0; i < high; i++) places[i] = Math.min(first + i, sizes.filters() - 1) * g.channel();
    loops.gather(g.data(), origin + group * sizes.filters() * g.channel(), outputs, outputs.length, places, high,
        packed,
        at, high);
  }

  private void multiply(int group, int column, A packed, A copied, int copiedFrom, int[] steps, int[] places,
      boolean accumulate) {
    int filters = sizes.filters();
    int high = ConvCorrelation.panelHeight(tiles, filters);
    int panels = ConvCorrelation.ceilDiv(filters, high);
    int columns = sizes.channels() * taps.count;
    int used = Math.min(tiles.columns(), columns - column);
    int wide = tiles.width(used);
    int[] ofPanel = new int[wide];
    for (int j = 0; j < wide; j++) ofPanel[j] = places[Math.min(column + j, columns - 1)];
    A panel = tiles.take(DEPTH * wide);
    A edge = tiles.take(high * wide);
    GemmTile<A> tile = tiles.tile(high, wide);
    for (int k = 0; k < steps.length; k += DEPTH) {
      int depth = Math.min(DEPTH, steps.length - k);
      int[] stretch = Arrays.copyOfRange(steps, k, k + depth);
      loops.gather(copied, copiedFrom, stretch, depth, ofPanel, wide, panel, 0, wide);
      boolean add = accumulate || k > 0;
      for (int i = 0; i < panels; i++) {
        int from = ((group * panels + i) * steps.length + k) * high;
        int rows = Math.min(high, filters - i * high);
        int to = dwFrom + (group * filters + i * high) * columns + column;
        if (rows == high && used == wide) {
          tile.multiply(packed, from, from + depth * high, panel, 0, wide, dw, to, columns, add);
        } else {
          tile.multiply(packed, from, from + depth * high, panel, 0, wide, edge, 0, wide, false);
          tiles.copy(edge, wide, rows, used, dw, to, columns, add);
        }
      }
    }
    tiles.give(panel);
    tiles.give(edge);
  }
}
