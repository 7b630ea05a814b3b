package dev.flambeau.kernel;

import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import java.util.Arrays;

/**
 * Moves elements from and to lists of positions in a Java array.
 *
 * <p>A position is where an element lies in the Java array, offset and strides included. Every kind of indexing
 * computes its positions first (see {@link Indexing}) and leaves the moving to this class. The writing methods go
 * through the list in order on one thread, so what happens at repeated positions is the same every time.
 */
public final class Elements {
  private static final int GRAIN = 1 << 15;

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
  static NdArray dense(NdArray x) { return x.isContiguous() ? x : take(x, positions(x), x.shape()); }

  /** A new row-major array of the elements of {@code x} at {@code positions}, as many as {@code shape} holds. */
  public static NdArray take(NdArray x, int[] positions, Shape shape) {
    NdArray out = NdArray.unwritten(x.type(), shape);
    Parallel.forRange(out.numel(), GRAIN, (from, to) -> {
      switch (x.type()) {
        case FLOAT32 -> take(x.floats(), positions, out.floats(), from, to);
        case FLOAT64 -> take(x.doubles(), positions, out.doubles(), from, to);
        case INT64 -> take(x.longs(), positions, out.longs(), from, to);
        case INT32 -> take(x.ints(), positions, out.ints(), from, to);
        case UINT8, BOOL -> take(x.bytes(), positions, out.bytes(), from, to);
      }
    });
    return out;
  }

  /**
   * Writes the elements of {@code src}, in row-major order, to {@code positions} in {@code out}'s Java array; at
   * repeated positions the last one stays. A single element is written to all positions.
   *
   * @throws IllegalArgumentException if {@code src} is of another type or has neither one element nor one per position
   */
  public static void put(NdArray out, int[] positions, NdArray src) {
    NdArray source = source(out, positions, src);
    int step = step(positions, src);
    switch (out.type()) {
      case FLOAT32 -> put(out.floats(), positions, source.floats(), source.offset(), step);
      case FLOAT64 -> put(out.doubles(), positions, source.doubles(), source.offset(), step);
      case INT64 -> put(out.longs(), positions, source.longs(), source.offset(), step);
      case INT32 -> put(out.ints(), positions, source.ints(), source.offset(), step);
      case UINT8, BOOL -> put(out.bytes(), positions, source.bytes(), source.offset(), step);
    }
  }

  /** Like {@link #put}, but adds to what is there: repeated positions add up, in order. */
  public static void add(NdArray out, int[] positions, NdArray src) { combine(Combine.SUM, out, positions, src); }

  /**
   * Like {@link #put}, but joins each element with what is there, so repeated positions join all of theirs, in order.
   *
   * @throws IllegalArgumentException if {@code src} is of another type or has neither one element nor one per position
   */
  public static void combine(Combine how, NdArray out, int[] positions, NdArray src) {
    NdArray source = source(out, positions, src);
    int step = step(positions, src);
    int p = source.offset();
    switch (out.type()) {
      case FLOAT32 -> combine(how, out.floats(), positions, source.floats(), p, step);
      case FLOAT64 -> combine(how, out.doubles(), positions, source.doubles(), p, step);
      case INT64 -> combine(how, out.longs(), positions, source.longs(), p, step);
      case INT32 -> combine(how, out.ints(), positions, source.ints(), p, step);
      case UINT8 -> combine(how, out.bytes(), positions, source.bytes(), p, step, 0xff);
      case BOOL -> combine(how, out.bytes(), positions, source.bytes(), p, step, 1);
    }
  }

  /** {@code src} in row-major order, and apart from {@code out}, so that no write changes what is still to be read. */
  private static NdArray source(NdArray out, int[] positions, NdArray src) {
    if (src.type() != out.type()) {
      throw new IllegalArgumentException("elements of type " + src.type() + " cannot be written to an array of type "
          + out.type() + "; cast them first");
    }
    if (src.numel() != positions.length && src.numel() != 1) {
      throw new IllegalArgumentException("expected one element or " + positions.length + ", one per position, got "
          + src.numel() + " of shape " + src.shape() + "; expand them first");
    }
    boolean shared = src.data().equals(out.data());
    return src.isContiguous() && !shared ? src : take(src, positions(src), src.shape());
  }

