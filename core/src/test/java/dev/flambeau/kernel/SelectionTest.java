package dev.flambeau.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.kernel.Elements.Combine;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Moving by blocks, rows and slices against one element after the other. */
class SelectionTest {
  private static final Random RANDOM = new Random(5);

  private static NdArray numbers(ElementType type, int size, int... sizes) {
    NdArray index = NdArray.allocate(type, Shape.of(sizes));
    for (int i = 0; i < index.numel(); i++) {
      if (type == ElementType.INT32) index.ints()[i] = RANDOM.nextInt(size);
      else index.longs()[i] = RANDOM.nextInt(size);
    }
    return index;
  }

  /** Selections of all kinds in arrays like {@code x}, of shape [3, 30, 140], with what is named twice and not at all. */
  private static Map<String, Selection> all(NdArray x) {
    Map<String, Selection> all = new LinkedHashMap<>();
    for (int dim = 0; dim < 3; dim++) {
      int size = x.shape().size(dim);
      NdArray vector = numbers(ElementType.INT64, size, 40);
      all.put("indexSelect " + dim, Indexing.indexSelect("indexSelect", x, dim, vector));
      NdArray index = numbers(dim == 1 ? ElementType.INT32 : ElementType.INT64, size,
          Shape.of(2, 25, 130).with(dim, 40).sizes());
      all.put("gather " + dim, Indexing.gather("gather", x, dim, index));
      NdArray turned = Samples.transposed(numbers(ElementType.INT64, size, Shape.of(70, 25, 2).sizes()), 0, 2);
      all.put("gather turned " + dim, Indexing.gather("gather", x, dim, turned));
    }
    NdArray first = numbers(ElementType.INT64, 3, 40, 1);
    NdArray second = numbers(ElementType.INT64, 30, 20);
    all.put("advanced", Indexing.advanced("index", x, Arrays.asList(first, second)));
    all.put("advanced apart", Indexing.advanced("index", x, Arrays.asList(first, null, second)));
    all.put("take", Indexing.take("take", x, numbers(ElementType.INT64, x.numel(), 100, 200)));
    all.put("nothing", Indexing.indexSelect("indexSelect", x, 1, Samples.longs()));
    return all;
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void movesLikeOneElementAfterTheOther(ElementType type) {
    for (int layout = 0; layout < 2; layout++) {
      NdArray base = Samples.random(type, RANDOM, 3, 30, 140);
      NdArray x = layout == 0 ? base : Samples.transposed(Samples.random(type, RANDOM, 140, 30, 3), 0, 2);
      all(x).forEach((name, s) -> {
        int[] at = s.positions();
        NdArray taken = Elements.take(x, s);
        NdArray values = Samples.random(type, RANDOM, s.shape().sizes());
        double[] expected = new double[at.length];
        for (int i = 0; i < at.length; i++) expected[i] = x.doubleAt(at[i]);
        assertThat(Samples.values(taken)).as(name).isEqualTo(expected);
        NdArray one = Samples.random(type, RANDOM, 1);
        for (NdArray source : new NdArray[] {values, one}) {
          compare(name + " put", x, s, source, (a, v) -> Elements.put(a, v, source));
          for (Combine how : source == values ? Combine.values() : new Combine[] {Combine.SUM}) {
            compare(name + " " + how, x, s, source, (a, v) -> Elements.combine(how, a, v, source), how);
          }
        }
      });
    }
  }

  private interface Write {
    void to(NdArray x, Selection s);
  }

  private static void compare(String name, NdArray x, Selection s, NdArray source, Write write, Combine... how) {
    NdArray there = twin(x);
    write.to(there, s);
    NdArray expected = twin(x);
    int[] at = s.positions();
    NdArray value = NdArray.allocate(x.type(), Shape.of(1));
    for (int i = 0; i < at.length; i++) {
      NdArray element = source.view(Shape.of(1), new int[] {1}, source.numel() == 1 ? 0 : i);
      Selection place = Selection.of(value.shape(), at[i]);
      if (how.length == 0) Elements.put(expected, place, element);
      else Elements.combine(how[0], expected, place, element);
    }
    assertThat(Samples.values(there)).as(name).isEqualTo(Samples.values(expected));
  }

  private static NdArray twin(NdArray x) {
    NdArray like = NdArray.allocate(x.type(), Shape.of(x.length()));
    System.arraycopy(x.data(), 0, like.data(), 0, x.length());
    return like.view(x.shape(), x.strides(), x.offset());
  }

  @Test
  void viewsThatShowElementsSeveralTimesAddThemUpInOrder() {
    NdArray x = Samples.random(ElementType.FLOAT32, RANDOM, 20, 300);
    NdArray windows = x.view(Shape.of(20, 297, 4), new int[] {300, 1, 1}, 0);
    NdArray across = x.view(Shape.of(2, 19, 300), new int[] {300, 300, 1}, 0);
    NdArray expanded = x.view(Shape.of(30, 300), new int[] {0, 1}, 300);
    NdArray backwards = x.view(Shape.of(20, 300), new int[] {-300, -1}, 5999);
    for (NdArray view : new NdArray[] {windows, across, expanded, backwards}) {
      Selection s = Selection.of(view);
      assertThat(s.positions()).isEqualTo(Elements.positions(view));
      NdArray source = Samples.random(ElementType.FLOAT32, RANDOM, view.shape().sizes());
      compare("add", x, s, source, (a, v) -> Elements.add(a, v, source), Combine.SUM);
    }
  }

  @Test
  void anArrayThatOverlapsItselfIsWrittenInOrder() {
    NdArray x = Samples.range(600).view(Shape.of(300, 200), new int[] {0, 1}, 0);
    Selection s = Indexing.indexSelect("indexAdd", x, 1, numbers(ElementType.INT64, 200, 200));
    NdArray source = Samples.random(ElementType.FLOAT32, RANDOM, 300, 200);
    compare("add", x, s, source, (a, v) -> Elements.add(a, v, source), Combine.SUM);
    compare("put", x, s, source, (a, v) -> Elements.put(a, v, source));
  }

  @Test
  void theFirstIndexOutOfRangeIsNamedBeforeAnythingIsWritten() {
    NdArray x = Samples.range(2, 5);
    NdArray index = numbers(ElementType.INT64, 5, 2, 50_000);
    index.longs()[70_000] = 5;
    index.longs()[90_000] = -1;
    NdArray narrow = index.view(Shape.of(2, 40_000), new int[] {50_000, 1}, 0);
    assertThatThrownBy(() -> Indexing.gather("gather", x, 1, narrow)).hasMessageContaining("index 5 at [1, 20000]");
    NdArray extreme = Samples.longs(Shape.of(1, 2), 0, Long.MIN_VALUE);
    assertThatThrownBy(() -> Indexing.gather("gather", x, 1, extreme)).hasMessageContaining("at [0, 1]");
    assertThatThrownBy(() -> Indexing.take("take", x, Samples.longs(Long.MAX_VALUE))).hasMessageContaining("at [0]");
    NdArray ints = Samples.of(ElementType.INT32, Shape.of(2), -10, Integer.MAX_VALUE);
    assertThatThrownBy(() -> Indexing.take("take", x, ints)).hasMessageContaining("at [1]");
  }

  @Test
  void rowsAreNamedByIndicesOfAnyShape() {
    NdArray table = Samples.range(3, 2);
    Selection s = Indexing.rows("embedding", table, Samples.longs(Shape.of(2, 1), 2, 0));
    assertThat(s.shape()).isEqualTo(Shape.of(2, 1, 2));
    assertThat(Elements.take(table, s).floats()).containsExactly(4, 5, 0, 1);
    assertThat(Indexing.rows("embedding", table, NdArray.scalar(1L)).shape()).isEqualTo(Shape.of(2));
    assertThatThrownBy(() -> Indexing.rows("embedding", table, Samples.longs(Shape.of(1, 2), 0, 3)))
        .hasMessageContaining("embedding: index 3 at [0, 1] is out of range");
  }
}
