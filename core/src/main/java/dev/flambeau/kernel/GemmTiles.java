package dev.flambeau.kernel;

import org.jspecify.annotations.Nullable;

/**
 * The tiles for one element type, and what a blocked product does with its arrays: scratch, packing, edges.
 *
 * <p>There are tiles of a few heights and of one or two vectors; the last panel of a matrix uses the smallest that
 * holds it, padded with zeros, so that every element of C is summed in the same order wherever it lies.
 *
 * <p>Vectors have a scalar twin with the same bits. It computes until they are compiled, and where there are none.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
abstract class GemmTiles<A> {
  private static final int ROW_STEP = 4;
  /** The vectors of the tiles for a single row. */
  private static final int LONG = 8;
  /** The bits of a scalar tile's columns: loops along them must be long for the compiler to make good vectors of them. */
  private static final int SCALAR_BITS = 2048;
  /** The bits of the sums of a dot product, whatever the width of vectors, so that it has the same bits for all. */
  private static final int DOT_BITS = 512;
  private static final int DOTS_AT_ONCE = 4;

  /** The rows of the tallest tile. */
  final int rows;
  /** The columns of the narrow tiles; the wide ones have twice as many. */
  final int lanes;
  private final boolean doubles;
  private final int vectorBits;
  /** The sums of a dot product, which are added up at last. */
  final int dotLanes;
  private final GemmTile<A>[][] packed;
  private final GemmTile<A>[][] ofRows;
  private final GemmTile<A>[][] ofColumns;
  private final GemmTile<A>[][] dots;
  private final @Nullable Turn<A>[] turns;
  private @Nullable GemmTileWarming<A> first;

  /** Tiles of vectors of {@code vectorBits}, or scalar ones if that is 0. */
  GemmTiles(boolean doubles, int rows, int vectorBits) {
    this.doubles = doubles;
    this.rows = rows;
    this.vectorBits = vectorBits;
    int bits = doubles ? Double.SIZE : Float.SIZE;
    this.lanes = (vectorBits > 0 ? vectorBits : SCALAR_BITS) / bits;
    this.dotLanes = DOT_BITS / bits;
    this.packed = table();
    this.ofRows = table();
    this.ofColumns = table();
    this.dots = newTable(1, DOTS_AT_ONCE);
    this.turns = newTurns(lanes + 1);
  }

  private record Turn<A>(GemmTileTurn<A> code, WarmUp warmUp) {}

  private GemmTile<A>[][] table() { return newTable((rows + ROW_STEP - 1) / ROW_STEP + 1, LONG); }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <A> GemmTile<A>[][] newTable(int heights, int widths) { return new GemmTile[heights][widths]; }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <A> @Nullable Turn<A>[] newTurns(int count) { return new Turn[count]; }

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

  /** The tile of a {@link #height} and a {@link #width}, or of one row and the {@link #longRow}, for packed rows. */
  final GemmTile<A> tile(int height, int width) { return tile(packed, null, height, width); }

  /** The tile for rows of a matrix, each of them contiguous. */
  final GemmTile<A> tileOfRows(int height, int width) { return tile(ofRows, GemmLayout.ROWS, height, width); }

  /** The tile for rows of a transposed matrix. */
  final GemmTile<A> tileOfColumns(int height, int width) { return tile(ofColumns, GemmLayout.COLUMNS, height, width); }

  private GemmTile<A> tile(GemmTile<A>[][] table, @Nullable GemmLayout layout, int height, int width) {
    GemmTile<A>[] ofHeight = table[(height + ROW_STEP - 2) / ROW_STEP];
    int place = width / lanes - 1;
    GemmTile<A> tile = ofHeight[place];
    if (tile != null) return tile;
    return ofHeight[place] = make(height, width, layout == null ? GemmLayout.packed(height) : layout);
  }

  /** A new tile for rows of any layout. */
  final GemmTile<A> make(int height, int width, GemmLayout layout) {
    GemmTile<A> twin = scalar(height, width, layout);
    if (vectorBits == 0) return twin;
    GemmTile<A> vectors = GemmTileCompiler.compile(doubles, lanes, height, width / lanes, layout);
    GemmTileWarming<A> tile = new GemmTileWarming<>(this, vectors, twin, height, width, layout);
    if (first == null) first = tile;
    return tile;
  }

  /** Whether the first tile is compiled. Until then it is better to leave the compiler a core. */
  final boolean isWarm() {
    GemmTileWarming<A> tile = first;
    return vectorBits == 0 || tile != null && tile.isWarm();
  }

  /** What {@link #make}'s tile computes without vectors. */
  abstract GemmTile<A> scalar(int height, int width, GemmLayout layout);

  /**
   * For each of {@code rows} rows, {@code rowStep} apart, of {@code k} contiguous elements the dot product with x:
   * c (+)= rows · x, the results {@code cStep} apart.
   */
  final void dots(int rows, int k, A a, int aFrom, int rowStep, A x, int xFrom, A c, int cFrom, int cStep,
      boolean accumulate) {
    int whole = k / dotLanes * dotLanes;
    A sums = take(DOTS_AT_ONCE * dotLanes);
    for (int i = 0, count; i < rows; i += count) {
      count = Math.min(DOTS_AT_ONCE, rows - i);
      int row = aFrom + i * rowStep;
      dotTile(count).multiply(a, row, row + whole, rowStep, x, xFrom, dotLanes, sums, 0, dotLanes, false);
      for (int r = 0; r < count; r++) {
        finishDot(sums, r * dotLanes, dotLanes, a, row + r * rowStep + whole, x, xFrom + whole, k - whole, c,
            cFrom + (i + r) * cStep, accumulate);
      }
    }
    give(sums);
  }

  /** The tile for so many rows, at most four, that takes the dot products of each with one x. */
  final GemmTile<A> dotTile(int count) {
    GemmTile<A> tile = dots[0][count - 1];
    if (tile == null) dots[0][count - 1] = tile = make(count, dotLanes, GemmLayout.dots(dotLanes));
    return tile;
  }

  /** One element of C: the sum of some lanes, in order, and of {@code rest} products. */
  abstract void finishDot(A lanes, int from, int count, A a, int aFrom, A x, int xFrom, int rest, A c, int to,
      boolean accumulate);

  /**
   * Packs the first steps of k of {@code used} rows that are contiguous along k, transposing squares in registers.
   *
   * @return how many steps are packed, perhaps none
   */
  final int turn(A from, int at, int step, int used, int width, int depth, A to, int toAt) {
    boolean whole = used == lanes;
    // Only machines with the widest vectors select lanes from two of them in one instruction.
    if (vectorBits < 512 || !whole && (used < lanes / 2 || used != width)) return 0;
    // A vector longer than the panel is wide spills over into the next step, which must still be to come.
    int squares = whole ? depth / lanes : (depth - 1) / lanes;
    if (squares == 0) return 0;
    Turn<A> turn = turns[used];
    if (turn == null) turns[used] = turn = newTurn(used);
    if (!turn.warmUp.isDone()) return 0;
    turn.code.turn(from, at, step, squares, to, toAt, width);
    return squares * lanes;
  }

  private Turn<A> newTurn(int used) {
    GemmTileTurn<A> turn = GemmTileTurnCompiler.compile(doubles, lanes, used);
    A from = room(2 * lanes * lanes);
    A to = room(3 * lanes * lanes);
    return new Turn<>(turn, WarmUp.of(() -> turn.turn(from, 0, 2 * lanes, 2, to, 0, lanes), 24L * lanes * lanes));
  }

  /** An array to warm up with. */
  abstract A room(int length);

  abstract A take(int length);

  abstract void give(A array);

  /**
   * Writes a panel: for each of {@code depth} steps of k, {@code used} elements {@code step} apart, then zeros up to
   * {@code width}.
   */
  abstract void pack(A from, int at, int step, int kStep, int used, int width, int depth, A to, int toAt);

  /** C (+)= the top left {@code rows} × {@code columns} of a tile that was computed aside. */
  abstract void copy(A tile, int tileRow, int rows, int columns, A c, int cFrom, int cRow, boolean accumulate);
}
