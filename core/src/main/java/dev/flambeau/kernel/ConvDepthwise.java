package dev.flambeau.kernel;

/**
 * Convolutions with very few channels in each group, mostly one, where a product of matrices has nothing to share: rows
 * of filters times the copied pixels themselves. Outputs that a stride across leaves out are computed too, which is less
 * than sorting the columns.
 */
final class ConvDepthwise {
  private static final int PIXELS = 1 << 14;
  /** Of which both the copy and the gradients are in the first cache. */
  private static final int PIXELS_OF_WEIGHT = 1 << 12;
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
    int row = ConvCorrelation.ceilDiv(strip.length(), wide) * wide;
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
        tile.multiply(filter, 0, terms, copied, j, steps, sums, j, row, false);
      }
      c.y().store(c.loops(), c.end(), block, group * c.filters() + f, sums, 0, strip.imageSize(), strip.pitch, step);
    }
    c.tiles().give(copied);
    c.tiles().give(filter);
    c.tiles().give(sums);
  }

  static <A> void weights(ConvWeights<A> c) {
    ConvBlock.Cut cut = ConvBlock.cut(c.sizes().batch(), c.sizes().down().out(), c.sizes().across().out(),
        PIXELS_OF_WEIGHT, 1);
    Parallel.forRange(c.sizes().groups(), 1, (from, to) -> {
      for (int group = from; group < to; group++) {
        for (int i = 0; i < cut.count(); i++) weights(c, group, cut.block(i), i > 0);
      }
    });
  }

  private static <A> void weights(ConvWeights<A> c, int group, ConvBlock block, boolean accumulate) {
    int step = c.taps().stepAcross;
    ConvTaps taps = c.taps().ofAllColumns();
    ConvSizes sizes = c.sizes();
    ConvStrip<A> strip = new ConvStrip<>(c.loops(), taps, block.ofAllColumns(step));
    int length = strip.length();
    A copied = c.tiles().take(sizes.channels() * strip.channelSize);
    A gradients = c.tiles().take(length);
    for (int k = 0; k < sizes.channels(); k++) {
      strip.fill(c.x(), group * sizes.channels() + k, sizes.down().in(), sizes.across().in(), copied,
          k * strip.channelSize);
    }
    int[] steps = strip.steps(1);
    for (int f = group * sizes.filters(); f < (group + 1) * sizes.filters(); f++) {
      c.loops().zero(gradients, 0, length);
      c.g().load(c.loops(), block, f, gradients, 0, strip.imageSize(), strip.pitch, step);
      for (int k = 0; k < sizes.channels(); k++) {
        int to = c.dwFrom() + (f * sizes.channels() + k) * taps.count;
        for (int t = 0, count; t < taps.count; t += count) {
          count = run(steps, t);
          c.tiles().dots(count, length, copied, k * strip.channelSize + steps[t], distance(steps, t), gradients, 0,
              c.dw(), to + t, 1, accumulate);
        }
      }
    }
    c.tiles().give(copied);
    c.tiles().give(gradients);
  }
}
