package dev.flambeau.kernel;

import java.util.Arrays;

/**
 * A matrix of which each row has a run of elements: place {@code o} of a result is Σ {@code weights[o · width + k]} times place {@code start[o] + k}, for
 * {@code k < count[o]}.
 *
 * @param size the number of places that it is made of
 * @param width the longest run
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; made and read within one kernel
public record Taps(int size, int width, int[] start, int[] count, double[] weights) {

  /** What the weight of element {@code k} of row {@code o} is, and where it is; places outside count as the nearest one inside. */
  public interface Rule {
    /** The place of the first element of row {@code o}. */
    int first(int o);

    /** The weight of element {@code k} of row {@code o}. */
    double weight(int o, int k);
  }

  /** {@code rows} rows of {@code length} elements. */
  public static Taps of(int size, int rows, int length, Rule rule) {
    Taps t = new Taps(size, length, new int[rows], new int[rows], new double[rows * length]);
    for (int o = 0; o < rows; o++) {
      int first = rule.first(o);
      t.start[o] = Math.clamp(first, 0, size - 1);
      for (int k = 0; k < length; k++) {
        int place = Math.clamp(first + k, 0, size - 1) - t.start[o];
        t.weights[o * length + place] += rule.weight(o, k);
        t.count[o] = Math.max(t.count[o], place + 1);
      }
    }
    return t;
  }

  /** The sum over each of the windows, divided by {@code divisors}. */
  public static Taps of(int size, Windows windows, double[] divisors) {
    int longest = 1;
    for (int count : windows.count()) longest = Math.max(longest, count);
    Taps t = new Taps(size, longest, windows.start(), windows.count(), new double[windows.size() * longest]);
    for (int o = 0; o < windows.size(); o++)
      Arrays.fill(t.weights, o * longest, o * longest + windows.count()[o], 1 / divisors[o]);
    return t;
  }

  /** The number of places of a result. */
  public int rows() { return start.length; }

  /** The transposed matrix; for that the runs may not go back. */
  public Taps transposed() {
    int[] from = new int[size];
    int[] end = new int[size];
    Arrays.fill(from, Integer.MAX_VALUE);
    for (int o = 0; o < rows(); o++) {
      for (int i = start[o]; i < start[o] + count[o]; i++) {
        from[i] = Math.min(from[i], o);
        end[i] = o + 1;
      }
    }
    int longest = 1;
    for (int i = 0; i < size; i++) {
      if (from[i] > end[i]) from[i] = end[i];
      longest = Math.max(longest, end[i] - from[i]);
    }
    Taps t = new Taps(rows(), longest, from, new int[size], new double[size * longest]);
    for (int i = 0; i < size; i++) t.count[i] = end[i] - from[i];
    for (int o = 0; o < rows(); o++) {
      for (int k = 0; k < count[o]; k++) {
        int i = start[o] + k;
        t.weights[i * longest + o - from[i]] = weights[o * width + k];
      }
    }
    return t;
  }
}
