package dev.flambeau.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** On arrays of 0, 1, 2, …, where an element tells its row-major index. */
class IndexingTest {
  private static final NdArray X = Samples.range(2, 3, 4);

  @Test
  void gathersAlongADimension() {
    NdArray x = Samples.range(3, 4);
    NdArray index = Samples.longs(Shape.of(2, 3), 0, 3, 1, 2, 2, 0);
    assertThat(Indexing.gather("gather", x, 1, index).positions()).containsExactly(0, 3, 1, 6, 6, 4);
    NdArray rows = Samples.of(ElementType.INT32, Shape.of(1, 4), 2, 0, 1, 2);
    assertThat(Indexing.gather("gather", x, 0, rows).positions()).containsExactly(8, 1, 6, 11);
  }

  @Test
  void gathersFromViewsWithIndexViews() {
    NdArray x = Samples.transposed(Samples.range(4, 3), 0, 1);
    NdArray index = Samples.transposed(Samples.longs(Shape.of(2, 1), 3, 1), 0, 1);
    assertThat(Indexing.gather("gather", x, 1, index).positions()).containsExactly(9, 3);
  }

  @Test
  void gathersWithSingleNumbers() {
    NdArray number = NdArray.scalar(3f);
    assertThat(Indexing.gather("gather", number, 0, Samples.longs(0, 0, 0)).positions()).containsExactly(0, 0, 0);
    assertThat(Indexing.gather("gather", Samples.range(3), 0, NdArray.scalar(2L)).positions()).containsExactly(2);
    assertThat(Indexing.gather("gather", X, 0, Samples.longs()).positions()).isEmpty();
  }

  @Test
  void gatherNamesTheIndexOutOfRange() {
    NdArray x = Samples.range(2, 5);
    assertRefused(() -> Indexing.gather("scatterAdd", x, 1, Samples.longs(Shape.of(2, 2), 0, 1, 7, 0)),
        "scatterAdd: index 7 at [1, 0] is out of range for dimension 1 of size 5; indices must be in 0 to 4");
    assertRefused(() -> Indexing.gather("gather", x, 1, Samples.longs(Shape.of(1, 1), -1)), "index -1 at [0, 0]");
    assertRefused(() -> Indexing.gather("gather", x, 0, Samples.longs(Shape.of(1, 6))), "[2, 5]", "[1, 6]");
    assertRefused(() -> Indexing.gather("gather", x, 0, Samples.longs(0)), "[2, 5]", "[1]");
    assertRefused(() -> Indexing.gather("gather", x, 0, Samples.range(1, 5)), "INT64 or INT32", "FLOAT32[1, 5]");
    assertRefused(() -> Indexing.gather("gather", Samples.range(0, 5), 0, Samples.longs(Shape.of(1, 5))),
        "there is nothing to index");
  }

  @Test
  void selectsSlices() {
    assertThat(Indexing.indexSelect("indexSelect", X, 1, Samples.longs(2, 0)).positions())
        .containsExactly(8, 9, 10, 11, 0, 1, 2, 3, 20, 21, 22, 23, 12, 13, 14, 15);
    assertThat(Indexing.indexSelect("indexSelect", X, 2, Samples.longs(3)).positions()).containsExactly(3, 7, 11, 15,
        19, 23);
    assertThat(Indexing.indexSelect("indexSelect", Samples.range(3), 0, NdArray.scalar(2L)).positions())
        .containsExactly(2);
    assertThat(Indexing.indexSelect("indexSelect", NdArray.scalar(7f), 0, Samples.longs(0)).positions())
        .containsExactly(0);
    assertThat(Indexing.indexSelect("indexSelect", Samples.range(3, 0), 0, Samples.longs(2, 1)).positions()).isEmpty();
    assertRefused(() -> Indexing.indexSelect("indexSelect", X, 0, Samples.longs(0, -1)), "index -1 at [1]");
    assertRefused(() -> Indexing.indexSelect("indexSelect", X, 0, Samples.longs(Shape.of(1, 1))), "vector", "[1, 1]");
  }

  @Test
  void adjacentIndicesStayInPlace() {
    NdArray one = Samples.longs(0, 2);
    assertAdvanced(advanced(X, null, one), Shape.of(2, 2, 4), 0, 1, 2, 3, 8, 9, 10, 11, 12, 13, 14, 15, 20, 21, 22, 23);
    assertAdvanced(advanced(X, null, one, Samples.longs(Shape.of(2, 1), 1, -1)), Shape.of(2, 2, 2),
        1, 9, 3, 11, 13, 21, 15, 23);
    assertAdvanced(advanced(X, Samples.longs(1, 0), Samples.longs(-1, 0)), Shape.of(2, 4), 20, 21, 22, 23, 0, 1, 2, 3);
    assertAdvanced(advanced(X, NdArray.scalar(1L)), Shape.of(3, 4), 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23);
  }

  @Test
  void separatedIndicesGoFirst() {
    assertAdvanced(advanced(X, Samples.longs(0, 1), null, Samples.longs(3, 0)), Shape.of(2, 3), 3, 7, 11, 12, 16, 20);
  }

