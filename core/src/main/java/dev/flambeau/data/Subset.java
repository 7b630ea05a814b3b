package dev.flambeau.data;

import java.util.Objects;

/** Some samples of a data set, in an order of their own. */
public final class Subset<S> implements Dataset<S> {
  private final Dataset<S> source;
  private final long[] indices;

  /** The samples of these numbers; {@code IndexOutOfBoundsException} if the source has no such sample. */
  public Subset(Dataset<S> source, long... indices) {
    this.source = source;
    this.indices = indices.clone();
    for (long i : indices) Objects.checkIndex(i, source.size());
  }

  /** The samples' numbers in the source. */
  public long[] indices() { return indices.clone(); }

  @Override
  public long size() { return indices.length; }

  @Override
  public S get(long index) { return source.get(indices[Math.toIntExact(index)]); }
}
