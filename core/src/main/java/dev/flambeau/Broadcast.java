package dev.flambeau;

import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;

/** Arrays seen in a larger shape: new and single-element dimensions repeat, with stride 0. */
final class Broadcast {
  private Broadcast() {}

  static NdArray to(String operation, NdArray x, Shape shape) {
    if (x.shape().equals(shape)) return x;
    if (!x.shape().broadcastsTo(shape)) {
      throw Errors.argument(operation, "a tensor of shape " + x.shape() + " does not broadcast to " + shape
          + "; aligned at the last dimension, its sizes must be equal or 1");
    }
    int lead = shape.rank() - x.rank();
    int[] strides = new int[shape.rank()];
    for (int d = lead; d < strides.length; d++) strides[d] = x.shape().size(d - lead) == 1 ? 0 : x.stride(d - lead);
    return x.view(shape, strides, x.offset());
  }
}
