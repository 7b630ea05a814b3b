package dev.flambeau.kernel;

/**
 * Convolutions with very few channels in each group, mostly one, where a product of matrices has nothing to share: rows
 * of filters times the copied pixels themselves. Outputs that a stride across leaves out are computed too, which is less
 * than sorting the columns.
 */
final class ConvDepthwise {
  private static final int PIXELS = 1 << 14;
  /** Of which both the copy and the gradients are in the first cache. */
  private static final int PIXELS_OF_WEIGHT = 1 << 13;
  private static final int FEWEST_PIXELS = 1 << 10;
  /** Pairs of a channel and a filter up to which dot products are taken, what lies between outputs counted with them. */
  private static final int MOST_PAIRS_OF_WEIGHT = 192;
  /** Dot products taken at once. */
  private static final int DOTS = 4;
  /** Parts of a weight's gradient, which are added up at the end. */
  private static final int SHARES = 4;
  /** Elements of the weight that are worth a task then. */
  private static final int TERMS = 64;
  private static final int MOST_PAIRS = 8;

  private ConvDepthwise() {}

  /** Whether groups are so small, for so many channels and filters in each. */
  static boolean suits(int groups, int channels, int filters) {
    return groups > 1 && channels > 0 && channels * filters <= MOST_PAIRS;
  }

  /** The number of taps from {@code t} on that are equally far apart. */
  private static int run(int[] steps, int t) {
    int end = Math.min(steps.length, t + 2);
    while (end < steps.length && steps[end] - steps[end - 1] == steps[t + 1] - steps[t]) end++;
    return end - t;
  }

  private static int distance(int[] steps, int t) { return t + 1 < steps.length ? steps[t + 1] - steps[t] : 1; }

  static <A> void correlate(ConvCorrelation<A> c) {
    ConvBlock.Cut cut = ConvBlock.cut(c.cut().batch(), c.cut().height(), c.cut().width(), PIXELS, 1);
    Parallel.forRange(c.groups() * cut.count(), 1, (from, to) -> {
      for (int i = from; i < to; i++) correlate(c, i % c.groups(), cut.block(i / c.groups()));
    });
  }

  private static <A> void correlate(ConvCorrelation<A> c, int group, ConvBlock block) {
    int step = c.taps().stepAcross;
    ConvTaps taps = c.taps().ofAllColumns();
    ConvStrip<A> strip = new ConvStrip<>(c.loops(), taps, block.ofAllColumns(step));
    int wide = c.tiles().longRow();
    int perImage = ConvCorrelation.ceilDiv(strip.length() - (block.images() - 1) * strip.imageSize(), wide) * wide;
    boolean apart = perImage < strip.imageSize();
    int row = apart ? block.images() * perImage : ConvCorrelation.ceilDiv(strip.length(), wide) * wide;
    int terms = c.channels() * taps.count;
    A copied = c.tiles().take(c.channels() * strip.channelSize + wide);
    A filter = c.tiles().take(terms);
    A sums = c.tiles().take(row);
    for (int k = 0; k < c.channels(); k++) {
      strip.fill(c.x(), group * c.channels() + k, c.height(), c.width(), copied, k * strip.channelSize);
    }
    int[] steps = strip.steps(c.channels());
    int[] weights = new int[terms];
    for (int i = 0; i < terms; i++) weights[i] = i % c.channels() * c.weightChannel() + taps.weight[i / c.channels()];
    GemmTile<A> tile = c.tiles().tile(1, wide);
    for (int f = 0; f < c.filters(); f++) {
      c.loops().gather(c.weight(), c.weightFrom() + group * c.weightGroup() + f * c.weightFilter(), weights, terms,
          new int[1], 1, filter, 0, 1);
      for (int j = 0; j < row; j += wide) {
        int at = apart ? j / perImage * strip.imageSize() + j % perImage : j;
        tile.multiply(filter, 0, terms, copied, at, steps, sums, j, row, false);
      }
      c.y().store(c.loops(), c.end(), block, group * c.filters() + f, sums, 0, apart ? perImage : strip.imageSize(),
          strip.pitch, step);
    }
    c.tiles().give(copied);
    c.tiles().give(filter);
    c.tiles().give(sums);
  }

