package dev.flambeau.kernel;

/**
 * A large product cut into blocks that fit the caches: both operands of a block are packed into panels, in parallel,
 * and then all its tiles are computed, in parallel. What a tile sums up over a block's stretch of k is added to C.
 *
 * <p>Products with a single row or column skip the packing, since each element of the matrix is used only once.
 */
final class GemmBlocks {
  private static final int MAX_ROWS = 1056;
  private static final int MAX_COLUMNS = 2048;
  private static final int MAX_DEPTH = 400;

  /** Up to this many rows of A, reading B where it lies is cheaper than packing it. */
  private static final int ROWS_WORTH_PACKING = 256;
  private static final long PRODUCTS_WORTH_SHARING = 600_000;
  private static final int PRODUCTS_PER_CHUNK = 1 << 15;

  /** A task is a square of this many panels, less if there would be too few tasks. */
  private static final int PANELS_PER_TASK = 8;
  private static final int TASKS_WANTED = 16;
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
    boolean alone = (long) m * n * k < PRODUCTS_WORTH_SHARING;
    boolean inPlace = bCol == 1 && m <= ROWS_WORTH_PACKING;
    int maxRows = Math.min(MAX_ROWS, roundUp(m, tiles.rows));
    int maxColumns = Math.min(MAX_COLUMNS, roundUp(n, tiles.columns()));
    int maxDepth = ceilDiv(k, ceilDiv(k, MAX_DEPTH));
    A aPanels = tiles.take(maxRows * maxDepth);
    A bPanels = tiles.take(maxColumns * maxDepth);
    for (int j = 0; j < n; j += maxColumns) {
      int columns = Math.min(maxColumns, n - j);
      for (int p = 0; p < k; p += maxDepth) {
        int depth = Math.min(maxDepth, k - p);
        for (int i = 0; i < m; i += maxRows) {
          Block<A> block = new Block<>(tiles, Math.min(maxRows, m - i), columns, depth, aPanels, bPanels,
              inPlace ? columns / tiles.columns() : 0, b, bOff + p * bRow + j * bCol, bRow, c, cOff + i * cRow + j,
              cRow, accumulate || p > 0);
          block.pack(alone, a, aOff + i * aRow + p * aCol, aRow, aCol, i == 0, bCol);
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
   * One block of C and its operands. Panel after panel lies in {@code aPanels} and {@code bPanels}, but the first
   * {@code inPlace} panels of B are read from B itself.
   */
  private record Block<A>(GemmTiles<A> tiles, int rows, int columns, int depth, A aPanels, A bPanels, int inPlace, A b,
      int bFrom, int bRow, A c, int cFrom, int cRow, boolean accumulate) {
    private int rowPanels() { return ceilDiv(rows, tiles.rows); }

    private int columnPanels() { return ceilDiv(columns, tiles.columns()); }

    void pack(boolean alone, A a, int aFrom, int aRow, int aCol, boolean packB, int bCol) {
      int ofA = rowPanels();
      int ofB = packB ? columnPanels() - inPlace : 0;
      share(alone, ofA + ofB, panel -> {
        if (panel < ofA) {
          int first = panel * tiles.rows;
          int used = Math.min(tiles.rows, rows - first);
          tiles.pack(a, aFrom + first * aRow, aRow, aCol, used, tiles.height(used), depth, aPanels, first * depth);
        } else {
          int first = (panel - ofA + inPlace) * tiles.columns();
          int used = Math.min(tiles.columns(), columns - first);
          tiles.pack(b, bFrom + first * bCol, bCol, bRow, used, tiles.width(used), depth, bPanels, first * depth);
        }
      });
    }

    void multiply(boolean alone) {
      int high = PANELS_PER_TASK;
      int wide = PANELS_PER_TASK;
      while (high * wide > TILES_PER_TASK
          && ceilDiv(rowPanels(), high) * ceilDiv(columnPanels(), wide) < TASKS_WANTED) {
        if (high >= wide) high /= 2;
        else wide /= 2;
      }
      int down = high;
      int right = wide;
      int across = ceilDiv(columnPanels(), right);
      share(alone, ceilDiv(rowPanels(), down) * across,
          task -> multiply(task / across * down, down, task % across * right, right));
    }

    private void multiply(int rowPanel, int down, int columnPanel, int right) {
      int rowEnd = Math.min(rowPanel + down, rowPanels());
      int columnEnd = Math.min(columnPanel + right, columnPanels());
      for (int y = columnPanel; y < columnEnd; y++) {
        for (int x = rowPanel; x < rowEnd; x++) tile(x * tiles.rows, y);
      }
    }

    private void tile(int row, int columnPanel) {
      int column = columnPanel * tiles.columns();
      int usedRows = Math.min(tiles.rows, rows - row);
      int usedColumns = Math.min(tiles.columns(), columns - column);
      int height = tiles.height(usedRows);
      int width = tiles.width(usedColumns);
      GemmTile<A> tile = tiles.tile(height, width);
      boolean packed = columnPanel >= inPlace;
      A from = packed ? bPanels : b;
      int fromAt = packed ? column * depth : bFrom + column;
      int fromRow = packed ? width : bRow;
      int aFrom = row * depth;
      int aEnd = aFrom + height * depth;
      int to = cFrom + row * cRow + column;
      if (height == usedRows && width == usedColumns) {
        tile.multiply(aPanels, aFrom, aEnd, from, fromAt, fromRow, c, to, cRow, accumulate);
      } else {
        A edge = tiles.take(height * width);
        tile.multiply(aPanels, aFrom, aEnd, from, fromAt, fromRow, edge, 0, width, false);
        tiles.copy(edge, width, usedRows, usedColumns, c, to, cRow, accumulate);
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
