package dev.flambeau.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * A convolution as products of matrices, some whole images at a time: for each pair of a channel and a tap, which is
 * how a filter's elements lie, what it reads for all outputs of the block. Nothing of the filters is packed beforehand,
 * and small maps of many images fill the tiles together.
 *
 * @param x the inputs, read or, in {@link #toInput}, written
 * @param y the outputs, written by {@link #forward} and otherwise their gradients
 */
record ConvColumns<A>(GemmTiles<A> tiles, ConvLoops<A> loops, ConvSizes sizes, ConvTaps taps, ConvPlanes<A> x,
    ConvPlanes<A> y, A weight, int weightFrom) {
  /** Elements of the columns of a block, unless a single image, or in {@link #toWeight} a single row, has more. */
  private static final int MOST = 1 << 20;
  private static final int MOST_OF_WEIGHT = 1 << 17;
  /** Parts of a weight's gradient, which are added up at the end. */
  private static final int SHARES = 8;
  private static final int FEWEST_CHANNELS = 16;
  private static final int MOST_CHANNELS = 64;
  private static final int LONGEST_ROW = 20;
  private static final int LONGEST_OF_ONE = 8;
  private static final int DEPTH = 400;
  /** Elements that are worth a task of their own. */
  private static final int SHARED = 1 << 12;

  /** Short rows leave much of a tile idle in the other ways; long ones are not worth being copied for each tap. */
  static boolean suits(ConvSizes s) {
    return Math.min(s.channels(), s.filters()) >= FEWEST_CHANNELS
        && s.across().out() <= (s.taps() == 1 ? LONGEST_OF_ONE : LONGEST_ROW)
        && (long) s.groups() * s.channels() * s.taps() * s.down().out() * s.across().out() <= MOST;
  }

  /** Few channels leave much of a tile idle otherwise. */
  static boolean suitsWeight(ConvSizes s) {
    return s.groups() == 1 && s.channels() <= MOST_CHANNELS && s.across().out() >= FEWEST_CHANNELS && s.taps() > 1;
  }

  private int rows() { return sizes.channels() * taps.count; }

  private int grain(ConvBlock block) { return Math.max(1, SHARED / (taps.count * block.pixels())); }

  private ConvBlock.Cut wholeImages() {
    int pixels = sizes.down().out() * sizes.across().out();
    int images = Math.clamp(MOST / ((long) sizes.groups() * rows() * pixels), 1, sizes.batch());
    int pieces = ConvCorrelation.ceilDiv(sizes.batch(), images);
    return new ConvBlock.Cut(sizes.batch(), sizes.down().out(), sizes.across().out(),
        ConvCorrelation.ceilDiv(sizes.batch(), pieces), sizes.down().out(), sizes.across().out());
  }

  void forward(ConvEnd<A> end) {
    ConvBlock.Cut cut = wholeImages();
    for (int i = 0; i < cut.count(); i++) {
      ConvBlock block = cut.block(i);
      int pitch = ConvStrip.apart(block.pixels());
      A columns = gather(block, pitch);
      int filters = sizes.filters();
      A sums = tiles.take(Math.multiplyExact(sizes.groups() * filters, pitch));
      for (int g = 0; g < sizes.groups(); g++) {
        GemmBlocks.multiply(tiles, filters, block.pixels(), rows(), weight, weightFrom + g * filters * rows(), rows(),
            1, columns, g * rows() * pitch, pitch, 1, sums, g * filters * pitch, pitch, false);
      }
      Parallel.forRange(sizes.groups() * filters, Math.max(1, SHARED / block.pixels()), (from, to) -> {
        int image = block.rows() * block.columns();
        for (int f = from; f < to; f++) y.store(loops, end, block, f, sums, f * pitch, image, block.columns(), 1);
      });
      tiles.give(columns);
      tiles.give(sums);
    }
  }

  void toInput() {
    ConvBlock.Cut cut = wholeImages();
    for (int i = 0; i < cut.count(); i++) {
      ConvBlock block = cut.block(i);
      int pitch = ConvStrip.apart(block.pixels());
      A gradients = gradients(block, pitch);
      int filters = sizes.filters();
      int row = ConvStrip.apart(sizes.groups() * rows());
      A columns = tiles.take(Math.multiplyExact(block.pixels(), row));
      for (int g = 0; g < sizes.groups(); g++) {
        GemmBlocks.multiply(tiles, block.pixels(), rows(), filters, gradients, g * filters * pitch, 1, pitch, weight,
            weightFrom + g * filters * rows(), rows(), 1, columns, g * rows(), row, false);
      }
      ConvStrip<A> strip = new ConvStrip<>(loops, taps, block);
      int[] steps = strip.steps(1);
      int[] places = strip.places();
      Parallel.forRange(sizes.groups() * sizes.channels(), grain(block), (from, to) -> {
        A copied = tiles.take(strip.channelSize);
        for (int c = from; c < to; c++) {
          loops.zero(copied, 0, strip.channelSize);
          loops.collect(columns, c * taps.count, row, copied, places, steps);
          strip.empty(copied, x, c, sizes.down().in(), sizes.across().in());
        }
        tiles.give(copied);
      });
      tiles.give(gradients);
      tiles.give(columns);
    }
  }

  /** Here {@code weight} is the gradient to be written. Each share of the blocks is summed by one task. */
  void toWeight() {
    int pixels = sizes.batch() * sizes.down().out() * sizes.across().out();
    int most = Math.min(MOST_OF_WEIGHT / (sizes.groups() * rows()), ConvCorrelation.ceilDiv(pixels, SHARES));
    ConvBlock.Cut cut =
        ConvBlock.cut(sizes.batch(), sizes.down().out(), sizes.across().out(), Math.max(DEPTH, most), 1);
    int shares = Math.min(SHARES, cut.count());
    int size = sizes.groups() * sizes.filters() * rows();
    List<A> sums = new ArrayList<>();
    for (int s = 0; s < shares; s++) sums.add(tiles.take(size));
    Parallel.forRange(shares, 1, (from, to) -> {
      for (int s = from; s < to; s++) {
        int first = s * cut.count() / shares;
        int end = (s + 1) * cut.count() / shares;
        for (int i = first; i < end; i++) addToWeight(cut.block(i), sums.get(s), i > first);
      }
    });
    for (int s = 0; s < shares; s++) {
      tiles.copy(sums.get(s), size, 1, size, weight, weightFrom, size, s > 0);
      tiles.give(sums.get(s));
    }
  }

  private void addToWeight(ConvBlock block, A sums, boolean accumulate) {
    int pitch = ConvStrip.apart(block.pixels());
    A gradients = gradients(block, pitch);
    A columns = gather(block, pitch);
    int filters = sizes.filters();
    for (int g = 0; g < sizes.groups(); g++) {
      GemmBlocks.multiply(tiles, filters, rows(), block.pixels(), gradients, g * filters * pitch, pitch, 1, columns,
          g * rows() * pitch, 1, pitch, sums, g * filters * rows(), rows(), accumulate);
    }
    tiles.give(gradients);
    tiles.give(columns);
  }

  /** What each channel's taps read, row after row. */
  private A gather(ConvBlock block, int pitch) {
    A columns = tiles.take(Math.multiplyExact(sizes.groups() * rows(), pitch));
    ConvStrip<A> strip = new ConvStrip<>(loops, taps, block);
    int[] steps = strip.steps(1);
    int[] places = strip.places();
    Parallel.forRange(sizes.groups() * sizes.channels(), grain(block), (from, to) -> {
      A copied = tiles.take(strip.channelSize);
      for (int c = from; c < to; c++) {
        strip.fill(x, c, sizes.down().in(), sizes.across().in(), copied, 0);
        for (int t = 0; t < taps.count; t++) {
          loops.spread(copied, steps[t], places, block.columns(), columns, (c * taps.count + t) * pitch);
        }
      }
      tiles.give(copied);
    });
    return columns;
  }

  /** The gradients of each filter's outputs, row after row. */
  private A gradients(ConvBlock block, int pitch) {
    int filters = sizes.groups() * sizes.filters();
    A rows = tiles.take(Math.multiplyExact(filters, pitch));
    int image = block.rows() * block.columns();
    Parallel.forRange(filters, Math.max(1, SHARED / block.pixels()), (from, to) -> {
      for (int f = from; f < to; f++) y.load(loops, block, f, rows, f * pitch, image, block.columns(), 1);
    });
    return rows;
  }
}
