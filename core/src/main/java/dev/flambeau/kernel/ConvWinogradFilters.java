package dev.flambeau.kernel;

import static dev.flambeau.kernel.ConvLanes.LANES;
import static dev.flambeau.kernel.ConvLanes.TILES;
import static dev.flambeau.kernel.ConvLanes.WIDE;

/** The filters of a correlation, transformed: place after place has channel after channel, of it the filters. */
record ConvWinogradFilters(ConvScheme scheme, ConvCorrelation<float[]> c) {
  private static final int TAPS = 9;
  /** Channels whose filters stay in the first caches while they are transformed. */
  private static final int CHANNELS = 16;

  /** Transforms some channels of {@link ConvLanes#WIDE} filters; places are {@code place} elements apart. */
  void transform(int group, int filter, int channel, int channels, float[] to, int toAt, int place) {
    ConvTransform transform = scheme.filter.transform();
    boolean turned = c.taps().weight[0] != c.taps().rowShift[0] * 3 + c.taps().columnShift[0];
    int first = turned ? (TAPS - 1) * WIDE : 0;
    int tap = turned ? -WIDE : WIDE;
    float[] packed = Workspace.takeFloats(CHANNELS * TAPS * WIDE + LANES * WIDE);
    float[] half = Workspace.takeFloats(CHANNELS * scheme.points * 3 * WIDE);
    for (int k = 0; k < channels; k += CHANNELS) {
      int count = Math.min(CHANNELS, channels - k);
      pack(c.weightFrom() + group * c.weightGroup() + filter * c.weightFilter() + (channel + k) * c.weightChannel(),
          count, packed);
      for (int x = 0; x < 3; x++) {
        for (int l = 0; l < WIDE; l += LANES) {
          transform.run(packed, first + x * tap + l, 3 * tap, TAPS * WIDE, half, x * count * WIDE + l,
              3 * count * WIDE, WIDE, count);
        }
      }
      for (int u = 0; u < scheme.points; u++) {
        transform.run(half, u * 3 * count * WIDE, count * WIDE, LANES, to,
            toAt + u * scheme.points * place + k * WIDE, place, LANES, 2 * count);
      }
    }
    Workspace.give(packed);
    Workspace.give(half);
  }

  /** Channel after channel, of it tap after tap, of that the filters. */
  private void pack(int from, int channels, float[] to) {
    if (c.weightChannel() == TAPS) {
      TILES.pack(c.weight(), from, c.weightFilter(), 1, WIDE, WIDE, channels * TAPS, to, 0);
      return;
    }
    for (int k = 0; k < channels; k++) {
      int at = from + k * c.weightChannel();
      int toAt = k * TAPS * WIDE;
      // A square is longer than a filter: what comes after it is overwritten with the next channel.
      boolean inside = TAPS <= LANES && at + WIDE * TAPS + LANES <= c.weight().length;
      if (!inside || TILES.turn(c.weight(), at, TAPS, LANES, WIDE, LANES, to, toAt) == 0
          || TILES.turn(c.weight(), at + LANES * TAPS, TAPS, LANES, WIDE, LANES, to, toAt + LANES) == 0) {
        TILES.pack(c.weight(), at, TAPS, 1, WIDE, WIDE, TAPS, to, toAt);
      }
    }
  }
}