  /**
   * Whether the weight's gradient is better made of dot products, to which nothing is packed: for few pairs of a channel
   * and a filter, if not too much lies between the outputs.
   */
  static boolean suitsWeight(ConvSizes s, ConvTaps taps) {
    if (suits(s.groups(), s.channels(), s.filters())) return true;
    int stride = s.across().stride();
    long area = (long) (s.down().out() + taps.reachDown) * (s.across().out() + taps.reachAcross) * stride;
    return s.channels() > 0
        && area * s.channels() * s.filters() <= (long) MOST_PAIRS_OF_WEIGHT * s.down().out() * s.across().out();
  }

  /** With one group, shares of the blocks are summed by tasks. */
  static <A> void weights(ConvWeights<A> c) {
    ConvSizes sizes = c.sizes();
    ConvBlock.Cut cut = ConvBlock.cut(sizes.batch(), sizes.down().out(), sizes.across().out(),
        Math.max(FEWEST_PIXELS, PIXELS_OF_WEIGHT / (sizes.channels() + Math.min(sizes.filters(), DOTS))), 1);
    int shares = sizes.groups() > 1 ? 1 : Math.min(SHARES, cut.count());
    int terms = sizes.filters() * sizes.channels() * c.taps().count;
    int lanes = c.tiles().dotLanes;
    int size = Math.multiplyExact(terms, lanes);
    Parallel.forRange(sizes.groups(), 1, (from, to) -> {
      A sums = c.tiles().take(Math.multiplyExact(shares, size));
      for (int group = from; group < to; group++) {
        int ofGroup = group;
        Parallel.forRange(shares, 1, (begin, end) -> {
          for (int s = begin; s < end; s++) {
            int first = s * cut.count() / shares;
            int last = (s + 1) * cut.count() / shares;
            for (int i = first; i < last; i++) addDots(c, ofGroup, cut.block(i), sums, s * size, i > first);
          }
        });
        Parallel.forRange(terms, TERMS, (begin, end) -> {
          for (int s = 0; s < shares; s++) {
            for (int i = begin; i < end; i++) {
              c.tiles().finishDot(sums, s * size + i * lanes, lanes, sums, 0, sums, 0, 0, c.dw(),
                  c.dwFrom() + ofGroup * terms + i, s > 0);
            }
          }
        });
      }
      c.tiles().give(sums);
    });
  }

  /** Adds a block's products to {@code sums}, of which each element of the weight has as many as a vector has lanes. */
  private static <A> void addDots(ConvWeights<A> c, int group, ConvBlock block, A sums, int at, boolean accumulate) {
    int step = c.taps().stepAcross;
    ConvTaps taps = c.taps().ofAllColumns();
    GemmTiles<A> tiles = c.tiles();
    int channels = c.sizes().channels();
    int filters = c.sizes().filters();
    ConvStrip<A> strip = new ConvStrip<>(c.loops(), taps, block.ofAllColumns(step));
    int lanes = tiles.dotLanes;
    int length = ConvCorrelation.ceilDiv(strip.length(), lanes) * lanes;
    int row = ConvStrip.apart(length);
    int size = strip.channelSize;
    A copied = tiles.take(channels * size + lanes);
    A gradients = tiles.take(filters * row);
    // What lies beyond a copy is multiplied too, with gradients of zero, so it must be finite.
    for (int k = 0; k < channels; k++) {
      c.loops().zero(copied, strip.end(k), (k + 1) * size + lanes);
      strip.fill(c.x(), group * channels + k, c.sizes().down().in(), c.sizes().across().in(), copied, k * size);
    }
    for (int f = 0; f < filters; f++) {
      c.loops().zero(gradients, f * row, f * row + length);
      c.g().load(c.loops(), block, group * filters + f, gradients, f * row, strip.imageSize(), strip.pitch, step);
    }
    int[] steps = strip.steps(1);
    int perFilter = channels * taps.count * lanes;
    for (int f = 0, high; f < filters; f += high) {
      high = filters < DOTS - 1 ? 1 : Math.min(DOTS, filters - f);
      int g = f * row;
      for (int k = 0; k < channels; k++) {
        int to = at + f * perFilter + k * taps.count * lanes;
        for (int t = 0, count; t < taps.count; t += count) {
          int x = k * size + steps[t];
          count = high > 1 ? 1 : Math.min(DOTS, run(steps, t));
          if (high > 1) {
            tiles.dotTile(high).multiply(gradients, g, g + length, row, copied, x, lanes, sums, to + t * lanes,
                perFilter, accumulate);
          } else {
            tiles.dotTile(count).multiply(copied, x, x + length, distance(steps, t), gradients, g, lanes, sums,
                to + t * lanes, lanes, accumulate);
          }
        }
      }
    }
    tiles.give(copied);
    tiles.give(gradients);
  }
}
