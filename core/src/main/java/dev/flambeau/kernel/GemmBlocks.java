package dev.flambeau.kernel;

/**
 * A large product cut into blocks that fit the caches. Panels of a block's operands are packed, in parallel, unless tiles
 * can read them where they lie; then all its tiles are computed, in parallel. What a tile sums up over a block's stretch
 * of k is added to C.
 *
 * <p>Products with a single row or column skip the packing, since each element of the matrix is used only once.
 */
final class GemmBlocks {
  private static final int MAX_ROWS = 1056;
  private static final int MAX_COLUMNS = 2048;
  /** Long: adding to C what comes out of a second stretch costs more than reading long panels from the second cache. */
  private static final int MAX_DEPTH = 1024;

  /** Up to this many rows of A, reading B where it lies is cheaper than packing it. */
  private static final int ROWS_WORTH_PACKING = 256;
  /** Rows this far apart, or a multiple of it, compete for the same part of a cache. */
  private static final int CROWDED = 1024;
  /** Steps of k that may lie far apart. */
  private static final int FEW_STEPS = 256;
  private static final int FAR = 512;
  private static final long PRODUCTS_WORTH_SHARING = 130_000;
  private static final long PRODUCTS_WORTH_SHARING_COLD = 600_000;
  private static final int PRODUCTS_PER_CHUNK = 1 << 15;

  /** Panels of A and of B that make a task, less if there would be too few tasks. */
  private static final int HIGH = 8;
  private static final int WIDE = 4;
  private static final int TASKS_WANTED = 32;
  private static final int TILES_PER_TASK = 4;

  private GemmBlocks() {}

  /** C (+)= A · B as {@link Gemm} has it, no size being zero. */
  static <A> void multiply(GemmTiles<A> tiles, int m, int n, int k, A a, int aOff, int aRow, int aCol, A b, int bOff,
      int bRow, int bCol, A c, int cOff, int cRow, boolean accumulate) {
    if (n == 1 && m > 1) {
      timesColumn(tiles, m, k, a, aOff, aRow, aCol, b, bOff, bRow, c, cOff, cRow, accumulate);
    } else if (m == 1 && bRow == 1) {
      dots(tiles, n, k, b, bOff, bCol, a, aOff, aCol, c, cOff, 1, accumulate);
    } else if (m == 1 && bCol == 1 && n >= tiles.longRow()) {
      rowTimes(tiles, n, k, a, aOff, aCol, b, bOff, bRow, c, cOff, accumulate);
    } else {
      inBlocks(tiles, m, n, k, a, aOff, aRow, aCol, b, bOff, bRow, bCol, c, cOff, cRow, accumulate);
    }
  }

  private static <A> void inBlocks(GemmTiles<A> tiles, int m, int n, int k, A a, int aOff, int aRow, int aCol, A b,
      int bOff, int bRow, int bCol, A c, int cOff, int cRow, boolean accumulate) {
    boolean alone =
        (long) m * n * k < (tiles.isWarm() ? PRODUCTS_WORTH_SHARING : PRODUCTS_WORTH_SHARING_COLD);
    boolean aInPlace = aCol == 1 ? aRow % CROWDED != 0 || k <= FEW_STEPS : aRow == 1 && (aCol <= FAR || k <= FEW_STEPS);
    boolean bInPlace = bCol == 1 && m <= ROWS_WORTH_PACKING;
    if (!alone && aInPlace && !bInPlace && m <= ROWS_WORTH_PACKING && n > tiles.columns()) {
      // Who multiplies a panel of B packs it too: it is slow to come from where another core has written it.
      Parallel.forRange(n, tiles.columns(), (from, to) -> {
        for (int j = from; j < to; j += tiles.columns()) {
          inBlocks(tiles, m, Math.min(tiles.columns(), to - j), k, a, aOff, aRow, aCol, b, bOff + j * bCol, bRow, bCol,
              c, cOff + j, cRow, accumulate);
        }
      });
      return;
    }
    int maxRows = Math.min(MAX_ROWS, roundUp(m, tiles.rows));
    int maxColumns = Math.min(MAX_COLUMNS, roundUp(n, tiles.columns()));
    int maxDepth = ceilDiv(k, ceilDiv(k, MAX_DEPTH));
    A aPanels = tiles.take((aInPlace ? tiles.rows : maxRows) * maxDepth);
    A bPanels = tiles.take((bInPlace ? tiles.columns() : maxColumns) * maxDepth);
    for (int j = 0; j < n; j += maxColumns) {
      int columns = Math.min(maxColumns, n - j);
      for (int p = 0; p < k; p += maxDepth) {
        int depth = Math.min(maxDepth, k - p);
        Side<A> right =
            new Side<>(tiles, false, columns, depth, b, bOff + p * bRow + j * bCol, bCol, bRow, bInPlace, bPanels);
        for (int i = 0; i < m; i += maxRows) {
          Side<A> left = new Side<>(tiles, true, Math.min(maxRows, m - i), depth, a, aOff + i * aRow + p * aCol, aRow,
              aCol, aInPlace, aPanels);
          Block<A> block = new Block<>(tiles, left, right, depth, c, cOff + i * cRow + j, cRow, accumulate || p > 0);
          block.pack(alone, i == 0);
          block.multiply(alone);
        }
      }
    }
    tiles.give(aPanels);
    tiles.give(bPanels);
  }

