package dev.flambeau.kernel;

import static dev.flambeau.kernel.ConvLanes.LANES;
import static dev.flambeau.kernel.ConvLanes.TILES;
import static dev.flambeau.kernel.ConvLanes.WIDE;

/**
 * Correlations with 3 × 3 elements by Winograd's algorithm: 4 × 4 outputs from 6 × 6 inputs with 36 products instead of
 * 144. Inputs, filters and outputs are transformed by small matrices; each of the 36 places is a product over channels.
 *
 * <p>With few tiles each task transforms its own filters, which nobody else needs, and multiplies them while they are in
 * the cache. With many, filters are transformed beforehand and a task has a block of tiles.
 */
final class ConvWinograd {
  /** Elements of a block of transformed tiles, few enough for the second cache. */
  private static final int BLOCK = 130_000;
  private static final int FEW_TILES = 128;
  /** Channels whose transformed filters stay in the second cache. */
  private static final int CHANNELS = 64;
  private static final int FEWEST_TILES = 4;
  private static final int TASKS_WANTED = 4;

  private final ConvCorrelation<float[]> c;
  private final ConvScheme scheme;
  private final ConvWinogradTiles tiles;
  private final ConvWinogradFilters filters;
  private final int stretches;
  private final int panels;

  private ConvWinograd(ConvCorrelation<float[]> c) {
    this.c = c;
    boolean two = two(c);
    scheme = two ? ConvScheme.TWO : ConvScheme.FOUR;
    tiles = new ConvWinogradTiles(c.x(), c.height(), c.width(), two ? 0 : c.taps().phaseRow[0],
        two ? 0 : c.taps().phaseColumn[0], scheme.input, scheme.in, scheme.out, scheme.points);
    filters = new ConvWinogradFilters(scheme, c);
    stretches = c.channels() / WIDE;
    panels = c.filters() / WIDE;
  }

  private static boolean two(ConvCorrelation<?> c) {
    return c.height() == 2 && c.width() == 2 && c.cut().height() == 2 && c.cut().width() == 2
        && c.taps().phaseRow[0] == -1 && c.taps().phaseColumn[0] == -1;
  }

  /** Whether the algorithm can be used, and is worth its transformations. */
  static boolean suits(ConvCorrelation<?> c) {
    ConvTaps taps = c.taps();
    return taps.count == 9 && taps.stepDown == 1 && taps.stepAcross == 1 && taps.reachDown == 2 && taps.reachAcross == 2
        && VectorSupport.available() && c.channels() % WIDE == 0 && c.filters() % WIDE == 0 && c.channels() > 0
        && (two(c) ? c.cut().batch() >= FEWEST_TILES || c.weightChannel() == 9
            : c.cut().height() > 2 && c.cut().width() > 2 && tiles(c.cut()) >= FEWEST_TILES);
  }

  private static long tiles(ConvBlock.Cut cut) {
    return (long) cut.batch() * ConvCorrelation.ceilDiv(cut.height(), 4) * ConvCorrelation.ceilDiv(cut.width(), 4);
  }

  static void run(ConvCorrelation<float[]> c) { new ConvWinograd(c).run(); }

  private ConvBlock.Cut cut(int most) {
    return ConvBlock.cut(c.cut().batch(), ConvCorrelation.ceilDiv(c.cut().height(), scheme.out),
        ConvCorrelation.ceilDiv(c.cut().width(), scheme.out), most, 4);
  }

  private void run() {
    ConvBlock.Cut whole = cut(Integer.MAX_VALUE);
    int count = whole.batch() * whole.height() * whole.width();
    for (int group = 0; group < c.groups(); group++) {
      if (count <= FEW_TILES) byFilters(group, new ConvBlock(0, whole.batch(), 0, whole.height(), 0, whole.width()));
      else byTiles(group, cut(Math.clamp(BLOCK / scheme.places() / c.channels(), 16, count / TASKS_WANTED)));
    }
  }

  /** Room for the tiles, and beyond them what the last product reads for nothing. */
  private float[] room(ConvBlock block) {
    return Workspace.takeFloats(Math.addExact(Math.multiplyExact(scheme.places(), place(block)), TILES.rows * WIDE));
  }

  /** From one place of a block to the next. */
  private int place(ConvBlock block) { return c.channels() * block.pixels() + ConvLanes.APART; }

  private void byFilters(int group, ConvBlock block) {
    int count = block.pixels();
    int place = place(block);
    float[] in = room(block);
    Parallel.forRange(stretches, 1, (from, to) -> {
      for (int s = from; s < to; s++) {
        tiles.transform(block, group * c.channels() + s * WIDE, in, s * count * WIDE, place);
      }
    });
    Parallel.forRange(panels, 1, (from, to) -> {
      int high = heights(count) * WIDE + ConvLanes.APART;
      float[] out = Workspace.takeFloats(scheme.places() * high);
      float[] own = Workspace.takeFloats(scheme.places() * (CHANNELS * WIDE + ConvLanes.APART));
      for (int p = from; p < to; p++) {
        for (int k = 0; k < c.channels(); k += CHANNELS) {
          int channels = Math.min(CHANNELS, c.channels() - k);
          int panel = channels * WIDE + ConvLanes.APART;
          filters.transform(group, p * WIDE, k, channels, own, 0, panel);
          for (int i = 0; i < scheme.places(); i++) {
            multiply(in, i * place + k * count, channels * count, count, own, i * panel, out, i * high, k > 0);
          }
        }
        store(group, block, p, out, high);
      }
      Workspace.give(own);
      Workspace.give(out);
    });
    Workspace.give(in);
  }

