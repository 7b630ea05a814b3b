package dev.flambeau.data;

import dev.flambeau.Tensor;
import java.util.Arrays;
import java.util.stream.Stream;

/** Tensors with a common first dimension, not copied; the i-th sample is the i-th element of each, (N, …) → (…). */
public final class TensorDataset implements Dataset<Tensor[]> {
  private final Tensor[] tensors;

  /** {@code IllegalArgumentException} if there are no tensors, or their first dimensions differ. */
  public TensorDataset(Tensor... tensors) {
    this.tensors = tensors.clone();
    if (tensors.length == 0 || !Stream.of(tensors).allMatch(x -> x.dim() > 0 && x.size(0) == tensors[0].size(0)))
      throw new IllegalArgumentException("TensorDataset: expected tensors with the same first size, got shapes "
          + Stream.of(tensors).map(x -> Arrays.toString(x.shape())).toList());
  }

  @Override
  public long size() { return tensors[0].size(0); }

  @Override
  public Tensor[] get(long index) { return Stream.of(tensors).map(x -> x.select(0, index)).toArray(Tensor[]::new); }
}
