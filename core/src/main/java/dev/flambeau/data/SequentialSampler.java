package dev.flambeau.data;

import java.util.stream.LongStream;

/** 0, 1, … size − 1. */
public record SequentialSampler(long size) implements Sampler {
  @Override
  public long[] order() { return LongStream.range(0, size).toArray(); }
}
