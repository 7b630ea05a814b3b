package dev.flambeau;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.kernel.Formula;
import dev.flambeau.kernel.Loops;
import dev.flambeau.kernel.Reducer;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a reduction runs over.
 *
 * @param dims the dimensions, ascending; of no meaning if {@code whole}
 * @param keepDim whether these stay, with size 1
 * @param whole whether it was asked for without dimensions: over all
 */
record Over(Ints dims, boolean keepDim, boolean whole) {
  /** All dimensions. */
  static final Over ALL = new Over(Ints.NONE, false, true);

  static Over dims(String operation, int[] dims, boolean keepDim, Tensor x) {
    if (dims.length == 0 && !keepDim) return ALL;
    return new Over(Dims.wrapAll(operation, dims, x.dim()), keepDim, dims.length == 0);
  }

  static Over dim(String operation, int dim, boolean keepDim, Tensor x) {
    int d = Dims.wrap(operation, dim, x.dim());
    return new Over(x.dim() == 0 ? Ints.NONE : Ints.of(d), keepDim, false);
  }

  /** The same, with the dimensions kept where that matters for broadcasting back. */
  Over keeping() { return whole || keepDim ? this : new Over(dims, true, false); }

  /** PyTorch's overload: 0 over all, 1 over dimensions. */
  int overload() { return whole ? 0 : 1; }

  boolean[] mask(int rank) {
    boolean[] mask = new boolean[rank];
    if (whole) Arrays.fill(mask, true);
    else for (int k = 0; k < dims.size(); k++) mask[dims.at(k)] = true;
    return mask;
  }

  /** The shape of {@code x} with size 1 where it is reduced. */
  Shape kept(Shape x) {
    boolean[] mask = mask(x.rank());
    int[] sizes = x.sizes();
    for (int d = 0; d < sizes.length; d++) if (mask[d]) sizes[d] = 1;
    return Shape.of(sizes);
  }

  /** The shape of the result. */
  Shape result(Shape x) {
    if (whole && !keepDim) return Shape.SCALAR;
    Shape kept = kept(x);
    if (!keepDim) for (int k = dims.size() - 1; k >= 0; k--) kept = kept.without(dims.at(k));
    return kept;
  }

  /** Number of elements of {@code x} that become one. */
  int count(Shape x) {
    if (whole) return x.numel();
    int count = 1;
    for (int k = 0; k < dims.size(); k++) count *= x.size(dims.at(k));
    return count;
  }

  /** A matrix without gaps that has these dimensions of {@code x} as its rows. */
  NdArray rows(NdArray x) {
    int n = count(x.shape());
    return Layout.contiguous(new Views.Permute(Ints.of(order(x.rank()))).of(x))
        .reshaped(Shape.of(n == 0 ? 0 : x.numel() / n, n));
  }

  /** A row-major array of the shape {@code x} from its {@link #rows}. */
  NdArray unrolled(NdArray rows, Shape x) {
    int[] order = order(x.rank());
    int[] sizes = new int[order.length];
    int[] back = new int[order.length];
    for (int d = 0; d < order.length; d++) {
      sizes[d] = x.size(order[d]);
      back[order[d]] = d;
    }
    return Layout.contiguous(new Views.Permute(Ints.of(back)).of(rows.reshaped(Shape.of(sizes))));
  }

  /** The dimensions, these last. */
  private int[] order(int rank) {
    boolean[] mask = mask(rank);
    return IntStream
        .concat(IntStream.range(0, rank).filter(d -> !mask[d]), IntStream.range(0, rank).filter(d -> mask[d]))
        .toArray();
  }

  /** {@code pre(x…)} combined over these dimensions, which stay with size 1; all of {@code x} have the shape of the first or broadcast to it. */
  NdArray reduceKept(Reducer r, Formula pre, ElementType compute, ElementType type, NdArray... x) {
    NdArray out = NdArray.unwritten(type, kept(x[0].shape()));
    Loops.reduce(r, pre, compute, out, mask(x[0].rank()), x);
    return out;
  }

  /** {@code pre(x)} combined over these dimensions. */
  NdArray reduce(Reducer r, Formula pre, ElementType compute, ElementType type, NdArray x) {
    return reduceKept(r, pre, compute, type, x).reshaped(result(x.shape()));
  }

  /** A result {@code y} of reducing the shape {@code x}, so that it broadcasts to that: with the reduced dimensions again, of size 1. */
  Tensor kept(Tensor y, Shape x) { return whole || keepDim || dims.size() == 0 ? y : Views.reshape(y, kept(x)); }

  /** The gradient {@code g} of a result, repeated over the shape {@code x} that was reduced. */
  Tensor spread(Tensor g, Shape x) { return Op.apply(new Views.Expand(x), kept(g, x)); }
}
