package dev.flambeau.kernel;

import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;

/**
 * An array seen as many one-dimensional lanes along one of its dimensions.
 *
 * @param starts position of each lane's first element, in row-major order of the other dimensions
 * @param stride step from one element of a lane to the next
 * @param size number of elements in each lane
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; made and read within one kernel
record Lanes(int[] starts, int stride, int size) {

  /** The lanes of {@code x} along {@code dim}; a single number is one lane of one element. */
  static Lanes of(NdArray x, int dim) {
    NdArray y = atLeast1d(x);
    int[] strides = new int[y.rank() - 1];
    for (int d = 0; d < strides.length; d++) strides[d] = y.stride(d < dim ? d : d + 1);
    int[] starts = Elements.positions(y.offset(), y.shape().without(dim), strides);
    return new Lanes(starts, y.stride(dim), y.shape().size(dim));
  }

  /** {@code x}, with a dimension of size 1 if it has none. */
  static NdArray atLeast1d(NdArray x) {
    return x.rank() > 0 ? x : x.view(Shape.of(1), new int[] {1}, x.offset());
  }

  /** Number of lanes. */
  int count() { return starts.length; }
}
