package dev.flambeau.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.kernel.ArgReduce.Extremes;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArgReduceTest {
  @ParameterizedTest
  @EnumSource(ElementType.class)
  void findsTheFirstExtremeAlongEachDimension(ElementType type) {
    Random random = new Random(3);
    for (int[] sizes : new int[][] {{5, 7, 3}, {2, 9, 1100}, {40, 2, 6}}) {
      NdArray x = Samples.random(type, random, sizes);
      for (int dim = 0; dim < 3; dim++) {
        assertExtremes(x, dim);
        assertExtremes(Samples.transposed(x, 0, 1), dim);
        assertExtremes(Samples.transposed(x, 0, 2), dim);
      }
    }
  }

  private static void assertExtremes(NdArray x, int dim) {
    for (boolean max : new boolean[] {true, false}) {
      Extremes found = ArgReduce.minmax(x, dim, max);
      assertThat(found.values().shape()).isEqualTo(x.shape().with(dim, 1));
      assertThat((max ? ArgReduce.argmax(x, dim) : ArgReduce.argmin(x, dim)).longs())
          .isEqualTo(found.indices().longs());
      Lanes lanes = Lanes.of(x, dim);
      double[] values = Samples.values(found.values());
      for (int lane = 0; lane < lanes.count(); lane++) {
        int at = naive(x, lanes, lane, max);
        assertThat(found.indices().longs()[lane]).isEqualTo(at);
        assertThat(values[lane]).isEqualTo((Double) x.doubleAt(lanes.starts()[lane] + at * lanes.stride()));
      }
    }
  }

  private static int naive(NdArray x, Lanes lanes, int lane, boolean max) {
    int at = 0;
    double best = x.doubleAt(lanes.starts()[lane]);
    for (int i = 0; i < lanes.size(); i++) {
      double v = x.doubleAt(lanes.starts()[lane] + i * lanes.stride());
      boolean better = !Double.isNaN(best) && (Double.isNaN(v) || (max ? v > best : v < best));
      if (better) {
        best = v;
        at = i;
      }
    }
    return at;
  }

  @Test
  void infinitiesAndLimitsAreFound() {
    double inf = Double.POSITIVE_INFINITY;
    assertThat(ArgReduce.argmax(Samples.floats(-inf, -inf), 0).longs()).containsExactly(0);
    assertThat(ArgReduce.argmin(Samples.floats(inf, 3, -inf), 0).longs()).containsExactly(2);
    NdArray limits = NdArray.of(new long[] {Long.MAX_VALUE, Long.MIN_VALUE}, ElementType.INT64, Shape.of(2));
    assertThat(ArgReduce.argmin(limits, 0).longs()).containsExactly(1);
    assertThat(ArgReduce.minmax(limits, 0, true).values().longs()).containsExactly(Long.MAX_VALUE);
  }

  @Test
  void numbersAndEmptyArrays() {
    Extremes number = ArgReduce.minmax(NdArray.scalar(3f), 0, true);
    assertThat(number.values().shape()).isEqualTo(Shape.SCALAR);
    assertThat(number.indices().longs()).containsExactly(0);
    assertThat(ArgReduce.argmax(Samples.range(2, 0), 0).shape()).isEqualTo(Shape.of(1, 0));
    assertThatThrownBy(() -> ArgReduce.argmax(Samples.range(2, 0), 1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("argmax: dimension 1 of shape [2, 0] is empty");
  }
}
