package dev.flambeau.kernel;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * The order in which a loop visits arrays of one broadcast shape: as few dimensions as their strides allow, the last one inside, the last but one as
 * rows, and the others around them.
 *
 * <p>Operand 0 is the result. An operand that lacks a dimension, or has it in size 1, has stride 0 there.
 */
final class Walk {
  private static final int SHORT_ROW = 8;
  private static final int TILE = 16;

  final int operands;
  final int[] start;
  /** Sizes of the dimensions, outermost first. */
  int[] sizes;
  /** {@code strides[d][k]}: the step of operand {@code k} along dimension {@code d}. */
  int[][] strides;
  int rank;
  private final boolean resultIsInput;
  /** Whether the elements of a row must come one after the other. */
  private boolean inOrder;

  private Walk(Shape shape, NdArray out, NdArray[] in) {
    operands = in.length + 1;
    resultIsInput = false;
    start = new int[operands];
    sizes = new int[shape.rank()];
    strides = new int[shape.rank()][];
    start[0] = out.offset();
    for (int k = 0; k < in.length; k++) start[k + 1] = in[k].offset();
    for (int d = 0; d < shape.rank(); d++) {
      if (shape.size(d) == 1) continue;
      int[] steps = new int[operands];
      for (int k = 0; k < operands; k++) steps[k] = stride(k == 0 ? out : in[k - 1], d - shape.rank());
      sizes[rank] = shape.size(d);
      strides[rank++] = steps;
    }
  }

  /** The step along the dimension that is {@code -fromEnd}th from the last. */
  private static int stride(NdArray x, int fromEnd) {
    int d = x.rank() + fromEnd;
    return d < 0 || x.shape().size(d) == 1 ? 0 : x.stride(d);
  }

  /** The order for {@code out} of the shape {@code shape}, along memory. */
  static Walk over(Shape shape, NdArray out, NdArray... in) {
    Walk walk = new Walk(shape, out, in);
    walk.sort(0);
    walk.coalesce();
    walk.chooseInner();
    return walk;
  }

  /** The order for a reduction: along the memory of the first input. A dimension that {@code out} lacks is not mixed with one that it has. */
  static Walk reducing(Shape shape, NdArray out, NdArray... in) {
    Walk walk = new Walk(shape, out, in);
    walk.inOrder = true;
    walk.sort(1);
    walk.coalesce();
    return walk;
  }

  /** The order for what runs along dimension {@code dim}, which has more than one element. */
  static Walk along(int dim, NdArray out, NdArray... in) {
    Walk walk = new Walk(out.shape(), out, in);
    walk.inOrder = true;
    int inner = 0;
    for (int d = 0; d < dim; d++) if (out.shape().size(d) != 1) inner++;
    walk.arrange(_ -> false, inner);
    return walk;
  }

  /** Sorts the dimensions by the step of operand {@code k}, and where that is equal of the others, largest first. */
  private void sort(int k) {
    for (int i = 1; i < rank; i++) {
      for (int j = i; j > 0 && isInside(j - 1, j, k); j--) swap(j - 1, j);
    }
  }

  /** Whether dimension {@code p} should be inside of dimension {@code q}. */
  private boolean isInside(int p, int q, int first) {
    for (int i = 0; i < operands; i++) {
      int k = (first + i) % operands;
      int a = Math.abs(strides[p][k]);
      int b = Math.abs(strides[q][k]);
      if (a == 0 || b == 0 || a == b) continue;
      return a < b;
    }
    return false;
  }

  private void swap(int p, int q) {
    int size = sizes[p];
    sizes[p] = sizes[q];
    sizes[q] = size;
    int[] steps = strides[p];
    strides[p] = strides[q];
    strides[q] = steps;
  }

  /** Joins neighbours that all operands pass without a jump. */
  private void coalesce() {
    int kept = 0;
    for (int d = 0; d < rank; d++) {
      if (kept > 0 && joins(kept - 1, d)) {
        sizes[kept - 1] *= sizes[d];
        strides[kept - 1] = strides[d];
      } else {
        sizes[kept] = sizes[d];
        strides[kept++] = strides[d];
      }
    }
    rank = kept;
  }

  private boolean joins(int outer, int inner) {
    for (int k = 0; k < operands; k++) if (strides[outer][k] != (long) strides[inner][k] * sizes[inner]) return false;
    return true;
  }

  /** A short last dimension would cost more around it than in it. */
  private void chooseInner() {
    if (rank < 2 || sizes[rank - 1] >= SHORT_ROW) return;
    int longest = rank - 1;
    for (int d = 0; d < rank; d++) if (sizes[d] > 4 * sizes[longest]) longest = d;
    if (longest != rank - 1) swap(longest, rank - 1);
  }

  int innerSize() { return rank == 0 ? 1 : sizes[rank - 1]; }

  private static final int[] NO_STEPS = new int[LoopKey.MAX_INPUTS + 1];

