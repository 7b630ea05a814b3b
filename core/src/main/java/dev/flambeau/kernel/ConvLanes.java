package dev.flambeau.kernel;

import org.jspecify.annotations.Nullable;

/**
 * How Winograd's algorithm lays out what it transforms: {@link #WIDE} channels side by side are a stretch, so all
 * transformations work on whole vectors of channels, whatever the size of the map. Place after place holds stretch after
 * stretch of channels, of each all tiles.
 */
final class ConvLanes {
  static final GemmTiles<float[]> TILES = GemmTier.FLOATS;
  static final int LANES = TILES.lanes;
  static final int WIDE = 2 * LANES;
  /** What keeps places that are used together from competing for the same part of a cache. */
  static final int APART = WIDE;
  private static final int HIGH = TILES.rows;
  private static final int DEPTH = 32;
  /** The rows of A in {@link #weights}: few, as two vectors of B are read for each. */
  static final int FILTERS = Math.min(8, LANES);

  private static final @Nullable ConvTile[] BY_TILES = new ConvTile[HIGH / 4 + 2];
  private static final @Nullable ConvTile[] BY_FILTERS = new ConvTile[1];

  private ConvLanes() {}

  /** The rows of the tile for so many tiles of an image. */
  static int height(int tiles) { return Math.min(HIGH, (tiles + 3) / 4 * 4); }

  /** What is transformed, times filters: rows are tiles, k runs over the channels, stretch by stretch. */
  static ConvTile correlation(int height) { return tile(BY_TILES, (height + 3) / 4, height, WIDE, 1, WIDE); }

  /** Gradients times what is transformed: rows are filters, k runs over the tiles. */
  static ConvTile weights() { return tile(BY_FILTERS, 0, FILTERS, 1, WIDE, 0); }

  private static ConvTile tile(@Nullable ConvTile[] known, int place, int height, int rowStep, int kStep, int run) {
    ConvTile tile = known[place];
    if (tile == null) known[place] = tile = make(height, rowStep, kStep, run);
    return tile;
  }

  private static ConvTile make(int height, int rowStep, int kStep, int run) {
    ConvTile vectors = GemmTileCompiler.compile(LANES, height, 2, rowStep, kStep, run);
    float[] a = new float[height * rowStep + DEPTH * kStep];
    float[] b = new float[DEPTH * WIDE];
    float[] c = new float[height * WIDE];
    int end = run == 0 ? DEPTH * kStep : DEPTH / run;
    WarmUp warmUp = WarmUp.of(() -> {
      vectors.multiply(a, 0, end, b, 0, WIDE, c, 0, WIDE, false, 1);
      vectors.multiply(a, 0, end, b, 0, WIDE, c, 0, WIDE, true, 1);
    }, 2L * DEPTH * height * 2 * 6);
    return (x, aFrom, aEnd, y, bFrom, bRow, z, cFrom, cRow, accumulate, aStep) -> {
      if (warmUp.isDone()) {
        vectors.multiply(x, aFrom, aEnd, y, bFrom, bRow, z, cFrom, cRow, accumulate, aStep);
      } else {
        multiply(height, rowStep, kStep, run, (float[]) x, aFrom, aEnd, (float[]) y, bFrom, bRow, (float[]) z, cFrom,
            cRow, accumulate, aStep);
      }
    };
  }

  /** The same without vectors, to the bit, after packing A. */
  private static void multiply(int height, int rowStep, int kStep, int run, float[] a, int aFrom, int aEnd, float[] b,
      int bFrom, int bRow, float[] c, int cFrom, int cRow, boolean accumulate, int aStep) {
    int stretch = Math.max(1, run);
    int next = run == 0 ? kStep : aStep;
    int depth = (aEnd - aFrom + next - 1) / next * stretch;
    float[] packed = Workspace.takeFloats(depth * height);
    for (int k = 0; k < depth; k++) {
      int at = aFrom + k / stretch * next + k % stretch * kStep;
      for (int r = 0; r < height; r++) packed[k * height + r] = a[at + r * rowStep];
    }
    new GemmTileFused.Floats(height, WIDE).multiply(packed, 0, depth * height, b, bFrom, bRow, c, cFrom, cRow,
        accumulate);
    Workspace.give(packed);
  }
}