  /** A matrix times one column: dot products along its rows, or else the transposed product, a row times a matrix. */
  private static <A> void timesColumn(GemmTiles<A> tiles, int m, int k, A a, int aOff, int aRow, int aCol, A b,
      int bOff, int bRow, A c, int cOff, int cRow, boolean accumulate) {
    if (aCol == 1) {
      dots(tiles, m, k, a, aOff, aRow, b, bOff, bRow, c, cOff, cRow, accumulate);
      return;
    }
    A row = tiles.take(m);
    multiply(tiles, 1, m, k, b, bOff, 0, bRow, a, aOff, aCol, aRow, row, 0, m, false);
    tiles.copy(row, 1, m, 1, c, cOff, cRow, accumulate);
    tiles.give(row);
  }

  /** A row times a matrix whose rows are contiguous. */
  private static <A> void rowTimes(GemmTiles<A> tiles, int n, int k, A a, int aOff, int aCol, A b, int bOff, int bRow,
      A c, int cOff, boolean accumulate) {
    A row = tiles.take(k);
    tiles.pack(a, aOff, 1, aCol, 1, 1, k, row, 0);
    int width = tiles.longRow();
    GemmTile<A> tile = tiles.tile(1, width);
    int wide = n / width * width;
    Parallel.forRange(wide, roundUp(Math.max(1, PRODUCTS_PER_CHUNK / k), width), (from, to) -> {
      for (int j = from; j < to; j += width) {
        tile.multiply(row, 0, k, b, bOff + j, bRow, c, cOff + j, width, accumulate);
      }
    });
    tiles.give(row);
    if (wide == n) return;
    inBlocks(tiles, 1, n - wide, k, a, aOff, 0, aCol, b, bOff + wide, bRow, 1, c, cOff + wide, n, accumulate);
  }

  /** The dot products of contiguous rows with x. */
  private static <A> void dots(GemmTiles<A> tiles, int rows, int k, A a, int aFrom, int rowStep, A x, int xFrom,
      int xStep, A c, int cFrom, int cStep, boolean accumulate) {
    if (xStep != 1) {
      A packed = tiles.take(k);
      tiles.pack(x, xFrom, 1, xStep, 1, 1, k, packed, 0);
      dots(tiles, rows, k, a, aFrom, rowStep, packed, 0, 1, c, cFrom, cStep, accumulate);
      tiles.give(packed);
      return;
    }
    Parallel.forRange(rows, roundUp(Math.max(1, PRODUCTS_PER_CHUNK / k), 4), (from, to) -> tiles.dots(to - from, k, a,
        aFrom + from * rowStep, rowStep, x, xFrom, c, cFrom + from * cStep, cStep, accumulate));
  }

  private static int roundUp(int n, int step) { return ceilDiv(n, step) * step; }

  private static int ceilDiv(int n, int step) { return (n + step - 1) / step; }