  private void byTiles(int group, ConvBlock.Cut cut) {
    int panel = c.channels() * WIDE + ConvLanes.APART;
    int size = scheme.places() * panel;
    float[] all = Workspace.takeFloats(Math.multiplyExact(panels, size));
    Parallel.forRange(panels * stretches, 1, (from, to) -> {
      for (int i = from; i < to; i++) {
        filters.transform(group, i / stretches * WIDE, i % stretches * WIDE, WIDE, all,
            i / stretches * size + i % stretches * WIDE * WIDE, panel);
      }
    });
    Parallel.forRange(cut.count(), 1, (from, to) -> {
      for (int b = from; b < to; b++) {
        ConvBlock block = cut.block(b);
        int count = block.pixels();
        int high = heights(count) * WIDE + ConvLanes.APART;
        int place = place(block);
        float[] in = room(block);
        float[] out = Workspace.takeFloats(scheme.places() * high);
        for (int s = 0; s < stretches; s++) {
          tiles.transform(block, group * c.channels() + s * WIDE, in, s * count * WIDE, place);
        }
        for (int p = 0; p < panels; p++) {
          for (int i = 0; i < scheme.places(); i++) {
            multiply(in, i * place, c.channels() * count, count, all, p * size + i * panel, out, i * high, false);
          }
          store(group, block, p, out, high);
        }
        Workspace.give(out);
        Workspace.give(in);
      }
    });
    Workspace.give(all);
  }

  /** Tiles and those that fill the last product. */
  private static int heights(int tiles) {
    return tiles / TILES.rows * TILES.rows + ConvLanes.height(tiles % TILES.rows);
  }

  private static void multiply(float[] in, int inAt, int length, int count, float[] filters, int filtersAt,
      float[] out, int outAt, boolean accumulate) {
    for (int t = 0; t < count; t += TILES.rows) {
      int at = inAt + t * WIDE;
      ConvLanes.correlation(ConvLanes.height(count - t)).multiply(in, at, at + length, count * WIDE, filters,
          filtersAt, WIDE, out, outAt + t * WIDE, WIDE, accumulate);
    }
  }

  /** Transforms the sums of {@link ConvLanes#WIDE} filters and stores the outputs. */
  private void store(int group, ConvBlock block, int panel, float[] sums, int place) {
    ConvTransform transform = scheme.output.transform();
    int out = scheme.out;
    int points = scheme.points;
    int columns = block.columns();
    int left = block.column() * out;
    int width = Math.min(columns * out, c.cut().width() - left);
    int top = block.row() * out;
    int height = Math.min(block.rows() * out, c.cut().height() - top);
    float[] half = Workspace.takeFloats(out * points * columns * WIDE);
    float[] lines = Workspace.takeFloats((block.rows() * out * width + out) * WIDE);
    int filter = group * c.filters() + panel * WIDE;
    for (int n = 0; n < block.images(); n++) {
      for (int i = 0; i < block.rows(); i++) {
        int t = (n * block.rows() + i) * columns * WIDE;
        for (int v = 0; v < points; v++) {
          transform.run(sums, t + v * place, points * place, LANES, half, v * columns * WIDE, points * columns * WIDE,
              LANES, 2 * columns);
        }
        for (int p = 0; p < out; p++) {
          for (int l = 0; l < WIDE; l += LANES) {
            transform.run(half, p * points * columns * WIDE + l, columns * WIDE, WIDE, lines,
                (i * out + p) * width * WIDE + l, WIDE, out * WIDE, columns);
          }
        }
      }
      boolean whole = width == c.y().row();
      int run = whole ? height * width : width;
      for (int y = 0; y < (whole ? 1 : height); y++) {
        turn(lines, y * width * WIDE, run, filter, c.y().at(block.image() + n, filter, top + y, left));
      }
    }
    Workspace.give(half);
    Workspace.give(lines);
  }

  /** Stores neighbouring pixels, whose filters lie side by side, filter after filter. */
  private void turn(float[] from, int at, int run, int filter, int to) {
    float[] y = c.y().data();
    int apart = c.y().channel();
    for (int l = 0; l < WIDE; l += LANES) {
      int done = 0;
      while (done < run) {
        int first = run - done >= LANES ? done : Math.max(0, run - LANES);
        int used = Math.min(LANES, run);
        if (used < LANES
            || TILES.turn(from, at + first * WIDE + l, WIDE, LANES, apart, LANES, y, to + first + l * apart) == 0) {
          for (int k = l; k < l + LANES; k++) {
            for (int i = first; i < first + used; i++) y[to + k * apart + i] = from[at + i * WIDE + k];
          }
        }
        done = first + used;
      }
    }
    for (int k = 0; k < WIDE; k++) c.end().finish(filter + k, y, to + k * apart, run, 1);
  }
}
