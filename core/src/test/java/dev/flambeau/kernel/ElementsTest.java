package dev.flambeau.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.kernel.Elements.Combine;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ElementsTest {
  @Test
  void positionsOfAStridedViewAreRowMajor() {
    NdArray x = Samples.transposed(Samples.range(2, 3, 4), 0, 2);
    int[] expected = IntStream.range(0, 24).map(x::position).toArray();
    assertThat(Elements.positions(x)).isEqualTo(expected);
  }

  @Test
  void positionsOfOddViews() {
    NdArray x = Samples.range(5);
    assertThat(Elements.positions(x.view(Shape.SCALAR, new int[0], 3))).containsExactly(3);
    assertThat(Elements.positions(x.view(Shape.of(3), new int[] {-2}, 4))).containsExactly(4, 2, 0);
    assertThat(Elements.positions(x.view(Shape.of(2, 2), new int[] {0, 1}, 1))).containsExactly(1, 2, 1, 2);
    assertThat(Elements.positions(x.view(Shape.of(2, 0), new int[] {1, 1}, 0))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void takesAndPutsAllTypes(ElementType type) {
    NdArray x = Samples.random(type, new Random(1), 3, 4);
    NdArray t = Samples.transposed(x, 0, 1);
    NdArray copy = Elements.take(x, Elements.positions(t), t.shape());
    assertThat(copy.isContiguous()).isTrue();
    assertThat(Samples.values(copy)).isEqualTo(Samples.values(t));
    NdArray out = NdArray.allocate(type, t.shape());
    Elements.put(out, at(Elements.positions(out)), t);
    assertThat(Samples.values(out)).isEqualTo(Samples.values(t));
  }

  @Test
  void putsOneElementEverywhere() {
    NdArray out = Samples.range(4);
    Elements.put(out, at(new int[] {0, 2}), NdArray.scalar(9f));
    assertThat(out.floats()).containsExactly(9, 1, 9, 3);
    Elements.put(out, at(new int[] {1, 3, 2}), Samples.floats(5).view(Shape.of(3), new int[] {0}, 0));
    assertThat(out.floats()).containsExactly(9, 5, 5, 5);
    Elements.put(out, at(new int[0]), NdArray.scalar(1f));
    assertThat(out.floats()).containsExactly(9, 5, 5, 5);
  }

  @Test
  void putsAnArrayIntoItself() {
    NdArray x = Samples.range(5);
    Elements.put(x, at(new int[] {1, 2, 3, 4}), x.view(Shape.of(4), new int[] {1}, 0));
    assertThat(x.floats()).containsExactly(0, 0, 1, 2, 3);
  }

  @Test
  void repeatedPositionsAddUp() {
    NdArray out = Samples.range(3);
    Elements.add(out, at(new int[] {2, 0, 2}), Samples.floats(10, 20, 30));
    assertThat(out.floats()).containsExactly(20, 1, 42);
    NdArray bytes = Samples.of(ElementType.UINT8, Shape.of(2), 250, 1);
    Elements.add(bytes, at(new int[] {0, 0}), Samples.of(ElementType.UINT8, Shape.of(2), 5, 7));
    assertThat(Samples.values(bytes)).containsExactly(6, 1);
    NdArray bools = Samples.bools(0, 0);
    Elements.add(bools, at(new int[] {1, 1}), Samples.bools(1, 1));
    assertThat(Samples.values(bools)).containsExactly(0, 1);
    NdArray ints = Samples.of(ElementType.INT32, Shape.of(1), Integer.MAX_VALUE);
    Elements.add(ints, at(new int[] {0}), Samples.of(ElementType.INT32, Shape.of(1), 1));
    assertThat(ints.ints()).containsExactly(Integer.MIN_VALUE);
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void combinesAllTypes(ElementType type) {
    boolean bool = type == ElementType.BOOL;
    NdArray src = bool ? Samples.bools(1, 0, 0) : Samples.of(type, Shape.of(3), 3, 5, 2);
    int[] positions = {0, 0, 2};
    assertThat(combined(Combine.PROD, type, positions, src)).containsExactly(bool ? new double[] {0, 1, 0}
        : new double[] {30, 1, 0});
    assertThat(combined(Combine.MIN, type, positions, src)).containsExactly(bool ? new double[] {0, 1, 0}
        : new double[] {2, 1, 0});
    assertThat(combined(Combine.MAX, type, positions, src)).containsExactly(bool ? new double[] {1, 1, 0}
        : new double[] {5, 1, 2});
  }

  private static Selection at(int... positions) { return Selection.of(Shape.of(positions.length), positions); }

  private static double[] combined(Combine how, ElementType type, int[] positions, NdArray src) {
    NdArray out = Samples.of(type, Shape.of(3), type == ElementType.BOOL ? 1 : 2, 1, 0);
    Elements.combine(how, out, at(positions), src);
    return Samples.values(out);
  }

  @Test
  void extremesPropagateNaN() {
    NdArray out = Samples.floats(1, 2, 3);
    Elements.combine(Combine.MIN, out, at(new int[] {0, 0, 1}), Samples.floats(Double.NaN, 5, 7));
    assertThat(Samples.values(out)).containsExactly(Double.NaN, 2, 3);
  }

  @Test
  void floatSumsAreRoundedAsFloats() {
    Random random = new Random(3);
    float expected = 0;
    NdArray out = Samples.floats(0);
    for (int i = 0; i < 1000; i++) {
      float v = random.nextFloat() * (1 << random.nextInt(20));
      expected += v;
      Elements.add(out, at(new int[] {0}), NdArray.scalar(v));
    }
    assertThat(out.floats()[0]).isEqualTo(expected);
  }

  @Test
  void refusesWrongSources() {
    NdArray out = Samples.range(3);
    assertThatThrownBy(() -> Elements.put(out, at(new int[] {0, 1, 2}), Samples.longs(1, 2, 3)))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("INT64").hasMessageContaining("FLOAT32");
    assertThatThrownBy(() -> Elements.add(out, at(new int[] {0, 1, 2}), Samples.floats(1, 2)))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("3, one per position, got 2");
  }
}