  private static int step(int[] positions, NdArray src) { return src.numel() == positions.length ? 1 : 0; }

  /** All sums of one element of each list, the last list running fastest. */
  static int[] sums(int[] outer, int[] middle, int[] inner) {
    int[] all = new int[outer.length * middle.length * inner.length];
    int n = 0;
    for (int o : outer) {
      for (int m : middle) {
        for (int i : inner) all[n++] = o + m + i;
      }
    }
    return all;
  }

  /** The positions that the dimensions {@code from ≤ d < to} alone lead to, counted from 0. */
  static int[] positions(Shape shape, int[] strides, int from, int to) {
    Shape part = Shape.of(Arrays.copyOfRange(shape.sizes(), from, to));
    return positions(0, part, Arrays.copyOfRange(strides, from, to));
  }

  private static void take(float[] x, int[] at, float[] out, int from, int to) {
    for (int i = from; i < to; i++) out[i] = x[at[i]];
  }

  private static void take(double[] x, int[] at, double[] out, int from, int to) {
    for (int i = from; i < to; i++) out[i] = x[at[i]];
  }

  private static void take(long[] x, int[] at, long[] out, int from, int to) {
    for (int i = from; i < to; i++) out[i] = x[at[i]];
  }

  private static void take(int[] x, int[] at, int[] out, int from, int to) {
    for (int i = from; i < to; i++) out[i] = x[at[i]];
  }

  private static void take(byte[] x, int[] at, byte[] out, int from, int to) {
    for (int i = from; i < to; i++) out[i] = x[at[i]];
  }

  private static void put(float[] to, int[] at, float[] from, int p, int step) {
    for (int i = 0; i < at.length; i++) to[at[i]] = from[p + i * step];
  }

  private static void put(double[] to, int[] at, double[] from, int p, int step) {
    for (int i = 0; i < at.length; i++) to[at[i]] = from[p + i * step];
  }

  private static void put(long[] to, int[] at, long[] from, int p, int step) {
    for (int i = 0; i < at.length; i++) to[at[i]] = from[p + i * step];
  }

  private static void put(int[] to, int[] at, int[] from, int p, int step) {
    for (int i = 0; i < at.length; i++) to[at[i]] = from[p + i * step];
  }

  private static void put(byte[] to, int[] at, byte[] from, int p, int step) {
    for (int i = 0; i < at.length; i++) to[at[i]] = from[p + i * step];
  }

  private static void combine(Combine how, float[] to, int[] at, float[] from, int p, int step) {
    for (int i = 0; i < at.length; i++) to[at[i]] = (float) join(how, to[at[i]], from[p + i * step]);
  }

  private static void combine(Combine how, double[] to, int[] at, double[] from, int p, int step) {
    for (int i = 0; i < at.length; i++) to[at[i]] = join(how, to[at[i]], from[p + i * step]);
  }

  private static void combine(Combine how, long[] to, int[] at, long[] from, int p, int step) {
    for (int i = 0; i < at.length; i++) to[at[i]] = join(how, to[at[i]], from[p + i * step]);
  }

  private static void combine(Combine how, int[] to, int[] at, int[] from, int p, int step) {
    for (int i = 0; i < at.length; i++) to[at[i]] = (int) join(how, to[at[i]], from[p + i * step]);
  }

  /** Bytes up to {@code limit}: 255, where sums and products wrap, or 1, where the sum stays. */
  private static void combine(Combine how, byte[] to, int[] at, byte[] from, int p, int step, int limit) {
    for (int i = 0; i < at.length; i++) {
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
