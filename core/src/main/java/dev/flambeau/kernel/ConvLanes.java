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
  /** The rows of A in {@link #weights}: few, as two vectors of B are read for each. */
  static final int FILTERS = Math.min(8, LANES);

  private static final @Nullable GemmTile<float[]>[] BY_TILES = table(HIGH / 4 + 2);
  private static final @Nullable GemmTile<float[]>[] BY_FILTERS = table(1);

  private ConvLanes() {}

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static @Nullable GemmTile<float[]>[] table(int length) { return new GemmTile[length]; }

  /** The rows of the tile for so many tiles of an image. */
  static int height(int tiles) { return Math.min(HIGH, (tiles + 3) / 4 * 4); }

  /** What is transformed, times filters: rows are tiles, k runs over the channels, stretch by stretch. */
  static GemmTile<float[]> correlation(int height) {
    return tile(BY_TILES, (height + 3) / 4, height, new GemmLayout(WIDE, 1, WIDE, false));
  }

  /** Gradients times what is transformed: rows are filters, k runs over the tiles. */
  static GemmTile<float[]> weights() { return tile(BY_FILTERS, 0, FILTERS, new GemmLayout(1, WIDE, 0, false)); }

  private static GemmTile<float[]> tile(@Nullable GemmTile<float[]>[] known, int place, int height,
      GemmLayout layout) {
    GemmTile<float[]> tile = known[place];
    if (tile == null) known[place] = tile = TILES.make(height, WIDE, layout);
    return tile;
  }
}