  int[] innerSteps() { return rank == 0 ? NO_STEPS : strides[rank - 1]; }

  /** Number of rows: the product of all sizes but the last. */
  int rowCount() {
    int count = 1;
    for (int d = 0; d < rank - 1; d++) count *= sizes[d];
    return count;
  }

  /** The inner layout of operand {@code k}. */
  int layout(int k) {
    int step = innerSteps()[k];
    return step == 1 ? LoopKey.DENSE : step == 0 && k > 0 ? LoopKey.SINGLE : LoopKey.STRIDED;
  }

  /** Whether operand {@code k} is always at the same index as the result. */
  boolean isAlignedWithResult(int k) {
    if (start[k] != start[0]) return false;
    for (int d = 0; d < rank; d++) if (strides[d][k] != strides[d][0]) return false;
    return true;
  }

  /**
   * Orders the dimensions: kept ones, then reduced ones, then dimension {@code inner}.
   *
   * @return how many kept ones come first
   */
  @CanIgnoreReturnValue
  int arrange(IntPredicate isReduced, int inner) {
    int[] order = new int[rank];
    int at = 0;
    for (int d = 0; d < rank; d++) if (d != inner && !isReduced.test(d)) order[at++] = d;
    int kept = at;
    for (int d = 0; d < rank; d++) if (d != inner && isReduced.test(d)) order[at++] = d;
    order[at] = inner;
    int[] oldSizes = sizes.clone();
    int[][] oldStrides = strides.clone();
    for (int d = 0; d < rank; d++) {
      sizes[d] = oldSizes[order[d]];
      strides[d] = oldStrides[order[d]];
    }
    return kept;
  }

  /** The product of the sizes of dimensions {@code [from, to)}. */
  int count(int from, int to) {
    int count = 1;
    for (int d = from; d < to; d++) count *= sizes[d];
    return count;
  }

  /** The result's steps. */
  int[] resultSteps() {
    int[] steps = new int[rank];
    for (int d = 0; d < rank; d++) steps[d] = strides[d][0];
    return steps;
  }

  /** Gives the result, from now on another array, steps of its own. */
  void redirectResult(int[] steps) {
    start[0] = 0;
    for (int d = 0; d < rank; d++) strides[d][0] = steps[d];
  }

  /** This walk with the result as one more input. */
  Walk withResultAsInput() { return new Walk(this); }

  private Walk(Walk walk) {
    operands = walk.operands + 1;
    resultIsInput = true;
    rank = walk.rank;
    sizes = walk.sizes;
    start = Arrays.copyOf(walk.start, operands);
    start[operands - 1] = start[0];
    strides = new int[rank][];
    for (int d = 0; d < rank; d++) {
      strides[d] = Arrays.copyOf(walk.strides[d], operands);
      strides[d][operands - 1] = strides[d][0];
    }
  }

  /**
   * Runs {@code loop} over rows {@code [from, to)} and, of each, elements {@code [first, first + n)}.
   *
   * @param shift how much further on the result is
   */
  void run(Loop loop, NdArray out, NdArray[] in, int from, int to, int first, int n, int shift) {
    int[] inner = innerSteps();
    int perBatch = rank >= 2 ? sizes[rank - 2] : 1;
    int[] outer = rank >= 2 ? strides[rank - 2] : NO_STEPS;
    int tile = !inOrder && perBatch >= TILE && n >= 2 * TILE && crosses(inner) ? TILE : n;
    int[] position = new int[operands];
    for (int row = from; row < to;) {
      int batch = Math.min(perBatch - row % perBatch, to - row);
      for (int i = 0; i < n; i += tile) {
        locate(row, first + i, position);
        position[0] += shift;
        if (resultIsInput) position[operands - 1] += shift;
        loop.rows(out, in, position, inner, outer, batch, Math.min(tile, n - i));
      }
      row += batch;
    }
  }

  /** Whether operand {@code k} lies across the rows. */
  boolean isAcross(int k) {
    return rank >= 2 && Math.abs(strides[rank - 2][k]) < Math.abs(strides[rank - 1][k]) && strides[rank - 2][k] != 0;
  }

  /** Whether one operand lies along rows and another across: then a tile at a time stays in the cache. */
  private boolean crosses(int[] inner) {
    for (int k = 0; k < operands; k++) if (Math.abs(inner[k]) > TILE && isAcross(k)) return true;
    return false;
  }

  /** Fills in where element {@code i} of row {@code row} is. */
  void locate(int row, int i, int[] position) {
    int[] inner = innerSteps();
    for (int k = 0; k < operands; k++) position[k] = start[k] + i * inner[k];
    for (int d = rank - 2; d >= 0; d--) {
      int at = row % sizes[d];
      row /= sizes[d];
      for (int k = 0; k < operands; k++) position[k] += at * strides[d][k];
    }
  }
}
