package dev.flambeau.kernel;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import java.util.Arrays;

/**
 * Sorting, order statistics and searching along a dimension, and distinct values.
 *
 * <p>For all types. NaN sorts as the greatest, −0 and 0 are equal, and of equal elements the first comes first, in
 * either direction. Dimensions count from 0 and are in range; a single number is a lane of one element.
 */
public final class Sorting {
  private static final int GRAIN = 1 << 14;

  private Sorting() {}

  /**
   * Elements and where they came from, of one shape.
   *
   * @param indices INT64, along the dimension that was sorted
   */
  public record Sorted(NdArray values, NdArray indices) {}

  /**
   * Distinct values.
   *
   * @param values as in the input, the first of each group of equals
   * @param inverse INT64: for each input element or slice, the index of its value
   * @param counts INT64: how often each value occurs
   */
  public record Unique(NdArray values, NdArray inverse, NdArray counts) {}

  /** The rank at which the wanted elements of a sorted lane begin. */
  @FunctionalInterface
  private interface FirstRank {
    int of(SortKeys sorted, int start);
  }

  /** {@code x} sorted along {@code dim}, stably; the indices are those of argsort. */
  public static Sorted sort(NdArray x, int dim, boolean descending) {
    int size = Lanes.atLeast1d(x).shape().size(dim);
    return ranks(x, dim, descending, size, size, (sorted, start) -> 0);
  }

  /**
   * The {@code k} largest or smallest elements along {@code dim}, the best first.
   *
   * @throws IllegalArgumentException if not {@code 0 ≤ k ≤ size}
   */
  public static Sorted topk(NdArray x, int k, int dim, boolean largest) {
    int size = Lanes.atLeast1d(x).shape().size(dim);
    if (k < 0 || k > size) throw badRank("topk", k, 0, dim, size);
    return ranks(x, dim, largest, k, k, (sorted, start) -> 0);
  }

  /**
   * The {@code k}-th smallest element along {@code dim}, counted from 1; {@code dim} stays with size 1.
   *
   * @throws IllegalArgumentException if not {@code 1 ≤ k ≤ size}
   */
  public static Sorted kthvalue(NdArray x, int k, int dim) {
    int size = Lanes.atLeast1d(x).shape().size(dim);
    if (k < 1 || k > size) throw badRank("kthvalue", k, 1, dim, size);
    return ranks(x, dim, false, k, 1, (sorted, start) -> k - 1);
  }

  /**
   * The median along {@code dim}, of an even number the lower; {@code dim} stays with size 1.
   *
   * @param ignoreNan whether NaNs are left out; otherwise the first of them is the result
   * @throws IllegalArgumentException if {@code dim} is empty
   */
  public static Sorted median(NdArray x, int dim, boolean ignoreNan) {
    NdArray in = Lanes.atLeast1d(x);
    int size = in.shape().size(dim);
    if (size == 0) {
      throw new IllegalArgumentException((ignoreNan ? "nanmedian" : "median") + ": dimension " + dim + " of shape "
          + x.shape() + " is empty and has no median; reduce over a dimension that is not");
    }
    return ranks(x, dim, false, size, 1, (sorted, start) -> {
      int nans = 0;
      while (nans < size && isNaN(in, start + sorted.at(size - 1 - nans) * in.stride(dim))) nans++;
      if (nans == size || nans > 0 && !ignoreNan) return size - nans;
      return (size - nans - 1) / 2;
    });
  }

  private static IllegalArgumentException badRank(String op, int k, int least, int dim, int size) {
    return new IllegalArgumentException(op + ": k = " + k + " is out of range for dimension " + dim + " of size " + size
        + "; k must be in " + least + " to " + size);
  }

  /** {@code count} elements of each lane from the rank {@code first} on; ranks from {@code head} on are not used. */
  private static Sorted ranks(NdArray x, int dim, boolean descending, int head, int count, FirstRank first) {
    NdArray in = Lanes.atLeast1d(x);
    Shape shape = in.shape().with(dim, count);
    NdArray indices = NdArray.allocate(ElementType.INT64, shape);
    int[] positions = new int[shape.numel()];
    Lanes from = Lanes.of(in, dim);
    Lanes to = Lanes.of(indices, dim);
    if (positions.length > 0) {
      Parallel.forRange(from.count(), Math.max(1, GRAIN / from.size()), (begin, end) -> {
        SortKeys keys = new SortKeys(from.size());
        for (int lane = begin; lane < end; lane++) {
          int start = from.starts()[lane];
          keys.sort(in, start, from.stride(), descending, head);
          int rank = first.of(keys, start);
          for (int i = 0, p = to.starts()[lane]; i < count; i++, p += to.stride()) {
            int index = keys.at(rank + i);
            indices.longs()[p] = index;
            positions[p] = start + index * from.stride();
          }
        }
      });
    }
    boolean single = x.rank() == 0 && count == 1;
    Shape result = single ? Shape.SCALAR : shape;
    return new Sorted(Elements.take(x, positions, result), single ? indices.reshaped(result) : indices);
  }

