package dev.flambeau.kernel;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.scalar.Scalar;

/**
 * Loops over arrays, compiled from formulas: element by element, reductions, cumulative reductions, copies.
 *
 * <p>Results depend on the operands alone: not on the number of threads, nor on the width of vectors.
 */
public final class Loops {
  /** Shortest stretch of elements worth a thread. */
  static final int GRAIN = 16_384;

  static final Formula IDENTITY = Formula.of(Scalar.arg(0), 1);

  private Loops() {}

  /**
   * {@code out[i] = f(in[0][i], in[1][i], …)}.
   *
   * <p>The inputs broadcast to the shape of {@code out}. Each is read in its own type and converted to {@code compute}; the result is converted to the
   * type of {@code out}: real numbers are truncated to integers, integers wrap, and truth is what is not 0. {@code out} may be an input, if it is that
   * very view.
   *
   * @throws IllegalArgumentException if {@code f} has another number of arguments, or a function that does not exist on {@code compute}
   */
  public static void map(Formula f, ElementType compute, NdArray out, NdArray... in) {
    if (in.length != f.arity())
      throw new IllegalArgumentException("the formula " + f + " needs " + f.arity() + " inputs, not " + in.length);
    int n = out.numel();
    if (n == 0) return;
    long key = LoopKey.of(compute, LoopKey.MAP, out.type());
    boolean dense = out.isContiguous();
    boolean aligned = true;
    for (int i = 0; i < in.length && dense; i++) {
      NdArray x = in[i];
      if (x.numel() == n && x.isContiguous()) {
        aligned &= x.offset() == out.offset();
        key |= LoopKey.input(i, x.type(), LoopKey.DENSE);
      } else if (x.repeatsOneElement()) {
        key |= LoopKey.input(i, x.type(), LoopKey.SINGLE);
      } else {
        dense = false;
      }
    }
    if (!dense) {
      mapStrided(f, compute, out, in);
      return;
    }
    Loop loop = f.loop(key | LoopKey.outLayout(aligned ? LoopKey.ALIGNED : LoopKey.DENSE), n, n);
    if (n < 2 * GRAIN) loop.dense(out, in, 0, n);
    else Parallel.forRange(n, GRAIN, (from, to) -> loop.dense(out, in, from, to - from));
  }

  private static void mapStrided(Formula f, ElementType compute, NdArray out, NdArray[] in) {
    Walk walk = Walk.over(out.shape(), out, in);
    long key = LoopKey.of(compute, LoopKey.MAP, out.type());
    boolean aligned = walk.layout(0) == LoopKey.DENSE;
    for (int i = 0; i < in.length; i++) {
      int layout = walk.layout(i + 1);
      key |= LoopKey.input(i, in[i].type(), layout);
      aligned &= layout == LoopKey.SINGLE || layout == LoopKey.DENSE && walk.isAlignedWithResult(i + 1);
    }
    run(f.loop(key | LoopKey.outLayout(aligned ? LoopKey.ALIGNED : walk.layout(0)), walk.innerSize(), out.numel()),
        walk, out, in);
  }

  /** Runs over rows, or over parts of each row if they are long. */
  private static void run(Loop loop, Walk walk, NdArray out, NdArray... in) {
    int n = walk.innerSize();
    int rows = walk.rowCount();
    if (out.numel() < 2 * GRAIN) {
      walk.run(loop, out, in, 0, rows, 0, n, 0);
    } else if (n < 2 * GRAIN) {
      Parallel.forRange(rows, Math.max(1, GRAIN / n), (from, to) -> walk.run(loop, out, in, from, to, 0, n, 0));
    } else {
      for (int row = 0; row < rows; row++) {
        int r = row;
        Parallel.forRange(n, GRAIN, (from, to) -> walk.run(loop, out, in, r, r + 1, from, to - from, 0));
      }
    }
  }

  /**
   * Combines {@code pre(in[0][…], …)} over the dimensions {@code d} with {@code reduced[d]}.
   *
   * <p>The inputs broadcast to one shape, with as many dimensions as {@code reduced} has. In {@code out} the reduced ones have size 1. Without elements
   * the result is the reducer's neutral value. Values are computed and combined in {@code compute}.
   *
   * @throws IllegalArgumentException if ranks or the number of inputs do not fit
   */
  public static void reduce(Reducer r, Formula pre, ElementType compute, NdArray out, boolean[] reduced,
      NdArray... in) {
    if (in.length != pre.arity())
      throw new IllegalArgumentException("the formula " + pre + " needs " + pre.arity() + " inputs, not " + in.length);
    LoopReduction.run(r, pre, compute, out, reduced, in);
  }

  /** Cumulative sums, products or extrema of {@code x} along dimension {@code dim}; in double precision or {@code long}, rounded when written. */
  public static void scan(Reducer r, NdArray out, NdArray x, int dim) {
    if (out.numel() == 0) return;
    ElementType compute = x.type().isFloating() ? ElementType.FLOAT64 : ElementType.INT64;
    if (x.rank() == 0 || x.shape().size(dim) == 1) {
      map(IDENTITY, compute, out, x);
      return;
    }
    Walk walk = Walk.along(dim, out, x);
    long key = LoopKey.of(compute, LoopKey.scan(r), out.type()) | LoopKey.outLayout(walk.layout(0))
        | LoopKey.input(0, x.type(), walk.layout(1));
    int n = walk.innerSize();
    Loop loop = IDENTITY.loop(key, n, out.numel());
    NdArray[] in = {x};
    Parallel.forRange(walk.rowCount(), Math.max(1, GRAIN / n),
        (from, to) -> walk.run(loop, out, in, from, to, 0, n, 0));
  }

  /** Copies {@code x}, which broadcasts to the shape of {@code out}, and converts its elements. */
  public static void copy(NdArray out, NdArray x) {
    if (out.numel() == 0) return;
    boolean plain = out.type() == x.type() && out.rank() > 0;
    Walk walk = plain ? Walk.over(out.shape(), out, x) : null;
    if (walk != null && LoopCopy.suits(walk, x.type())) run(LoopCopy.get(), walk, out, x);
    else map(IDENTITY, x.type(), out, x);
  }

  /** Sets all elements. */
  public static void fill(NdArray out, double value) { copy(out, NdArray.scalar(value)); }

  /** Sets all elements. */
  public static void fill(NdArray out, long value) { copy(out, NdArray.scalar(value)); }
}
