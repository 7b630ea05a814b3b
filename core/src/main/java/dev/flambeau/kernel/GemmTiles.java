package dev.flambeau.kernel;

/**
 * The tiles for one element type, and what a blocked product does with its arrays: scratch, packing, edges.
 *
 * <p>There are tiles of a few heights and of one or two vectors; the last panel of a matrix uses the smallest that
 * holds it, padded with zeros, so that every element of C is summed in the same order wherever it lies.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
abstract class GemmTiles<A> {
  private static final int ROW_STEP = 4;
  /** The vectors of the tiles for a single row. */
  private static final int LONG = 8;

  /** The rows of the tallest tile. */
  final int rows;
  /** The columns of the narrow tiles; the wide ones have twice as many. */
  final int lanes;
  private final boolean turns;
  private final GemmTile<A>[][] tiles;
  private final GemmTileTurn<A>[] turned;
  private final WarmUp[] turnsCompiled;

  GemmTiles(int rows, int lanes, boolean turns) {
    this.rows = rows;
    this.lanes = lanes;
    this.turns = turns;
    this.turned = newTurns(lanes + 1);
    this.turnsCompiled = new WarmUp[lanes + 1];
    this.tiles = newTable((rows + ROW_STEP - 1) / ROW_STEP + 1);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <A> GemmTileTurn<A>[] newTurns(int count) { return new GemmTileTurn[count]; }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <A> GemmTile<A>[][] newTable(int heights) { return new GemmTile[heights][LONG]; }

  /** The columns of the widest tile. */
  final int columns() { return 2 * lanes; }

  /** The columns of the tile for a single row of A, wide so that it reads long stretches of B. */
  final int longRow() { return LONG * lanes; }

  /** The rows of the smallest tile that has at least {@code wanted}. */
  final int height(int wanted) {
    return wanted == 1 ? 1 : Math.min(rows, (wanted + ROW_STEP - 1) / ROW_STEP * ROW_STEP);
  }

  /** The columns of the smallest tile that has at least {@code wanted}. */
  final int width(int wanted) { return wanted <= lanes ? lanes : 2 * lanes; }

  /** The tile of a {@link #height} and a {@link #width}, or of one row and the {@link #longRow}. */
  final GemmTile<A> tile(int height, int width) {
    GemmTile<A>[] ofHeight = tiles[(height + ROW_STEP - 2) / ROW_STEP];
    int vectors = width / lanes;
    GemmTile<A> tile = ofHeight[vectors - 1];
    if (tile == null) ofHeight[vectors - 1] = tile = newTile(height, vectors);
    return tile;
  }

  private WarmUp warmUp(GemmTileTurn<A> turn) {
    A from = room(2 * lanes * lanes);
    A to = room(3 * lanes * lanes);
    return WarmUp.of(() -> turn.turn(from, 0, 2 * lanes, 2, to, 0, lanes), 24L * lanes * lanes);
  }

  /** An array to warm up with. */
  abstract A room(int length);

  abstract GemmTile<A> newTile(int height, int vectors);

  abstract GemmTileTurn<A> newTurn(int used);

  /**
   * Packs the first steps of k of {@code used} rows that are contiguous along k, transposing squares in registers.
   *
   * @return how many steps are packed, perhaps none
   */
  final int turn(A from, int at, int step, int used, int width, int depth, A to, int toAt) {
    boolean whole = used == lanes;
    if (!turns || !whole && (used < lanes / 2 || used != width)) return 0;
    // A vector longer than the panel is wide spills over into the next step, which must still be to come.
    int squares = whole ? depth / lanes : (depth - 1) / lanes;
    if (squares == 0) return 0;
    GemmTileTurn<A> turn = turned[used];
    if (turn == null) {
      turned[used] = turn = newTurn(used);
      turnsCompiled[used] = warmUp(turn);
    }
    WarmUp warmUp = turnsCompiled[used];
    if (warmUp == null || !warmUp.isDone()) return 0;
    turn.turn(from, at, step, squares, to, toAt, width);
    return squares * lanes;
  }

  abstract A take(int length);

  abstract void give(A array);

  /**
   * Writes a panel: for each of {@code depth} steps of k, {@code used} elements {@code step} apart, then zeros up to
   * {@code width}.
   */
  abstract void pack(A from, int at, int step, int kStep, int used, int width, int depth, A to, int toAt);

  /** C (+)= the top left {@code rows} × {@code columns} of a tile that was computed aside. */
  abstract void copy(A tile, int tileRow, int rows, int columns, A c, int cFrom, int cRow, boolean accumulate);

  /**
   * For each of {@code rows} rows, {@code rowStep} apart, of {@code k} contiguous elements the dot product with x:
   * c (+)= rows · x, the results {@code cStep} apart.
   */
  abstract void dots(int rows, int k, A a, int aFrom, int rowStep, A x, int xFrom, A c, int cFrom, int cStep,
      boolean accumulate);
}