  /**
   * A block's part of an operand: panels of rows of A, or of columns of B. With {@code inPlace} only a panel that needs
   * padding is packed, and that can only be the last.
   */
  private record Side<A>(GemmTiles<A> tiles, boolean left, int size, int depth, A from, int at, int step, int kStep,
      boolean inPlace, A room) {
    int panel() { return left ? tiles.rows : tiles.columns(); }

    int panels() { return ceilDiv(size, panel()); }

    int used(int number) { return Math.min(panel(), size - number * panel()); }

    int padded(int number) { return left ? tiles.height(used(number)) : tiles.width(used(number)); }

    boolean isInPlace(int number) { return inPlace && used(number) == padded(number); }

    int toPack() {
      if (!inPlace) return panels();
      return isInPlace(panels() - 1) ? 0 : 1;
    }

    private int place(int number) { return inPlace ? 0 : number * panel() * depth; }

    void pack(int number) {
      tiles.pack(from, at + number * panel() * step, step, kStep, used(number), padded(number), depth, room,
          place(number));
    }

    A source(int number) { return isInPlace(number) ? from : room; }

    int start(int number) { return isInPlace(number) ? at + number * panel() * step : place(number); }
  }

  /** One block of C and its operands. */
  private record Block<A>(GemmTiles<A> tiles, Side<A> left, Side<A> right, int depth, A c, int cFrom, int cRow,
      boolean accumulate) {
    void pack(boolean alone, boolean packB) {
      int ofA = left.toPack();
      int ofB = packB ? right.toPack() : 0;
      share(alone, ofA + ofB, task -> {
        if (task < ofA) left.pack(left.panels() - ofA + task);
        else right.pack(right.panels() - ofB + task - ofA);
      });
    }

    void multiply(boolean alone) {
      int high = HIGH;
      int wide = WIDE;
      // Two panels of columns are for two threads: few rows cannot be halved as evenly.
      if (right.panels() == 2 && left.panels() <= high) wide = 1;
      while (high * wide > TILES_PER_TASK && wide > 1
          && ceilDiv(left.panels(), high) * ceilDiv(right.panels(), wide) < TASKS_WANTED) {
        if (high >= wide) high /= 2;
        else wide /= 2;
      }
      int down = high;
      int across = wide;
      int columns = ceilDiv(right.panels(), across);
      share(alone, ceilDiv(left.panels(), down) * columns,
          task -> multiply(task / columns * down, down, task % columns * across, across));
    }

    /** Panels of B stay in the second cache while those of A pass by; rows of C are written one after the other. */
    private void multiply(int first, int down, int firstColumn, int across) {
      int end = Math.min(first + down, left.panels());
      int columnEnd = Math.min(firstColumn + across, right.panels());
      for (int x = first; x < end; x++) {
        for (int y = firstColumn; y < columnEnd; y++) tile(x, y);
      }
    }

    private void tile(int x, int y) {
      int height = left.padded(x);
      int width = right.padded(y);
      A a = left.source(x);
      A b = right.source(y);
      int aFrom = left.start(x);
      int bFrom = right.start(y);
      int bRow = right.isInPlace(y) ? right.kStep : width;
      boolean inPlace = left.isInPlace(x);
      boolean rows = inPlace && left.kStep == 1;
      GemmTile<A> tile = rows ? tiles.tileOfRows(height, width)
          : inPlace ? tiles.tileOfColumns(height, width) : tiles.tile(height, width);
      int aEnd = aFrom + depth * (inPlace ? left.kStep : height);
      int aStep = rows ? left.step : left.kStep;
      int to = cFrom + x * tiles.rows * cRow + y * tiles.columns();
      if (height == left.used(x) && width == right.used(y)) {
        tile.multiply(a, aFrom, aEnd, aStep, b, bFrom, bRow, c, to, cRow, accumulate);
      } else {
        A edge = tiles.take(height * width);
        tile.multiply(a, aFrom, aEnd, aStep, b, bFrom, bRow, edge, 0, width, false);
        tiles.copy(edge, width, left.used(x), right.used(y), c, to, cRow, accumulate);
        tiles.give(edge);
      }
    }

    private static void share(boolean alone, int tasks, Task body) {
      Parallel.RangeBody loop = (from, to) -> {
        for (int task = from; task < to; task++) body.run(task);
      };
      if (alone) loop.run(0, tasks);
      else Parallel.forRange(tasks, 1, loop);
    }
  }

  @FunctionalInterface
  private interface Task {
    void run(int task);
  }
}
