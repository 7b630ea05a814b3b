package dev.flambeau.data;

import dev.flambeau.Torch;
import java.util.Arrays;
import java.util.List;

/** Every one of some numbers once, in random order. */
public record SubsetRandomSampler(List<Long> indices) implements Sampler {
  /** Copies the list. */
  public SubsetRandomSampler { indices = List.copyOf(indices); }

  @Override
  public long size() { return indices.size(); }

  @Override
  public long[] order() {
    return Arrays.stream(Torch.randperm(size()).toLongArray()).map(i -> indices.get((int) i)).toArray();
  }
}
