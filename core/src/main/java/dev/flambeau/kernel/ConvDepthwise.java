package dev.flambeau.kernel;

/**
 * Convolutions with very few channels in each group, mostly one, where a product of matrices has nothing to share: rows
 * of filters times the copied pixels themselves, a run of equally distant taps after the other.
 */
final class ConvDepthwise {
  private static final int PIXELS = 1 << 14;
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
    ConvTaps taps = c.taps();
    ConvStrip<A> strip = new ConvStrip<>(c.loops(), taps, block);
    int wide = c.tiles().longRow();
    int length = strip.length();
    int row = ConvCorrelation.ceilDiv(length, wide) * wide;
    A copied = c.tiles().take(c.channels() * strip.channelSize + wide);
    A filter = c.tiles().take(taps.count);
    A sums = c.tiles().take(row);
    for (int k = 0; k < c.channels(); k++) {
      strip.fill(c.x(), group * c.channels() + k, c.height(), c.width(), copied, k * strip.channelSize);
    }
    int[] steps = strip.steps(1);
    GemmTile<A> tile = c.tiles().tile(1, wide);
    int[] origin = {0};
    for (int f = 0; f < c.filters(); f++) {
      for (int k = 0; k < c.channels(); k++) {
        int weights = c.weightFrom() + group * c.weightGroup() + f * c.weightFilter() + k * c.weightChannel();
        c.loops().gather(c.weight(), weights, taps.weight, taps.count, origin, 1, filter, 0, 1);
        for (int j = 0; j < row; j += wide) {
          for (int t = 0, count; t < taps.count; t += count) {
            count = run(steps, t);
            tile.multiply(filter, t, t + count, copied, k * strip.channelSize + steps[t] + j, distance(steps, t), sums,
                j,
                row, k + t > 0);
          }
        }
      }
      c.store(block, group * c.filters() + f, sums, 0, strip.imageSize(), strip.pitch);
    }
    c.tiles().give(copied);
    c.tiles().give(filter);
    c.tiles().give(sums);
  }

  static <A> void weights(ConvWeights<A> c) {
    ConvBlock.Cut cut = ConvBlock.cut(c.sizes().batch(), c.sizes().down().out(), c.sizes().across().out(), PIXELS, 1);
    Parallel.forRange(c.sizes().groups(), 1, (from, to) -> {
      for (int group = from; group < to; group++) {
        for (int i = 0; i < cut.count(); i++) weights(c, group, cut.block(i), i > 0);
      }
    });
  }

  private static <A> void weights(ConvWeights<A> c, int group, ConvBlock block, boolean accumulate) {
    ConvTaps taps = c.taps();
    ConvSizes sizes = c.sizes();
    ConvStrip<A> strip = new ConvStrip<>(c.loops(), taps, block);
    int length = strip.length();
    A copied = c.tiles().take(strip.channelSize);
    A gradients = c.tiles().take(length);
    int[] steps = strip.steps(1);
    int[] places = strip.places();
    for (int f = 0; f < sizes.filters(); f++) {
      c.packRows(block, places, group, f, 1, length, gradients, 0);
      for (int k = 0; k < sizes.channels(); k++) {
        strip.fill(c.x(), group * sizes.channels() + k, sizes.down().in(), sizes.across().in(), copied, 0);
        int to = c.dwFrom() + ((group * sizes.filters() + f) * sizes.channels() + k) * taps.count;
        for (int t = 0, count; t < taps.count; t += count) {
          count = run(steps, t);
          c.tiles().dots(count, length, copied, steps[t], distance(steps, t), gradients, 0, c.dw(), to + t, 1,
              accumulate);
        }
      }
    }
    c.tiles().give(copied);
    c.tiles().give(gradients);
  }
}
