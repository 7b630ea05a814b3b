package dev.flambeau.kernel;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.scalar.Scalar;
import java.util.Arrays;

/**
 * Moves elements from and to selected places of a Java array.
 *
 * <p>A position is where an element lies in the Java array, offset and strides included. Every kind of indexing says
 * first which places it means (see {@link Indexing}) and leaves the moving to this class. What is written to one place
 * is written in order, so what happens at repeated places is the same every time, on any number of threads.
 */
public final class Elements {
  private static final int GRAIN = 1 << 14;
  private static final Formula ADD = Formula.of(Scalar.arg(0).add(Scalar.arg(1)), 2);
  private static final int[] STEPS = {1, 1, 1};

  private Elements() {}

  /** How {@link #combine} joins an element with one that comes in; integers wrap, truth values are 0 and 1. */
  public enum Combine {
    /** The sum; of truth values the or. */
    SUM,
    /** The product; of truth values the and. */
    PROD,
    /** The smaller; NaN if one is NaN. */
    MIN,
    /** The greater; NaN if one is NaN. */
    MAX
  }

  /** The positions of all elements of {@code x}, in row-major order. */
  public static int[] positions(NdArray x) { return positions(x.offset(), x.shape(), x.strides()); }

  /** The positions of the view that starts at {@code offset}, in row-major order. */
  static int[] positions(int offset, Shape shape, int[] strides) {
    int[] at = new int[shape.numel()];
    if (at.length == 0) return at;
    at[0] = offset;
    int done = 1;
    for (int d = shape.rank() - 1; d >= 0; d--) {
      int block = done;
      int stride = strides[d];
      for (int i = 1; i < shape.size(d); i++, done += block) {
        for (int j = done; j < done + block; j++) at[j] = at[j - block] + stride;
      }
    }
    return at;
  }

  /** {@code x} itself if it is contiguous, else a row-major copy. */
  static NdArray dense(NdArray x) { return x.isContiguous() ? x : copy(x); }

  private static NdArray copy(NdArray x) {
    NdArray copy = NdArray.unwritten(x.type(), x.shape());
    Loops.copy(copy, x);
    return copy;
  }

  /** A new row-major array of the elements of {@code x} at {@code positions}, as many as {@code shape} holds. */
  static NdArray take(NdArray x, int[] positions, Shape shape) { return take(x, Selection.of(shape, positions)); }

  /** A new row-major array of the selected elements of {@code x}. */
  public static NdArray take(NdArray x, Selection s) {
    NdArray out = NdArray.unwritten(x.type(), s.shape());
    s.forEach(GRAIN, (at, from, n) -> System.arraycopy(x.data(), at, out.data(), from, n), switch (x.type()) {
      case FLOAT32 -> (at, from, n) -> take(x.floats(), at, out.floats(), from, n);
      case FLOAT64 -> (at, from, n) -> take(x.doubles(), at, out.doubles(), from, n);
      case INT64 -> (at, from, n) -> take(x.longs(), at, out.longs(), from, n);
      case INT32 -> (at, from, n) -> take(x.ints(), at, out.ints(), from, n);
      case UINT8, BOOL -> (at, from, n) -> take(x.bytes(), at, out.bytes(), from, n);
    });
    return out;
  }

  /**
   * Writes the elements of {@code src}, in row-major order, to the selected places of {@code out}; at repeated places
   * the last one stays. A single element is written to all places.
   *
   * @throws IllegalArgumentException if {@code src} is of another type or has neither one element nor one per place
   */
  public static void put(NdArray out, Selection s, NdArray src) {
    NdArray x = source(out, s.shape().numel(), src);
    int p = x.offset();
    int step = step(s, src);
    Selection.Row row =
        step == 0 ? null : (at, from, n) -> System.arraycopy(x.data(), p + from, out.data(), at, n);
    s.forEachInOrder(out, GRAIN, row, switch (out.type()) {
      case FLOAT32 -> (at, from, n) -> put(out.floats(), at, n, x.floats(), p + from * step, step);
      case FLOAT64 -> (at, from, n) -> put(out.doubles(), at, n, x.doubles(), p + from * step, step);
      case INT64 -> (at, from, n) -> put(out.longs(), at, n, x.longs(), p + from * step, step);
      case INT32 -> (at, from, n) -> put(out.ints(), at, n, x.ints(), p + from * step, step);
      case UINT8, BOOL -> (at, from, n) -> put(out.bytes(), at, n, x.bytes(), p + from * step, step);
    });
  }

