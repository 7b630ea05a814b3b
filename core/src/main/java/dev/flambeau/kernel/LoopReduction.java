package dev.flambeau.kernel;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import java.util.Arrays;

/**
 * One reduction. It is cut into blocks whose bounds depend on the shape alone; each block gives a partial result, and the partial results are reduced in
 * the same way. So rounding errors grow as slowly as in a sum by pairs, and threads change nothing.
 */
final class LoopReduction {
  /** Elements of a row that one call combines: few, as it adds them one after the other. */
  private static final int BLOCK = 512;
  /** The same where it has {@link LoopKey#LANES} accumulators. */
  private static final int LANE_BLOCK = 16_384;
  /** The shortest row for that. */
  private static final int LANE_ROW = 128;
  /** Rows that are added to one row of accumulators. */
  private static final int ROW_BLOCK = 256;
  private static final int COLUMN_BLOCK = 4096;
  private static final int NARROW = 16;

  private final Reducer reducer;
  private final Formula pre;
  private final ElementType compute;
  private final NdArray out;
  private final NdArray[] in;
  private final Walk walk;

  private LoopReduction(Reducer reducer, Formula pre, ElementType compute, NdArray out, NdArray[] in, Walk walk) {
    this.reducer = reducer;
    this.pre = pre;
    this.compute = compute;
    this.out = out;
    this.in = in;
    this.walk = walk;
  }

  static void run(Reducer reducer, Formula pre, ElementType compute, NdArray out, boolean[] reduced, NdArray... in) {
    Shape shape = broadcast(reduced.length, in);
    if (out.numel() == 0) return;
    if (shape.numel() == 0) {
      Loops.fill(out, reducer.identity());
      return;
    }
    if (out.numel() == 1 && whole(reducer, pre, compute, out, shape.numel(), in)) return;
    var reduction = new LoopReduction(reducer, pre, compute, out, in, Walk.reducing(shape, out, in));
    reduction.run();
  }

  private static Shape broadcast(int rank, NdArray... in) {
    Shape shape = in[0].shape();
    for (int i = 1; i < in.length && shape != null; i++) shape = Shape.broadcast(shape, in[i].shape());
    if (shape == null || shape.rank() != rank) {
      throw new IllegalArgumentException(
          "a reduction's inputs broadcast to " + rank + " dimensions, but they are " + Arrays.toString(in));
    }
    return shape;
  }

  /** The whole of elements without gaps: of a few, or by a formula that is too long for a reduction in lanes. */
  private static boolean whole(Reducer reducer, Formula pre, ElementType compute, NdArray out, int n, NdArray[] in) {
    int[] position = new int[in.length + 1];
    int[] steps = new int[in.length + 1];
    position[0] = out.offset();
    long inputs = 0;
    for (int i = 0; i < in.length; i++) {
      NdArray x = in[i];
      boolean dense = x.isContiguous() && x.numel() == n;
      if (!dense && !x.repeatsOneElement()) return false;
      position[i + 1] = x.offset();
      steps[i + 1] = dense ? 1 : 0;
      inputs |= LoopKey.input(i, x.type(), dense ? LoopKey.DENSE : LoopKey.SINGLE);
    }
    long key = LoopKey.of(compute, LoopKey.reduce(reducer), out.type()) | LoopKey.outLayout(LoopKey.SINGLE) | inputs;
    if (n > BLOCK && !pre.isTooLongForLanes(key)) return false;
    if (n <= BLOCK) pre.loop(key, n, n).rows(out, in, position, steps, steps, 1, n);
    else inTwoSteps(reducer, pre, out, n, in, position, steps, inputs);
    return true;
  }

  /** Computes a block of floats, which stays in the cache, and then reduces it. */
  private static void inTwoSteps(Reducer reducer, Formula pre, NdArray out, int n, NdArray[] in, int[] position,
      int[] steps, long inputs) {
    ElementType type = ElementType.FLOAT32;
    steps[0] = 1;
    Loop map = pre.loop(LoopKey.of(type, LoopKey.MAP, type) | LoopKey.outLayout(LoopKey.DENSE) | inputs, n, n);
    long key = LoopKey.of(type, LoopKey.reduce(reducer), type) | LoopKey.input(0, type, LoopKey.DENSE);
    Loop reduce = Loops.IDENTITY.loop(LoopKey.withLanes(key), n, n);
    NdArray partial = NdArray.unwritten(type, Shape.of((n + LANE_BLOCK - 1) / LANE_BLOCK));
    Parallel.forRange(partial.numel(), 1, (from, to) -> {
      float[] scratch = Workspace.takeFloats(LANE_BLOCK);
      NdArray block = NdArray.of(scratch, type, Shape.of(scratch.length));
      for (int task = from; task < to; task++) {
        int first = task * LANE_BLOCK;
        int count = Math.min(LANE_BLOCK, n - first);
        int[] at = position.clone();
        at[0] = 0;
        for (int i = 1; i < at.length; i++) at[i] += first * steps[i];
        map.rows(block, in, at, steps, steps, 1, count);
        reduce.rows(partial, new NdArray[] {block}, new int[] {task, 0}, new int[] {0, 1}, new int[2], 1, count);
      }
      Workspace.give(scratch);
    });
    run(reducer, Loops.IDENTITY, type, out.view(Shape.of(1), new int[] {1}, out.offset()), new boolean[] {true},
        partial);
  }