  private static boolean isNaN(NdArray x, int position) { return Double.isNaN(x.doubleAt(position)); }

  /**
   * Where each of {@code values} would be put in to keep {@code sorted} in order, as INT64 of the shape of {@code
   * values}: before equals, or after them if {@code right}.
   *
   * @param sorted a vector to search for all values, or of shape (…, n) for values of shape (…, m)
   * @throws IllegalArgumentException if the types differ or the shapes do not fit
   */
  public static NdArray searchSorted(NdArray sorted, NdArray values, boolean right) {
    if (sorted.type() != values.type()) {
      throw new IllegalArgumentException("searchSorted: expected values of the sequence's type, " + sorted.type()
          + ", got " + values.type() + "; cast one of them");
    }
    NdArray sequences = Lanes.atLeast1d(sorted);
    int last = sequences.rank() - 1;
    boolean one = last == 0;
    if (!one && (values.rank() != last + 1 || !values.shape().without(last).equals(sorted.shape().without(last)))) {
      throw new IllegalArgumentException("searchSorted: expected values of shape (..., m) for sequences of shape "
          + "(..., n), equal but for the last size, got " + values.shape() + " for " + sorted.shape()
          + "; expand or reshape one");
    }
    Lanes lanes = Lanes.of(sequences, last);
    NdArray wanted = Elements.dense(values);
    int perLane = one ? wanted.numel() : wanted.shape().size(last);
    NdArray out = NdArray.allocate(ElementType.INT64, values.shape());
    long[] keys = new long[lanes.size()];
    long[] wantedKeys = new long[perLane];
    for (int lane = 0; lane < lanes.count(); lane++) {
      SortKeys.read(sequences, lanes.starts()[lane], lanes.stride(), lanes.size(), false, keys);
      SortKeys.read(wanted, wanted.offset() + lane * perLane, 1, perLane, false, wantedKeys);
      for (int i = 0; i < perLane; i++) out.longs()[lane * perLane + i] = search(keys, wantedKeys[i], right);
    }
    return out;
  }

  private static int search(long[] keys, long wanted, boolean right) {
    int low = 0;
    int high = keys.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (keys[middle] < wanted || right && keys[middle] == wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * The distinct elements of {@code x} in ascending order, or if {@code consecutive} one for each run of equals, as
   * they come; the inverse has the shape of {@code x}. Each NaN is distinct.
   */
  public static Unique unique(NdArray x, boolean consecutive) {
    Unique flat = unique(Elements.dense(x).reshaped(Shape.of(x.numel())), 0, consecutive);
    return new Unique(flat.values(), flat.inverse().reshaped(x.shape()), flat.counts());
  }

  /**
   * The distinct slices of {@code x} along {@code dim} in lexicographic order, or if {@code consecutive} one for each
   * run of equals, as they come; the inverse is a vector. Slices with a NaN are distinct.
   */
  public static Unique unique(NdArray x, int dim, boolean consecutive) {
    NdArray in = Lanes.atLeast1d(x);
    Lanes lanes = Lanes.of(in, dim);
    int size = lanes.size();
    SortKeys keys = new SortKeys(size);
    keys.reset();
    for (int lane = consecutive ? -1 : lanes.count() - 1; lane >= 0; lane--) {
      keys.sortWithin(in, lanes.starts()[lane], lanes.stride());
    }
    NdArray inverse = NdArray.allocate(ElementType.INT64, Shape.of(size));
    int[] firsts = new int[size];
    long[] counts = new long[size];
    int groups = 0;
    for (int i = 0; i < size; i++) {
      int slice = keys.at(i);
      if (i == 0 || !equal(in, lanes, keys.at(i - 1), slice)) firsts[groups++] = slice;
      counts[groups - 1]++;
      inverse.longs()[slice] = groups - 1L;
    }
    NdArray values =
        Elements.take(in, Indexing.slices(in, dim, Arrays.copyOf(firsts, groups), in.shape().with(dim, groups)));
    long[] groupCounts = Arrays.copyOf(counts, groups);
    return new Unique(values, inverse, NdArray.of(groupCounts, ElementType.INT64, Shape.of(groups)));
  }

  private static boolean equal(NdArray x, Lanes lanes, int a, int b) {
    boolean floating = x.type().isFloating();
    for (int start : lanes.starts()) {
      int p = start + a * lanes.stride();
      int q = start + b * lanes.stride();
      if (floating ? x.doubleAt(p) != x.doubleAt(q) : x.longAt(p) != x.longAt(q)) return false;
    }
    return true;
  }
}
