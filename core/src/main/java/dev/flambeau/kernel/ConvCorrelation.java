package dev.flambeau.kernel;

import java.util.Arrays;

/**
 * y[n, f, p, q] = Σ over channels c and taps t of weight[f, c, t] · x[n, c, where t looks from (p, q)], zero
 * outside of x: a product of the weights with the pixels each output reads, block by block of outputs.
 *
 * <p>Each task copies what its block reads of some channels, with zeros around it, packs from that the panels of the
 * product, and runs the tiles over them.
 *
 * @param x the images read, {@code height} by {@code width}
 * @param weight step from output channel to output channel, {@code weightChannel} from channel to channel
 */
record ConvCorrelation<A>(GemmTiles<A> tiles, ConvLoops<A> loops, int groups, int channels, int filters, ConvTaps taps,
    ConvPlanes<A> x, int height, int width, A weight, int weightFrom, int weightFilter, int weightChannel,
    int weightGroup, ConvEnd<A> end, ConvPlanes<A> y, ConvBlock.Cut cut) {
  /** The length of a sum that a tile keeps in registers. */
  private static final int DEPTH = 256;
  /** Channels from whose copies tiles read in place. */
  private static final int CHANNELS = 128;
  /** Channels that are worth a product of their own for each tap. */
  private static final int MANY_CHANNELS = 24;
  /** Multiplications in the time that packing an element takes. */
  private static final int PACKING = 45;
  /** Outputs of a block. */
  private static final int PIXELS = 512;
  private static final int FEWEST_PIXELS = 128;
  /** Filters worth a task of their own, which copies the same pixels again. */
  private static final int FILTERS = 64;
  private static final int TASKS_WANTED = 8;

  /** How a grid of outputs is cut. */
  static ConvBlock.Cut cut(GemmTiles<?> tiles, int filters, int batch, int height, int width) {
    int shares = Math.max(1, filters / FILTERS);
    int most = Math.clamp((long) batch * height * width * shares / TASKS_WANTED, FEWEST_PIXELS, PIXELS);
    return ConvBlock.cut(batch, height, width, most, tiles.lanes);
  }

  /**
   * Whether tiles read the copies in place. Then what lies between two rows of outputs is computed for nothing;
   * otherwise the pixels are packed first.
   */
  private boolean inPlace() {
    return taps.reachAcross * 3 <= cut.columns()
        || channels < MANY_CHANNELS && taps.reachAcross * filters <= PACKING * cut.columns();
  }

  private int channelsAtOnce() {
    boolean tapByTap = inPlace() && channels >= MANY_CHANNELS;
    return Math.min(channels, tapByTap ? CHANNELS : Math.max(1, DEPTH / Math.max(1, taps.count)));
  }

  private int panelHeight() { return panelHeight(tiles, filters); }

  /** The rows of a tile that fit {@code rows} best. */
  static int panelHeight(GemmTiles<?> tiles, int rows) {
    if (rows <= tiles.rows) return tiles.height(rows);
    return rows % tiles.rows != 0 && rows % 8 == 0 && tiles.rows > 8 ? 8 : tiles.rows;
  }

  /** Whether there is an algorithm for just such sizes. */
  boolean special() {
    return ConvDepthwise.suits(groups, channels, filters) || weight instanceof float[] && ConvWinograd.suits(this);
  }

  @SuppressWarnings("unchecked")
  void run() {
    if (ConvDepthwise.suits(groups, channels, filters)) {
      ConvDepthwise.correlate(this);
      return;
    }
    if (weight instanceof float[] && ConvWinograd.suits(this)) {
      ConvWinograd.run((ConvCorrelation<float[]>) this);
      return;
    }
    int high = panelHeight();
    int panels = ceilDiv(filters, high);
    int size = panels * high * channels * taps.count;
    A packed = tiles.take(Math.multiplyExact(groups, size));
    Parallel.forRange(groups * panels, 1, (from, to) -> {
      for (int i = from; i < to; i++) packWeights(i / panels, i % panels * high, high, packed, i / panels * size);
    });
    int shares = Math.min(Math.max(1, filters / FILTERS), ceilDiv(TASKS_WANTED, groups * cut.count()));
    int share = ceilDiv(panels, shares);
    int parts = ceilDiv(panels, share);
    Parallel.forRange(groups * cut.count() * parts, 1, (from, to) -> {
      for (int i = from; i < to; i++) {
        int group = i / parts / cut.count();
        int first = i % parts * share;
        compute(group, cut.block(i / parts % cut.count()), first, Math.min(panels, first + share), packed,
            group * size);
      }
    });
    tiles.give(packed);
  }

  /** One panel of weights: in each stretch of channels it lies between that stretch's other panels, tap after tap. */
  private void packWeights(int group, int first, int high, A packed, int packedFrom) {
    int used = Math.min(high, filters - first);
    int[] places = new int[high];
    for (int i = 0; i < high; i++) places[i] = Math.min(i, used - 1) * weightFilter;
    int from = weightFrom + group * weightGroup + first * weightFilter;
    int all = ceilDiv(filters, high) * high;
    for (int c = 0; c < channels; c += channelsAtOnce()) {
      int count = Math.min(channelsAtOnce(), channels - c);
      int depth = count * taps.count;
      int[] steps = new int[depth];
      for (int i = 0; i < depth; i++) steps[i] = i % count * weightChannel + taps.weight[i / count];
      int at = packedFrom + c * taps.count * all + first * depth;
      loops.gather(weight, from + c * weightChannel, steps, depth, places, high, packed, at, high);
    }
  }

  private void compute(int group, ConvBlock block, int firstPanel, int endPanel, A packed, int packedFrom) {
    int high = panelHeight();
    int all = ceilDiv(filters, high) * high;
    ConvStrip<A> strip = new ConvStrip<>(loops, taps, block);
    boolean inPlace = inPlace();
    int[] places = inPlace ? new int[0] : strip.places();
    int wide = tiles.columns();
    int perImage = inPlace ? (block.rows() - 1) * strip.pitch + block.columns() : block.pixels();
    int row = (inPlace ? block.images() : 1) * ceilDiv(perImage, wide) * wide;
    A copied = tiles.take(Math.addExact(Math.multiplyExact(channelsAtOnce(), strip.channelSize), wide));
    A panel = inPlace ? copied : tiles.take(channelsAtOnce() * taps.count * wide);
    A sums = tiles.take((endPanel - firstPanel) * high * row);
    if (channels == 0) loops.zero(sums, 0, (endPanel - firstPanel) * high * row);
    for (int c = 0; c < channels; c += channelsAtOnce()) {
      int count = Math.min(channelsAtOnce(), channels - c);
      for (int k = 0; k < count; k++) {
        strip.fill(x, group * channels + c + k, height, width, copied, k * strip.channelSize);
      }
      boolean tapByTap = inPlace && channels >= MANY_CHANNELS;
      int[] steps = strip.steps(tapByTap ? 1 : count);
      int from = packedFrom + c * taps.count * all;
      if (inPlace) {
        int perBlock = row / block.images();
        for (int i = firstPanel; i < endPanel; i++) {
          for (int j = 0; j < row; j += wide) {
            int columns = tiles.width(perImage - j % perBlock);
            int first = j / perBlock * strip.imageSize() + j % perBlock;
            int at = from + i * high * count * taps.count;
            int to = (i - firstPanel) * high * row + j;
            GemmTile<A> tile = tiles.tile(high, columns);
            if (!tapByTap) {
              tile.multiply(packed, at, at + high * steps.length, copied, first, steps, sums, to, row, c > 0);
              continue;
            }
            for (int t = 0; t < taps.count; t++, at += high * count) {
              tile.multiply(packed, at, at + high * count, copied, first + steps[t], strip.channelSize, sums, to, row,
                  c + t > 0);
            }
          }
        }
        continue;
      }
      for (int j = 0; j < row; j += wide) {
        int columns = tiles.width(perImage - j);
        int[] ofPanel = Arrays.copyOf(Arrays.copyOfRange(places, j, Math.min(places.length, j + columns)), columns);
        loops.gather(copied, 0, steps, steps.length, ofPanel, columns, panel, 0, columns);
        GemmTile<A> tile = tiles.tile(high, columns);
        for (int i = firstPanel; i < endPanel; i++) {
          int at = from + i * high * steps.length;
          tile.multiply(packed, at, at + high * steps.length, panel, 0, columns, sums,
              (i - firstPanel) * high * row + j, row, c > 0);
        }
      }
    }
    int last = Math.min(filters, endPanel * high);
    int pitch = inPlace ? strip.pitch : block.columns();
    int image = inPlace ? row / block.images() : block.rows() * pitch;
    for (int f = firstPanel * high; f < last; f++) {
      y.store(loops, end, block, group * filters + f, sums, (f - firstPanel * high) * row, image, pitch, 1);
    }
    if (!inPlace) tiles.give(panel);
    tiles.give(copied);
    tiles.give(sums);
  }

  static int ceilDiv(int n, int step) { return (n + step - 1) / step; }
}