  private void run() {
    int longest = -1;
    for (int d = 0; d < walk.rank; d++) {
      if (isReduced(d) && (longest < 0 || walk.sizes[d] >= walk.sizes[longest])) longest = d;
    }
    if (longest < 0) {
      Loops.map(pre, compute, out, in);
      return;
    }
    int last = walk.rank - 1;
    if (isReduced(last)) byRows(last);
    else if (walk.sizes[last] < NARROW) byRows(longest);
    else byColumns();
  }

  private boolean isReduced(int d) { return walk.strides[d][0] == 0; }

  /** Combines along dimension {@code along}, row by row. */
  private void byRows(int along) {
    int kept = walk.arrange(this::isReduced, along);
    int n = walk.innerSize();
    long key = LoopKey.of(compute, LoopKey.reduce(reducer), out.type());
    for (int i = 0; i < in.length; i++) key |= LoopKey.input(i, in[i].type(), walk.layout(i + 1));
    boolean lanes = n >= LANE_ROW && pre.hasLanes(key);
    int block = lanes ? LANE_BLOCK : BLOCK;
    int blocks = (n + block - 1) / block;
    int rows = walk.rowCount();
    int keptRows = walk.count(0, kept);
    int partials = rows / keptRows * blocks;
    int[] outSteps = walk.resultSteps();
    NdArray target = partials == 1 ? out : NdArray.unwritten(compute, Shape.of(keptRows, partials));
    if (partials > 1) {
      int[] steps = new int[walk.rank];
      for (int d = 0; d < walk.rank - 1; d++) steps[d] = blocks * walk.count(d + 1, walk.rank - 1);
      walk.redirectResult(steps);
      key = LoopKey.withOutType(key, compute);
    }
    Loop loop = pre.loop(lanes ? LoopKey.withLanes(key) : key, n, rows * n);
    Parallel.forRange(rows * blocks, Math.max(1, Loops.GRAIN / Math.min(n, block)), (from, to) -> {
      if (blocks == 1) walk.run(loop, target, in, from, to, 0, n, 0);
      for (int task = from; blocks > 1 && task < to; task++) {
        int row = task / blocks;
        int first = task % blocks * block;
        walk.run(loop, target, in, row, row + 1, first, Math.min(block, n - first), task % blocks);
      }
    });
    if (partials > 1) combine(target, outSteps, kept, partials, 1);
  }

  /** Adds whole rows to rows of accumulators: the last dimension is kept. */
  private void byColumns() {
    int kept = walk.arrange(this::isReduced, walk.rank - 1);
    int columns = walk.innerSize();
    int keptRows = walk.count(0, kept);
    int rows = walk.rowCount() / keptRows;
    int rowBlock = Math.clamp(2 * Loops.GRAIN / columns, NARROW, ROW_BLOCK);
    int rowBlocks = (rows + rowBlock - 1) / rowBlock;
    int columnBlocks = (columns + COLUMN_BLOCK - 1) / COLUMN_BLOCK;
    boolean direct = rowBlocks == 1 && out.type() == compute;
    NdArray target = direct ? out : NdArray.unwritten(compute, Shape.of(keptRows, rowBlocks, columns));
    Loops.fill(target, compute == ElementType.BOOL && reducer == Reducer.MAX ? 0 : reducer.identity());
    int[] outSteps = walk.resultSteps();
    if (!direct) {
      int[] steps = new int[walk.rank];
      for (int d = 0; d < kept; d++) steps[d] = rowBlocks * columns * walk.count(d + 1, kept);
      steps[walk.rank - 1] = 1;
      walk.redirectResult(steps);
    }
    Walk accumulating = walk.withResultAsInput();
    NdArray[] operands = Arrays.copyOf(in, in.length + 1);
    operands[in.length] = target;
    long key = LoopKey.of(compute, LoopKey.MAP, compute) | LoopKey.outLayout(accumulating.layout(0));
    for (int i = 0; i <= in.length; i++) key |= LoopKey.input(i, operands[i].type(), accumulating.layout(i + 1));
    Loop loop = pre.accumulator(reducer).loop(key, columns, rows * columns);
    int tasks = keptRows * rowBlocks * columnBlocks;
    int work = Math.min(rows, rowBlock) * Math.min(columns, COLUMN_BLOCK);
    Parallel.forRange(tasks, Math.max(1, Loops.GRAIN / work), (from, to) -> {
      for (int task = from; task < to; task++) {
        int first = task % columnBlocks * COLUMN_BLOCK;
        int block = task / columnBlocks % rowBlocks;
        int row = task / columnBlocks / rowBlocks * rows;
        int count = Math.min(rowBlock, rows - block * rowBlock);
        row += block * rowBlock;
        accumulating.run(loop, target, operands, row, row + count, first, Math.min(COLUMN_BLOCK, columns - first),
            block * columns);
      }
    });
    if (!direct) combine(target, outSteps, kept, rowBlocks, columns);
  }

  /** Reduces partial results, of the shape [kept dimensions …, {@code partials}, {@code columns} if there are any], to the result. */
  private void combine(NdArray partial, int[] outSteps, int kept, int partials, int columns) {
    int rank = kept + (columns > 1 ? 2 : 1);
    int[] sizes = Arrays.copyOf(walk.sizes, rank);
    int[] steps = Arrays.copyOf(outSteps, rank);
    boolean[] reduced = new boolean[rank];
    sizes[kept] = partials;
    steps[kept] = 0;
    reduced[kept] = true;
    if (columns > 1) {
      sizes[kept + 1] = columns;
      steps[kept + 1] = outSteps[walk.rank - 1];
    }
    NdArray target = out.view(Shape.of(sizes).with(kept, 1), steps, out.offset());
    run(reducer, Loops.IDENTITY, compute, target, reduced, partial.reshaped(Shape.of(sizes)));
  }
}
