package dev.flambeau;

import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.golden.GoldenTensor;
import java.lang.reflect.Array;
import java.util.Locale;

/** Recorded tensors as tensors, in the layout in which they were recorded. */
public final class GoldenTensors {
  private GoldenTensors() {}

  /** A leaf with the recorded values, layout and wish for gradients. */
  public static Tensor of(GoldenTensor x) {
    Object storage = x.storage();
    NdArray flat = NdArray.of(storage, dtype(x).element(), Shape.of(Array.getLength(storage)));
    return Tensor.of(flat.view(Shape.of(x.shape()), x.strides(), 0)).requiresGrad_(x.requiresGrad());
  }

  /** The recorded dtype. */
  public static DType dtype(GoldenTensor x) { return DType.valueOf(x.dtype().toUpperCase(Locale.ROOT)); }
}
