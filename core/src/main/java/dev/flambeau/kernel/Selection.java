package dev.flambeau.kernel;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Elements that indices select from a Java array: element (o, m, i) of an array [outer, middle, inner] lies at {@code
 * outer[o] + middle[m] + inner[i]}, and where there is an {@code index} of as many numbers, its number times {@code
 * step} further.
 *
 * <p>Positions are worked out a block at a time, when elements are moved ({@link Elements}); rows that lie in one piece
 * are moved whole. Different outer parts have no element in common, unless the array overlaps itself.
 */
public final class Selection {
  /** Positions at a time: they stay in the first level cache. */
  private static final int BLOCK = 1024;

  /** Elements from which on a row is moved by itself. */
  private static final int ROW = 16;

  /** Elements of the slices, if there are, into which rows are cut for threads, at least. */
  private static final int SLICE = 64;

  private final Shape shape;
  private final int[] outer;
  private final int[] middle;
  private final int[] inner;
  private final @Nullable NdArray index;
  private final int step;
  private final boolean inRows;

  /** Whether each element of a row is elsewhere than those of other columns. */
  private final boolean columnsApart;

  private Selection(Shape shape, int[] outer, int[] middle, int[] inner, @Nullable NdArray index, int step,
      boolean columnsApart) {
    this.shape = shape;
    this.outer = outer;
    this.middle = middle;
    this.inner = inner;
    this.index = index;
    this.step = step;
    this.columnsApart = columnsApart;
    boolean inRows = index == null && inner.length >= ROW;
    for (int i = 1; inRows && i < inner.length; i++) inRows = inner[i] == inner[i - 1] + 1;
    this.inRows = inRows;
  }

  /** Moves {@code n} elements, the {@code from}-th and following of the selection. */
  @FunctionalInterface
  interface Block {
    /** Moves those at these positions. */
    void move(int[] at, int from, int n);
  }

  /** Moves {@code n} elements, the {@code from}-th and following of the selection, which lie in one piece. */
  @FunctionalInterface
  interface Row {
    /** Moves those from this position on. */
    void move(int at, int from, int n);
  }

  /** The elements at these positions, in row-major order of {@code shape}. */
  static Selection of(Shape shape, int... positions) {
    return new Selection(shape, new int[1], new int[1], positions, null, 0, false);
  }

  /**
   * All sums of one position of each list, the last list running fastest.
   *
   * @param columnsApart whether sums with different positions of the last list differ
   */
  public static Selection of(Shape shape, int[] outer, int[] middle, int[] inner, boolean columnsApart) {
    if (inner.length != 1) return new Selection(shape, outer, middle, inner, null, 0, columnsApart);
    for (int m = 0; m < middle.length; m++) middle[m] += inner[0];
    return new Selection(shape, outer, new int[1], middle, null, 0, false);
  }

  /** All elements of a view, which may show some of them several times. */
  public static Selection of(NdArray x) {
    int last = Math.max(0, x.rank() - 1);
    int lead = last;
    long reach = 0;
    for (int d = x.rank() - 1; d >= 0; d--) {
      if (Math.abs(x.stride(d)) <= reach) lead = Math.min(lead, d);
      reach += Math.abs((long) x.stride(d)) * (x.shape().size(d) - 1);
    }
    return of(x.shape(), Elements.positions(x.offset(), x.shape(), x.strides(), 0, lead),
        Elements.positions(0, x.shape(), x.strides(), lead, last),
        Elements.positions(0, x.shape(), x.strides(), last, x.rank()), false);
  }

  /** Sums of an outer and an inner position and a number of {@code index}, of shape [outer, size, inner] and row-major, times {@code step}. */
  static Selection of(int[] outer, NdArray index, int size, int step, int[] inner) {
    return inner.length == 1
        ? new Selection(index.shape(), outer, new int[1], new int[size], index, step, false)
        : new Selection(index.shape(), outer, new int[size], inner, index, step, true);
  }

  /** The shape in which the elements are read. */
  public Shape shape() { return shape; }

  /** Elements of a row at most. */
  int width() { return inner.length; }

  /** Where the elements lie, in row-major order. */
  int[] positions() {
    int[] all = new int[shape.numel()];
    if (all.length > 0) positions(0, all.length, all);
    return all;
  }

  private void positions(int from, int count, int[] at) {
    int row = from / inner.length;
    int m = row % middle.length;
    int o = row / middle.length;
    int i = from % inner.length;
    for (int done = 0; done < count; i = 0) {
      int n = Math.min(inner.length - i, count - done);
      row(outer[o] + middle[m], i, from + done, at, done, n);
      done += n;
      if (++m == middle.length) {
        m = 0;
        o++;
      }
    }
  }

  /** Of two arrays of ints each has the same index: only that is turned into vectors. */
  private void row(int base, int i, int from, int[] at, int to, int n) {
    System.arraycopy(inner, i, at, to, n);
    if (index == null) {
      for (int j = to; j < to + n; j++) at[j] += base;
      return;
    }
    int p = index.offset() + from - to;
    if (index.type() == ElementType.INT64) {
      long[] numbers = index.longs();
      for (int j = to; j < to + n; j++) at[j] += base + (int) numbers[p + j] * step;
    } else {
      int[] numbers = index.ints();
      for (int j = to; j < to + n; j++) at[j] += base + numbers[p + j] * step;
    }
  }

  /** All elements, in any order and on several threads; each {@code block} or {@code row} takes some. */
  void forEach(int grain, @Nullable Row row, Block block) {
    Parallel.forRange(shape.numel(), grain, (from, to) -> stretch(from, to, row, block));
  }

  /** The same, but those that may lie at one place in their order on one thread. */
  void forEachInOrder(NdArray x, int grain, @Nullable Row row, Block block) {
    if (shape.numel() == 0) return;
    int parts = outer.length;
    boolean apart = !x.overlapsItself();
    int threads = Parallel.threads();
    int slices = apart && columnsApart && parts < 2 * threads ? Math.clamp(inner.length / SLICE, 1, threads) : 1;
    int each = middle.length * inner.length;
    Parallel.forRange(parts * slices, apart ? Math.max(1, grain / (each / slices)) : parts, (from, to) -> {
      if (slices == 1) stretch(from * each, to * each, row, block);
      else for (int k = from; k < to; k++) slice(k / slices * each, k % slices, slices, row, block);
    });
  }

  /** One of the slices of all rows of the outer part whose first element is {@code first}. */
  private void slice(int first, int slice, int slices, @Nullable Row row, Block block) {
    int left = (int) ((long) inner.length * slice / slices);
    int right = (int) ((long) inner.length * (slice + 1) / slices);
    for (int m = 0; m < middle.length; m++, first += inner.length) stretch(first + left, first + right, row, block);
  }

  private void stretch(int from, int to, @Nullable Row row, Block block) {
    if (row == null || !inRows) {
      int[] at = new int[Math.min(BLOCK, to - from)];
      for (int f = from; f < to; f += at.length) {
        int n = Math.min(at.length, to - f);
        positions(f, n, at);
        block.move(at, f, n);
      }
      return;
    }
    for (int f = from; f < to;) {
      int r = f / inner.length;
      int i = f % inner.length;
      int n = Math.min(inner.length - i, to - f);
      row.move(outer[r / middle.length] + middle[r % middle.length] + inner[i], f, n);
      f += n;
    }
  }
}
