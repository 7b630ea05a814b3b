package dev.flambeau.kernel;

import static dev.flambeau.kernel.ConvLanes.LANES;
import static dev.flambeau.kernel.ConvLanes.TILES;
import static dev.flambeau.kernel.ConvLanes.WIDE;

/**
 * The gradient of weights with 3 × 3 elements by the algorithm of {@link ConvWinograd}, turned round: transformed inputs
 * and gradients of outputs meet in a product over all tiles, place by place, and what comes out is transformed back.
 */
final class ConvWinogradWeights {
  private static final int TAPS = 9;
  private static final int FEWEST_TILES = 4;
  /** Transformed elements of a block, few enough for the last cache. */
  private static final int BLOCK = 2_400_000;
  private static final int PLACE = WIDE * WIDE + ConvLanes.APART;

  private final ConvWeights<float[]> w;
  private final ConvScheme scheme;
  private final ConvWinogradTiles inputs;
  private final ConvWinogradTiles gradients;
  private final int channels;
  private final int filters;
  private final int groups;

  private ConvWinogradWeights(ConvWeights<float[]> w) {
    this.w = w;
    ConvAxis down = w.sizes().down();
    ConvAxis across = w.sizes().across();
    boolean two = ConvScheme.isTwo(down, across);
    scheme = two ? ConvScheme.TWO : ConvScheme.FOUR;
    inputs = new ConvWinogradTiles(w.x(), down.in(), across.in(), two ? 0 : -down.before(), two ? 0 : -across.before(),
        scheme.input, scheme.in, scheme.out, scheme.points);
    gradients = new ConvWinogradTiles(w.g(), down.out(), across.out(), 0, 0, scheme.gradient, scheme.out, scheme.out,
        scheme.points);
    channels = w.sizes().channels();
    filters = w.sizes().filters();
    groups = w.sizes().groups();
  }

  static boolean suits(ConvSizes s) {
    return ConvScheme.suits(s.down()) && ConvScheme.suits(s.across()) && VectorSupport.available()
        && s.channels() % WIDE == 0 && s.filters() % WIDE == 0
        && (ConvScheme.isTwo(s.down(), s.across()) ? s.batch() >= FEWEST_TILES
            : s.down().out() > 2 && s.across().out() > 2
                && (long) s.batch() * ConvCorrelation.ceilDiv(s.down().out(), 4)
                    * ConvCorrelation.ceilDiv(s.across().out(), 4) >= FEWEST_TILES);
  }

  static void run(ConvWeights<float[]> w) { new ConvWinogradWeights(w).run(); }

  private void run() {
    int perTile = scheme.places() * groups * (channels + filters);
    int most = (int) Math.max(BLOCK / perTile, 2L * channels * filters / (channels + filters));
    ConvBlock.Cut cut = ConvBlock.cut(w.sizes().batch(), ConvCorrelation.ceilDiv(w.sizes().down().out(), scheme.out),
        ConvCorrelation.ceilDiv(w.sizes().across().out(), scheme.out), most, 1);
    int stretches = channels / WIDE;
    int panels = filters / WIDE;
    int block = scheme.places() * PLACE;
    boolean single = cut.count() == 1;
    float[] sums = Workspace.takeFloats(single ? 1 : Math.multiplyExact(groups * stretches * panels, block));
    for (int b = 0; b < cut.count(); b++) {
      boolean first = b == 0;
      boolean last = b == cut.count() - 1;
      ConvBlock tiles = cut.block(b);
      int count = tiles.pixels();
      int xPlace = groups * channels * count + ConvLanes.APART;
      int gPlace = groups * filters * count + ConvLanes.APART;
      float[] x = Workspace.takeFloats(Math.multiplyExact(scheme.places(), xPlace));
      float[] g = Workspace.takeFloats(Math.multiplyExact(scheme.places(), gPlace));
      Parallel.forRange(groups * (stretches + panels), 1, (from, to) -> {
        for (int i = from; i < to; i++) {
          int s = i - groups * panels;
          if (s < 0) gradients.transform(tiles, i * WIDE, g, i * count * WIDE, gPlace);
          else inputs.transform(tiles, s * WIDE, x, s * count * WIDE, xPlace);
        }
      });
      Parallel.forRange(groups * stretches * panels, 1, (from, to) -> {
        float[] own = single ? Workspace.takeFloats(block) : sums;
        for (int i = from; i < to; i++) {
          int at = single ? 0 : i * block;
          int panel = i / stretches;
          int stretch = panel / panels * stretches + i % stretches;
          for (int p = 0; p < scheme.places(); p++) {
            int a = p * gPlace + panel * count * WIDE;
            for (int f = 0; f < WIDE; f += ConvLanes.FILTERS) {
              ConvLanes.weights().multiply(g, a + f, a + f + count * WIDE, x, p * xPlace + stretch * count * WIDE, WIDE,
                  own, at + p * PLACE + f * WIDE, WIDE, !first);
            }
          }
          if (last) store(own, at, panel * WIDE, i % stretches * WIDE);
        }
        if (single) Workspace.give(own);
      });
      Workspace.give(x);
      Workspace.give(g);
    }
    Workspace.give(sums);
  }

  /** Transforms the sums of some filters and channels back, and stores them. */
  private void store(float[] sums, int at, int filter, int channel) {
    ConvTransform transform = scheme.weight.transform();
    int points = scheme.points;
    float[] half = Workspace.takeFloats(3 * points * PLACE);
    float[] lines = Workspace.takeFloats(TAPS * PLACE);
    float[] turned = Workspace.takeFloats(TAPS * WIDE + LANES);
    for (int v = 0; v < points; v++) {
      transform.run(sums, at + v * PLACE, points * PLACE, LANES, half, v * PLACE, points * PLACE, LANES, 2 * WIDE);
    }
    for (int r = 0; r < 3; r++) {
      for (int l = 0; l < WIDE; l += LANES) {
        transform.run(half, r * points * PLACE + l, PLACE, WIDE, lines, r * 3 * WIDE + l, WIDE, TAPS * WIDE, WIDE);
      }
    }
    for (int f = 0; f < WIDE; f++) {
      int from = f * TAPS * WIDE;
      if (TILES.turn(lines, from, WIDE, TAPS, TAPS, WIDE + 1, turned, 0) == 0) {
        for (int t = 0; t < TAPS; t++) {
          for (int k = 0; k < WIDE; k++) turned[k * TAPS + t] = lines[from + t * WIDE + k];
        }
      }
      System.arraycopy(turned, 0, w.dw(), w.dwFrom() + ((filter + f) * channels + channel) * TAPS, TAPS * WIDE);
    }
    Workspace.give(half);
    Workspace.give(lines);
    Workspace.give(turned);
  }
}
