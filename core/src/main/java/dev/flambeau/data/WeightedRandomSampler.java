package dev.flambeau.data;

import dev.flambeau.DType;
import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import java.util.Arrays;
import java.util.List;

/**
 * Samples drawn with probabilities in proportion to their weights, with PyTorch's numbers.
 *
 * @param weights finite and not negative; their sum need not be 1
 * @param replacement whether a sample may come again; else at most as many are drawn as have a weight
 */
public record WeightedRandomSampler(List<Double> weights, long size, boolean replacement) implements Sampler {
  /** {@code IllegalArgumentException} for other weights, or too few. */
  public WeightedRandomSampler {
    weights = List.copyOf(weights);
    long usable = weights.stream().filter(w -> w > 0).count();
    if (!weights.stream().allMatch(w -> w >= 0 && w < Double.POSITIVE_INFINITY) || size < 0
        || usable < (replacement ? 1 : size))
      throw new IllegalArgumentException("WeightedRandomSampler: expected finite weights of at least 0, "
          + (replacement ? 1 : size) + " of them above 0, got " + usable + " above 0 among " + weights.size());
  }

  @Override
  public long[] order() {
    double[] w = weights.stream().mapToDouble(x -> x).toArray();
    if (!replacement) { // the first of exponential arrival times
      Tensor times = Torch.zeros(DType.FLOAT64, w.length).exponential_(1);
      return Torch.fromArray(w).div(times).argsort(0, true).slice(0, 0, size).toLongArray();
    }
    for (int i = 1; i < w.length; i++) w[i] += w[i - 1]; // one after the other: the same bits on any machine
    double all = w[w.length - 1];
    return Arrays.stream(Torch.rand(DType.FLOAT64, size).toDoubleArray()).mapToLong(u -> {
      int place = 0;
      for (int end = w.length - 1; place < end;) {
        int middle = (place + end) >>> 1;
        if (w[middle] / all < u) place = middle + 1;
        else end = middle;
      }
      return place;
    }).toArray();
  }
}
