package dev.flambeau.kernel;

import dev.flambeau.array.NdArray;

/** A compiled loop: one formula, one combination of element types and inner layouts. Operand 0 is the result, the others are the inputs. */
abstract class Loop {
  /** Over {@code n} elements from {@code start} of arrays without gaps; inputs of one element are repeated. */
  void dense(NdArray out, NdArray[] in, int start, int n) {
    throw new UnsupportedOperationException("this loop runs over rows");
  }

  /**
   * Over {@code rows} rows of {@code n > 0} elements each.
   *
   * @param position where each operand starts in its Java array
   * @param inner each operand's step from one element to the next
   * @param outer each operand's step from one row to the next
   */
  abstract void rows(NdArray out, NdArray[] in, int[] position, int[] inner, int[] outer, int rows, int n);
}
