package dev.flambeau.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.kernel.Sorting.Sorted;
import dev.flambeau.kernel.Sorting.Unique;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SortingTest {
  private static final double NAN = Double.NaN;

  @Test
  void nanIsGreatestAndEqualsKeepTheirOrder() {
    NdArray x = Samples.floats(0, -0.0, NAN, 1, NAN);
    Sorted up = Sorting.sort(x, 0, false);
    assertThat(Samples.values(up.values())).containsExactly(0, -0.0, 1, NAN, NAN);
    assertThat(up.indices().longs()).containsExactly(0, 1, 3, 2, 4);
    Sorted down = Sorting.sort(x, 0, true);
    assertThat(Samples.values(down.values())).containsExactly(NAN, NAN, 1, 0, -0.0);
    assertThat(down.indices().longs()).containsExactly(2, 4, 3, 0, 1);
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void sortsLikeBoxedObjects(ElementType type) {
    Random random = new Random(7);
    for (int size : new int[] {1, 2, 63, 64, 65, 300, 5000}) {
      NdArray x = Samples.random(type, random, size);
      assertSorted(x, Sorting.sort(x, 0, false), false);
      assertSorted(x, Sorting.sort(x, 0, true), true);
    }
  }

  @Test
  void sortsTheWholeRangeOfLongs() {
    long[] values = new Random(5).longs(3000).toArray();
    values[17] = Long.MIN_VALUE;
    values[18] = Long.MAX_VALUE;
    NdArray x = NdArray.of(values, ElementType.INT64, Shape.of(3000));
    long[] expected = values.clone();
    Arrays.sort(expected);
    assertThat(Sorting.sort(x, 0, false).values().longs()).isEqualTo(expected);
  }

  @Test
  void sortsTheWholeRangeOfFloatsAndInts() {
    Random random = new Random(5);
    int[] ints = random.ints(3000).toArray();
    int[] expected = ints.clone();
    Arrays.sort(expected);
    NdArray x = NdArray.of(ints, ElementType.INT32, Shape.of(3000));
    assertThat(Sorting.sort(x, 0, false).values().ints()).isEqualTo(expected);
    double[] doubles = random.doubles(3000, -1, 1).map(v -> v * Math.exp(15 * random.nextGaussian())).toArray();
    double[] ordered = doubles.clone();
    Arrays.sort(ordered);
    NdArray y = NdArray.of(doubles, ElementType.FLOAT64, Shape.of(3000));
    assertThat(Sorting.sort(y, 0, false).values().doubles()).isEqualTo(ordered);
    NdArray z = Samples.floats(Shape.of(3000), doubles);
    float[] floats = z.floats().clone();
    Arrays.sort(floats);
    assertThat(Sorting.sort(z, 0, false).values().floats()).isEqualTo(floats);
  }

  @Test
  void sortsAlongAnyDimensionOfViews() {
    NdArray x = Samples.transposed(Samples.random(ElementType.FLOAT32, new Random(2), 3, 70, 4), 0, 2);
    for (int dim = 0; dim < 3; dim++) {
      Sorted sorted = Sorting.sort(x, dim, false);
      assertThat(sorted.values().shape()).isEqualTo(x.shape());
      Lanes in = Lanes.of(x, dim);
      Lanes out = Lanes.of(sorted.values(), dim);
      for (int lane = 0; lane < in.count(); lane++) {
        assertSorted(lane(x, in, lane), new Sorted(lane(sorted.values(), out, lane), lane(sorted.indices(), out, lane)),
            false);
      }
    }
  }

  private static NdArray lane(NdArray x, Lanes lanes, int lane) {
    return x.view(Shape.of(lanes.size()), new int[] {lanes.stride()}, lanes.starts()[lane]);
  }

  private static void assertSorted(NdArray x, Sorted sorted, boolean descending) {
    double[] values = Arrays.stream(Samples.values(x)).map(v -> v + 0.0).toArray();
    Comparator<Integer> order = Comparator.comparingDouble(i -> values[i]);
    double[] expected = IntStream.range(0, values.length).boxed().sorted(descending ? order.reversed() : order)
        .mapToDouble(i -> i).toArray();
    assertThat(Samples.values(sorted.indices())).isEqualTo(expected);
    double[] original = Samples.values(x);
    assertThat(Samples.values(sorted.values()))
        .isEqualTo(Arrays.stream(expected).map(i -> original[(int) i]).toArray());
  }

  @Test
  void sortsNumbersAndEmptyArrays() {
    Sorted number = Sorting.sort(NdArray.scalar(3f), 0, false);
    assertThat(number.values().shape()).isEqualTo(Shape.SCALAR);
    assertThat(number.indices().shape()).isEqualTo(Shape.SCALAR);
    assertThat(Sorting.sort(Samples.range(2, 0), 1, false).values().shape()).isEqualTo(Shape.of(2, 0));
    assertThat(Sorting.sort(Samples.range(2, 0), 0, false).indices().shape()).isEqualTo(Shape.of(2, 0));
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void topkIsTheHeadOfTheSort(ElementType type) {
    Random random = new Random(9);
    for (int size : new int[] {100, 1000}) {
      NdArray x = Samples.random(type, random, 2, size);
      for (int k : new int[] {0, 1, 5, 64, 65, 100}) {
        for (boolean largest : new boolean[] {true, false}) {
          Sorted top = Sorting.topk(x, k, 1, largest);
          Sorted all = Sorting.sort(x, 1, largest);
          assertThat(top.values().shape()).isEqualTo(Shape.of(2, k));
          NdArray head = all.indices().view(Shape.of(2, k), new int[] {size, 1}, 0);
          assertThat(Samples.values(top.indices())).isEqualTo(Samples.values(head));
        }
      }
    }
  }

  @Test
  void topkAsInPyTorch() {
    Sorted top = Sorting.topk(Samples.floats(3, NAN, 1), 2, 0, true);
    assertThat(Samples.values(top.values())).containsExactly(NAN, 3);
    assertThat(top.indices().longs()).containsExactly(1, 0);
    assertThat(Sorting.topk(NdArray.scalar(3f), 1, 0, true).values().shape()).isEqualTo(Shape.SCALAR);
    assertRefused(() -> Sorting.topk(Samples.range(2, 3), 4, 1, true),
        "topk: k = 4 is out of range for dimension 1 of size 3; k must be in 0 to 3");
  }

  @Test
  void kthvalueCountsFromOne() {
    NdArray x = Samples.floats(Shape.of(2, 3), 3, NAN, 1, 5, 4, 6);
    Sorted second = Sorting.kthvalue(x, 2, 1);
    assertThat(second.values().shape()).isEqualTo(Shape.of(2, 1));
    assertThat(second.values().floats()).containsExactly(3, 5);
    assertThat(second.indices().longs()).containsExactly(0, 0);
    assertThat(Samples.values(Sorting.kthvalue(x, 3, 1).values())).containsExactly(NAN, 6);
    assertThat(Samples.values(Sorting.kthvalue(x, 1, 0).values())).containsExactly(3, 4, 1);
    NdArray large = Samples.random(ElementType.INT64, new Random(4), 1000);
    assertThat(Sorting.kthvalue(large, 700, 0).values().longs()[0])
        .isEqualTo(Sorting.sort(large, 0, false).values().longs()[699]);
    assertRefused(() -> Sorting.kthvalue(x, 0, 1), "k must be in 1 to 3");
  }

  @Test
  void medianIsTheLowerOneAndPropagatesNaN() {
    assertMedian(Samples.floats(3, 1, 1, 4), false, 1, 2);
    assertMedian(Samples.floats(3, NAN, 1, NAN), false, NAN, 1);
    assertMedian(Samples.floats(3, NAN, 1, NAN), true, 1, 2);
    assertMedian(Samples.floats(NAN, NAN), true, NAN, 0);
    assertMedian(Samples.longs(5, 2, 9), false, 2 + 3, 0);
    NdArray x = Samples.transposed(Samples.floats(Shape.of(2, 3), 1, 9, 5, 4, 3, 8), 0, 1);
    Sorted median = Sorting.median(x, 0, false);
    assertThat(median.values().shape()).isEqualTo(Shape.of(1, 2));
    assertThat(median.values().floats()).containsExactly(5, 4);
    assertThat(Sorting.median(NdArray.scalar(3f), 0, false).indices().shape()).isEqualTo(Shape.SCALAR);
    assertRefused(() -> Sorting.median(Samples.range(2, 0), 1, true),
        "nanmedian: dimension 1 of shape [2, 0] is empty");
  }

  private static void assertMedian(NdArray x, boolean ignoreNan, double value, long index) {
    Sorted median = Sorting.median(x, 0, ignoreNan);
    assertThat(Samples.values(median.values())).containsExactly(value);
    assertThat(median.indices().longs()).containsExactly(index);
  }

  @Test
  void searchesBeforeOrAfterEquals() {
    NdArray sorted = Samples.floats(1, 3, 3, 7);
    NdArray values = Samples.floats(Shape.of(2, 3), 3, 0, 8, 7, 1, NAN);
    assertThat(Sorting.searchSorted(sorted, values, false).longs()).containsExactly(1, 0, 4, 3, 0, 4);
    assertThat(Sorting.searchSorted(sorted, values, true).longs()).containsExactly(3, 0, 4, 4, 1, 4);
    assertThat(Sorting.searchSorted(sorted, NdArray.scalar(4f), false).shape()).isEqualTo(Shape.SCALAR);
    assertThat(Sorting.searchSorted(Samples.floats(), values, false).longs()).containsOnly(0);
  }

  @Test
  void searchesEachRowInItsOwnSequence() {
    NdArray sorted = Samples.longs(Shape.of(2, 3), 1, 3, 5, 2, 4, 6);
    NdArray values = Samples.longs(Shape.of(2, 2), 3, 9, 3, -1);
    assertThat(Sorting.searchSorted(sorted, values, false).longs()).containsExactly(1, 3, 1, 0);
    assertRefused(() -> Sorting.searchSorted(sorted, Samples.longs(1), false), "[1] for [2, 3]");
    assertRefused(() -> Sorting.searchSorted(sorted, Samples.range(2, 2), false), "INT64", "FLOAT32");
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void uniqueMatchesATreeMap(ElementType type) {
    NdArray x = Samples.random(type.isFloating() ? ElementType.INT32 : type, new Random(8), 30, 40);
    if (type.isFloating()) x = Samples.of(type, x.shape(), Samples.values(x));
    TreeMap<Double, Double> counts = new TreeMap<>();
    for (double v : Samples.values(x)) counts.merge(v, 1.0, Double::sum);
    Unique unique = Sorting.unique(Samples.transposed(x, 0, 1), false);
    assertThat(Samples.values(unique.values())).isEqualTo(counts.keySet().stream().mapToDouble(v -> v).toArray());
    assertThat(Samples.values(unique.counts())).isEqualTo(counts.values().stream().mapToDouble(v -> v).toArray());
    assertThat(unique.inverse().shape()).isEqualTo(Shape.of(40, 30));
    double[] values = Samples.values(unique.values());
    assertThat(Arrays.stream(unique.inverse().longs()).mapToDouble(i -> values[(int) i]).toArray())
        .isEqualTo(Samples.values(Samples.transposed(x, 0, 1)));
  }

  @Test
  void uniqueAsInPyTorch() {
    Unique unique = Sorting.unique(Samples.floats(NAN, 1, NAN, -0.0, 0), false);
    assertThat(Samples.values(unique.values())).containsExactly(-0.0, 1, NAN, NAN);
    assertThat(unique.inverse().longs()).containsExactly(2, 1, 3, 0, 0);
    assertThat(unique.counts().longs()).containsExactly(2, 1, 1, 1);
    Unique runs = Sorting.unique(Samples.floats(2, 2, 1, 2, NAN, NAN), true);
    assertThat(Samples.values(runs.values())).containsExactly(2, 1, 2, NAN, NAN);
    assertThat(runs.inverse().longs()).containsExactly(0, 0, 1, 2, 3, 4);
    Unique none = Sorting.unique(Samples.range(0, 2), false);
    assertThat(none.values().shape()).isEqualTo(Shape.of(0));
    assertThat(none.inverse().shape()).isEqualTo(Shape.of(0, 2));
    assertThat(Sorting.unique(NdArray.scalar(3f), false).values().floats()).containsExactly(3);
  }

  @Test
  void uniqueSlices() {
    NdArray x = Samples.longs(Shape.of(4, 2), 2, 1, 0, 3, 2, 1, 2, 0);
    Unique rows = Sorting.unique(x, 0, false);
    assertThat(rows.values().shape()).isEqualTo(Shape.of(3, 2));
    assertThat(rows.values().longs()).containsExactly(0, 3, 2, 0, 2, 1);
    assertThat(rows.inverse().longs()).containsExactly(2, 0, 2, 1);
    assertThat(rows.counts().longs()).containsExactly(1, 1, 2);
    Unique columns = Sorting.unique(Samples.transposed(x, 0, 1), 1, true);
    assertThat(columns.values().shape()).isEqualTo(Shape.of(2, 4));
    assertThat(columns.counts().longs()).containsExactly(1, 1, 1, 1);
  }

  private static void assertRefused(Runnable call, String... parts) {
    assertThatThrownBy(call::run).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(parts);
  }
}
