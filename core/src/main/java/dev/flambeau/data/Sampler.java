package dev.flambeau.data;

import dev.flambeau.Torch;

/** Which samples are read in an epoch, and in which order. */
public interface Sampler {
  /** How many samples an epoch has. */
  long size();

  /** The numbers of the samples of one epoch; a random order is drawn anew each time. */
  long[] order();

  /** A seed drawn as PyTorch draws them: 63 bits of the generator. */
  static long drawSeed() { return Torch.randint(Long.MIN_VALUE, Long.MAX_VALUE).itemLong() & Long.MAX_VALUE; }
}
