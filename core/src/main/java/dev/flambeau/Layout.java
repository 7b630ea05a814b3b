package dev.flambeau;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.kernel.Loops;

/** Copies in a chosen layout. */
final class Layout {
  private Layout() {}

  /** A row-major copy. */
  static NdArray copy(NdArray x) {
    NdArray y = NdArray.unwritten(x.type(), x.shape());
    Loops.copy(y, x);
    return y;
  }

  /** The array itself if it is row-major, else a row-major copy. */
  static NdArray contiguous(NdArray x) { return x.isContiguous() ? x : copy(x); }

  /** A copy with the strides of {@code like} if these leave no gaps, else row-major. */
  static NdArray copyLike(NdArray x, NdArray like) {
    NdArray y = allocateLike(x.type(), x.shape(), like);
    Loops.copy(y, x);
    return y;
  }

  /** A new array with the strides of {@code like} if these leave no gaps, else row-major. */
  static NdArray allocateLike(ElementType type, Shape shape, NdArray like) {
    NdArray y = NdArray.unwritten(type, shape);
    return like.isContiguous() || !like.isDense() ? y : y.view(shape, like.strides(), 0);
  }

  /** A row-major copy in another element type. */
  static NdArray cast(NdArray x, ElementType type) {
    NdArray y = NdArray.unwritten(type, x.shape());
    Loops.copy(y, x);
    return y;
  }
}