  /** Like {@link #put}, but adds to what is there: repeated places add up, in order. */
  public static void add(NdArray out, Selection s, NdArray src) { combine(Combine.SUM, out, s, src); }

  /**
   * Like {@link #put}, but joins each element with what is there, so repeated places join all of theirs, in order.
   *
   * @throws IllegalArgumentException if {@code src} is of another type or has neither one element nor one per place
   */
  public static void combine(Combine how, NdArray out, Selection s, NdArray src) {
    NdArray x = source(out, s.shape().numel(), src);
    int p = x.offset();
    int step = step(s, src);
    boolean sum = how == Combine.SUM;
    Selection.Row row = sum && step == 1 && out.type().isFloating() ? adder(out, x, s) : null;
    switch (out.type()) {
      case FLOAT32 -> s.forEachInOrder(out, GRAIN, row,
          sum ? (at, from, n) -> add(out.floats(), at, n, x.floats(), p + from * step, step)
              : (at, from, n) -> combine(how, out.floats(), at, n, x.floats(), p + from * step, step));
      case FLOAT64 -> s.forEachInOrder(out, GRAIN, row,
          sum ? (at, from, n) -> add(out.doubles(), at, n, x.doubles(), p + from * step, step)
              : (at, from, n) -> combine(how, out.doubles(), at, n, x.doubles(), p + from * step, step));
      case INT64 -> s.forEachInOrder(out, GRAIN, null,
          (at, from, n) -> combine(how, out.longs(), at, n, x.longs(), p + from * step, step));
      case INT32 -> s.forEachInOrder(out, GRAIN, null,
          (at, from, n) -> combine(how, out.ints(), at, n, x.ints(), p + from * step, step));
      case UINT8, BOOL -> s.forEachInOrder(out, GRAIN, null, (at, from, n) -> combine(how, out.bytes(), at, n,
          x.bytes(), p + from * step, step, out.type() == ElementType.BOOL ? 1 : 0xff));
    }
  }

  /** Adds rows of {@code x} to rows of {@code out}. */
  private static Selection.Row adder(NdArray out, NdArray x, Selection s) {
    long key = LoopKey.of(out.type(), LoopKey.MAP, out.type());
    for (int k = 0; k < 2; k++) key |= LoopKey.input(k, out.type(), LoopKey.DENSE);
    Loop loop = ADD.loop(key | LoopKey.outLayout(LoopKey.DENSE), s.width(), x.numel());
    NdArray[] in = {out, x};
    return (at, from, n) -> loop.rows(out, in, new int[] {at, at, x.offset() + from}, STEPS, STEPS, 1, n);
  }

  /** {@code src} in row-major order, and apart from {@code out}, so that no write changes what is still to be read. */
  private static NdArray source(NdArray out, int places, NdArray src) {
    if (src.type() != out.type()) {
      throw new IllegalArgumentException("elements of type " + src.type() + " cannot be written to an array of type "
          + out.type() + "; cast them first");
    }
    if (src.numel() != places && src.numel() != 1) {
      throw new IllegalArgumentException("expected one element or " + places + ", one per position, got "
          + src.numel() + " of shape " + src.shape() + "; expand them first");
    }
    return src.data().equals(out.data()) ? copy(src) : dense(src);
  }

  private static int step(Selection s, NdArray src) { return src.numel() == s.shape().numel() ? 1 : 0; }

  /** The positions that the dimensions {@code from ≤ d < to} alone lead to from {@code offset}. */
  public static int[] positions(int offset, Shape shape, int[] strides, int from, int to) {
    Shape part = Shape.of(Arrays.copyOfRange(shape.sizes(), from, to));
    return positions(offset, part, Arrays.copyOfRange(strides, from, to));
  }

