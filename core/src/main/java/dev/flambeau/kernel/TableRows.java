package dev.flambeau.kernel;

import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;

/** Rows of a table by their numbers: looked up, or added to. */
public final class TableRows {
  /** Stretches of a table that are added to by themselves; each looks at all numbers. */
  private static final int STRETCHES = 8;

  private TableRows() {}

  /**
   * The rows of {@code table}, a matrix, that {@code index} names, in its order.
   *
   * @throws IllegalArgumentException if there is none of such a number
   */
  public static NdArray take(String op, NdArray table, NdArray index) {
    NdArray from = Elements.dense(table);
    int[] rows = Indexing.indices(op, index, table.shape().size(0), 0, false);
    int width = table.shape().size(1);
    NdArray out = NdArray.unwritten(table.type(), Shape.of(rows.length, width));
    if (width == 0) return out;
    Parallel.forRange(rows.length, Math.max(1, Loops.GRAIN / width), (first, end) -> {
      for (int i = first; i < end; i++)
        System.arraycopy(from.data(), from.offset() + rows[i] * width, out.data(), i * width, width);
    });
    return out;
  }

  /** A table of {@code size} rows, zero but for the sums of those rows of {@code x} that {@code index} sends there, added in their order. */
  public static NdArray sum(String op, int size, NdArray x, NdArray index, long without) {
    NdArray from = Elements.dense(x);
    int[] rows = Indexing.indices(op, index, size, 0, false);
    int width = x.shape().size(1);
    NdArray out = NdArray.allocate(x.type(), Shape.of(size, width));
    int grain = x.numel() < Loops.GRAIN ? size : (size + STRETCHES - 1) / STRETCHES;
    Parallel.forRange(size, Math.max(1, grain), (first, end) -> {
      for (int i = 0; i < rows.length; i++) {
        if (rows[i] < first || rows[i] >= end || rows[i] == without) continue;
        int to = rows[i] * width;
        switch (x.type()) {
          case FLOAT32 -> add(out.floats(), to, from.floats(), from.offset() + i * width, width);
          case FLOAT64 -> add(out.doubles(), to, from.doubles(), from.offset() + i * width, width);
          case INT64, INT32, UINT8, BOOL -> throw new IllegalArgumentException("expected real numbers, not " + x);
        }
      }
    });
    return out;
  }

  private static void add(float[] y, int to, float[] x, int from, int n) {
    for (int i = 0; i < n; i++) y[to + i] += x[from + i];
  }

  private static void add(double[] y, int to, double[] x, int from, int n) {
    for (int i = 0; i < n; i++) y[to + i] += x[from + i];
  }
}