  @Test
  void masksSelectFromTheirDimensions() {
    assertAdvanced(advanced(Samples.range(3, 4), Samples.bools(1, 0, 1), Samples.longs(1, 2)), Shape.of(2), 1, 10);
    assertAdvanced(advanced(X, null, Samples.bools(0, 1, 0)), Shape.of(2, 1, 4), 4, 5, 6, 7, 16, 17, 18, 19);
    assertAdvanced(advanced(X, Samples.bools(Shape.of(2, 3), 0, 0, 1, 1, 0, 0)), Shape.of(2, 4),
        8, 9, 10, 11, 12, 13, 14, 15);
    assertAdvanced(advanced(X, Samples.bools(0, 0)), Shape.of(0, 3, 4));
    assertAdvanced(advanced(Samples.range(3), Samples.bools(Shape.SCALAR, 1)), Shape.of(1, 3), 0, 1, 2);
    assertAdvanced(advanced(Samples.range(3), Samples.bools(Shape.SCALAR, 0)), Shape.of(0, 3));
    assertAdvanced(advanced(NdArray.scalar(3f), Samples.bools(Shape.SCALAR, 1)), Shape.of(1), 0);
  }

  @Test
  void nothingIndexedIsEverything() {
    assertAdvanced(advanced(Samples.range(2, 2), null, null), Shape.of(2, 2), 0, 1, 2, 3);
    assertAdvanced(advanced(NdArray.scalar(3f)), Shape.SCALAR, 0);
  }

  @Test
  void emptyIndicesAndArrays() {
    assertAdvanced(advanced(Samples.range(0, 4), Samples.longs()), Shape.of(0, 4));
    assertAdvanced(advanced(X, null, Samples.longs(Shape.of(2, 0))), Shape.of(2, 2, 0, 4));
    assertRefused(() -> advanced(Samples.range(0, 4), Samples.longs(0)), "nothing to index");
  }

  @Test
  void advancedIndexingOfAView() {
    NdArray t = Samples.transposed(X, 0, 2);
    assertAdvanced(advanced(t, Samples.longs(3), null, Samples.longs(1, 0)), Shape.of(2, 3), 15, 19, 23, 3, 7, 11);
  }

  @Test
  void advancedIndexingSaysWhatIsWrong() {
    NdArray x = Samples.range(3, 4);
    assertRefused(() -> advanced(x, Samples.longs(0, 5)),
        "index: index 5 at [1] is out of range for dimension 0 of size 3; indices must be in -3 to 2");
    assertRefused(() -> advanced(x, null, Samples.longs(-5)), "index -5 at [0]", "dimension 1 of size 4", "-4 to 3");
    assertRefused(() -> advanced(x, Samples.bools(1, 0)), "mask of shape [3]", "got [2]");
    assertRefused(() -> advanced(x, Samples.longs(0, 1), Samples.longs(0, 1, 2)), "[[2], [3]]", "broadcast");
    assertRefused(() -> advanced(x, null, null, Samples.longs(0)), "too many indices", "[3, 4]");
    assertRefused(() -> advanced(x, null, Samples.bools(Shape.of(4, 1))), "too many indices");
    assertRefused(() -> advanced(x, Samples.range(2)), "INT64 or INT32");
  }

  @Test
  void takesByFlatIndex() {
    NdArray t = Samples.transposed(Samples.range(2, 3), 0, 1);
    assertThat(Indexing.take("take", t, Samples.longs(-1, 1)).positions()).containsExactly(5, 3);
    assertThat(Indexing.take("take", X, NdArray.scalar(-24L)).positions()).containsExactly(0);
    assertThat(Indexing.take("take", Samples.range(0), Samples.longs()).positions()).isEmpty();
    assertRefused(() -> Indexing.take("take", Samples.range(3), Samples.longs(3)),
        "take: index 3 at [0] is out of range for an array of 3 elements; indices must be in -3 to 2");
  }

  @Test
  void listsWhatIsNotZero() {
    NdArray x = Samples.floats(Shape.of(2, 3), 0, Double.NaN, -1, 2, -0.0, 0);
    NdArray found = Indexing.nonzero(x);
    assertThat(found.shape()).isEqualTo(Shape.of(3, 2));
    assertThat(found.longs()).containsExactly(0, 1, 0, 2, 1, 0);
    assertThat(Indexing.nonzero(Samples.transposed(x, 0, 1)).longs()).containsExactly(0, 1, 1, 0, 2, 0);
    assertThat(Indexing.nonzero(NdArray.scalar(3f)).shape()).isEqualTo(Shape.of(1, 0));
    assertThat(Indexing.nonzero(NdArray.scalar(0f)).shape()).isEqualTo(Shape.of(0, 0));
    assertThat(Indexing.nonzero(Samples.range(0, 4)).shape()).isEqualTo(Shape.of(0, 2));
  }

  @Test
  void masksKeepRowMajorOrder() {
    NdArray t = Samples.transposed(Samples.range(2, 2), 0, 1);
    assertThat(Indexing.masked("maskedSelect", t, Samples.bools(Shape.of(2, 2), 1, 1, 0, 1)).positions())
        .containsExactly(0, 2, 3);
    assertRefused(() -> Indexing.masked("maskedSelect", t, Samples.bools(1, 1)),
        "BOOL mask of shape [2, 2]", "BOOL[2]");
  }

  private static Selection advanced(NdArray x, @Nullable NdArray... indices) {
    return Indexing.advanced("index", x, Arrays.asList(indices));
  }

  private static void assertAdvanced(Selection found, Shape shape, int... positions) {
    assertThat(found.shape()).isEqualTo(shape);
    assertThat(found.positions()).isEqualTo(positions);
  }

  private static void assertRefused(Runnable call, String... parts) {
    assertThatThrownBy(call::run).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(parts);
  }
}
