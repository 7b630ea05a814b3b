package dev.flambeau.data;

import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.LongStream;

/** A sampler's numbers in batches of {@code batchSize}; the last one may be smaller, unless it is dropped. */
public record BatchSampler(Sampler sampler, int batchSize, boolean dropLast) implements Iterable<long[]> {
  /** {@code IllegalArgumentException} for a size below 1. */
  public BatchSampler {
    if (batchSize < 1)
      throw new IllegalArgumentException("BatchSampler: expected a size of at least 1, got " + batchSize);
  }

  /** The number of batches. */
  public long size() { return dropLast ? sampler.size() / batchSize : Math.ceilDiv(sampler.size(), batchSize); }

  @Override
  public Iterator<long[]> iterator() {
    long[] order = sampler.order();
    return LongStream.range(0, size()).map(b -> b * batchSize)
        .mapToObj(i -> Arrays.copyOfRange(order, (int) i, (int) Math.min(order.length, i + batchSize))).iterator();
  }
}
