package dev.flambeau.data;

import dev.flambeau.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * Samples that are read by their number. A {@link DataLoader} with workers calls {@link #get} on several threads at
 * once.
 *
 * @param <S> a sample: a tensor, an array or record of tensors such as {@link Example}, or anything at all
 */
public interface Dataset<S> {
  /** The number of samples. */
  long size();

  /** The sample of this number, 0 … size − 1. */
  S get(long index);

  /** The samples of a list. */
  static <S> Dataset<S> of(List<? extends S> samples) {
    return of(samples.size(), i -> samples.get(Math.toIntExact(i)));
  }

  /** So many samples, each of which {@code get} makes or reads. */
  static <S> Dataset<S> of(long size, LongFunction<? extends S> get) {
    return new Dataset<>() {
      @Override
      public long size() { return size; }

      @Override
      public S get(long index) { return get.apply(index); }
    };
  }

  /** These samples as {@code f} makes them anew each time they are read: where random transforms belong. */
  default <T> Dataset<T> mapped(Function<? super S, ? extends T> f) { return of(size(), i -> f.apply(get(i))); }

  /**
   * Splits the data set at random into parts of these lengths, as PyTorch's {@code random_split} does from the same
   * seed. For a split that does not depend on the numbers drawn before, open a {@link Torch#forkRng} scope around the
   * call.
   *
   * @throws IllegalArgumentException if the lengths do not add up to the size
   */
  static <S> List<Subset<S>> randomSplit(Dataset<S> dataset, long... lengths) {
    long size = dataset.size();
    if (Arrays.stream(lengths).anyMatch(n -> n < 0) || Arrays.stream(lengths).sum() != size)
      throw new IllegalArgumentException("randomSplit: expected lengths that add up to the " + size
          + " samples of the data set, got " + Arrays.toString(lengths));
    long[] order = Torch.randperm(size).toLongArray();
    List<Subset<S>> parts = new ArrayList<>();
    int start = 0;
    for (long length : lengths) {
      parts.add(new Subset<>(dataset, Arrays.copyOfRange(order, start, start + (int) length)));
      start += (int) length;
    }
    return List.copyOf(parts);
  }

  /**
   * As {@link #randomSplit(Dataset, long...)}, into fractions of the size, rounded down; the samples left over go to
   * the first parts, one each.
   *
   * @throws IllegalArgumentException if the fractions do not add up to 1
   */
  static <S> List<Subset<S>> randomSplit(Dataset<S> dataset, double... fractions) {
    double sum = 0;
    for (double f : fractions) sum += f >= 0 ? f : Double.NaN;
    if (!(sum <= 1 && 1 - sum <= 1e-9))
      throw new IllegalArgumentException("randomSplit: expected fractions from 0 to 1 that add up to 1, got "
          + Arrays.toString(fractions) + " (whole lengths are given as integers)");
    long[] lengths = Arrays.stream(fractions).mapToLong(f -> (long) Math.floor(dataset.size() * f)).toArray();
    long rest = dataset.size() - Arrays.stream(lengths).sum();
    for (int i = 0; i < rest; i++) lengths[i % lengths.length]++;
    return randomSplit(dataset, lengths);
  }
}
