package dev.flambeau.data;

import dev.flambeau.Torch;

/**
 * Random samples in PyTorch's order: each epoch draws a seed and takes the order from a new generator of that seed.
 *
 * @param population the number of samples to choose from
 * @param replacement whether a sample may come again before all others came
 */
public record RandomSampler(long population, boolean replacement, long size) implements Sampler {
  private static final int DRAWN_AT_ONCE = 32;

  /** {@code IllegalArgumentException} if there is nothing to choose from. */
  public RandomSampler {
    if (population < 0 || size < 0 || population == 0 && size > 0)
      throw new IllegalArgumentException("RandomSampler: there are no " + size + " samples among " + population);
  }

  /** Every sample once. */
  public RandomSampler(long population) { this(population, false, population); }

  @Override
  public long[] order() {
    long[] order = new long[Math.toIntExact(size)];
    int step = replacement ? DRAWN_AT_ONCE : Math.toIntExact(population);
    try (var _ = Torch.forkRng(Sampler.drawSeed())) {
      for (int i = 0; i < order.length; i += step) {
        int count = Math.min(step, order.length - i);
        var drawn = replacement ? Torch.randint(0, population, count) : Torch.randperm(population);
        System.arraycopy(drawn.toLongArray(), 0, order, i, count);
      }
    }
    return order;
  }
}