  private static void take(float[] x, int[] at, float[] out, int from, int n) {
    for (int i = 0; i < n; i++) out[from + i] = x[at[i]];
  }

  private static void take(double[] x, int[] at, double[] out, int from, int n) {
    for (int i = 0; i < n; i++) out[from + i] = x[at[i]];
  }

  private static void take(long[] x, int[] at, long[] out, int from, int n) {
    for (int i = 0; i < n; i++) out[from + i] = x[at[i]];
  }

  private static void take(int[] x, int[] at, int[] out, int from, int n) {
    for (int i = 0; i < n; i++) out[from + i] = x[at[i]];
  }

  private static void take(byte[] x, int[] at, byte[] out, int from, int n) {
    for (int i = 0; i < n; i++) out[from + i] = x[at[i]];
  }

  private static void put(float[] to, int[] at, int n, float[] from, int p, int step) {
    for (int i = 0; i < n; i++) to[at[i]] = from[p + i * step];
  }

  private static void put(double[] to, int[] at, int n, double[] from, int p, int step) {
    for (int i = 0; i < n; i++) to[at[i]] = from[p + i * step];
  }

  private static void put(long[] to, int[] at, int n, long[] from, int p, int step) {
    for (int i = 0; i < n; i++) to[at[i]] = from[p + i * step];
  }

  private static void put(int[] to, int[] at, int n, int[] from, int p, int step) {
    for (int i = 0; i < n; i++) to[at[i]] = from[p + i * step];
  }

  private static void put(byte[] to, int[] at, int n, byte[] from, int p, int step) {
    for (int i = 0; i < n; i++) to[at[i]] = from[p + i * step];
  }

  private static void add(float[] to, int[] at, int n, float[] from, int p, int step) {
    for (int i = 0; i < n; i++) to[at[i]] += from[p + i * step];
  }

  private static void add(double[] to, int[] at, int n, double[] from, int p, int step) {
    for (int i = 0; i < n; i++) to[at[i]] += from[p + i * step];
  }

  private static void combine(Combine how, float[] to, int[] at, int n, float[] from, int p, int step) {
    for (int i = 0; i < n; i++) to[at[i]] = (float) join(how, to[at[i]], from[p + i * step]);
  }

  private static void combine(Combine how, double[] to, int[] at, int n, double[] from, int p, int step) {
    for (int i = 0; i < n; i++) to[at[i]] = join(how, to[at[i]], from[p + i * step]);
  }

  private static void combine(Combine how, long[] to, int[] at, int n, long[] from, int p, int step) {
    for (int i = 0; i < n; i++) to[at[i]] = join(how, to[at[i]], from[p + i * step]);
  }

  private static void combine(Combine how, int[] to, int[] at, int n, int[] from, int p, int step) {
    for (int i = 0; i < n; i++) to[at[i]] = (int) join(how, to[at[i]], from[p + i * step]);
  }

  /** Bytes up to {@code limit}: 255, where sums and products wrap, or 1, where the sum stays. */
  private static void combine(Combine how, byte[] to, int[] at, int n, byte[] from, int p, int step, int limit) {
    for (int i = 0; i < n; i++) {
      long joined = join(how, to[at[i]] & 0xff, from[p + i * step] & 0xff);
      to[at[i]] = (byte) (limit == 1 ? Math.min(1, joined) : joined);
    }
  }

  /** In double also for floats: sums and products of two floats, rounded once more, are those in float. */
  private static double join(Combine how, double a, double b) {
    return switch (how) {
      case SUM -> a + b;
      case PROD -> a * b;
      case MIN -> Math.min(a, b);
      case MAX -> Math.max(a, b);
    };
  }

  private static long join(Combine how, long a, long b) {
    return switch (how) {
      case SUM -> a + b;
      case PROD -> a * b;
      case MIN -> Math.min(a, b);
      case MAX -> Math.max(a, b);
    };
  }
}
