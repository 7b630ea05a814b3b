package dev.flambeau.data;

import java.util.List;
import java.util.Objects;

/** Data sets one after the other: all samples of the first part, then all of the second, and so on. */
public record ConcatDataset<S>(List<? extends Dataset<? extends S>> parts) implements Dataset<S> {
  /** Copies the list. */
  public ConcatDataset { parts = List.copyOf(parts); }

  @Override
  public long size() { return parts.stream().mapToLong(Dataset::size).sum(); }

  @Override
  public S get(long index) {
    long rest = Objects.checkIndex(index, size());
    int part = 0;
    while (rest >= parts.get(part).size()) rest -= parts.get(part++).size();
    return parts.get(part).get(rest);
  }
}
