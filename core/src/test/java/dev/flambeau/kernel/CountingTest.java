package dev.flambeau.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import org.junit.jupiter.api.Test;

class CountingTest {
  private static final NdArray X = Samples.longs(1, 3, 1);

  @Test
  void countsEachInteger() {
    assertThat(Counting.bincount(X, null, 0).longs()).containsExactly(0, 2, 0, 1);
    assertThat(Counting.bincount(X, null, 6).longs()).containsExactly(0, 2, 0, 1, 0, 0);
    NdArray bytes = Samples.of(ElementType.UINT8, Shape.of(2), 200, 200);
    assertThat(Counting.bincount(bytes, null, 0).longs()).hasSize(201).endsWith(2);
    assertThat(Counting.bincount(Samples.longs(), null, 2).longs()).containsExactly(0, 0);
  }

  @Test
  void sumsWeights() {
    assertThat(Counting.bincount(X, Samples.floats(0.5, 1, 0.25), 0).floats()).containsExactly(0, 0.75f, 0, 1);
    assertThat(Counting.bincount(X, Samples.longs(5, 1, 5), 0).doubles()).containsExactly(0, 10, 0, 1);
  }

  @Test
  void refusesWhatCannotBeCounted() {
    assertRefused(() -> Counting.bincount(Samples.longs(1, -1), null, 0), "got -1 at [1]");
    assertRefused(() -> Counting.bincount(Samples.range(3), null, 0), "FLOAT32[3]");
    assertRefused(() -> Counting.bincount(X, Samples.floats(1), 0), "[3]", "[1]");
    assertRefused(() -> Counting.bincount(X, null, -1), "minimum length");
  }

  private static void assertRefused(Runnable call, String... parts) {
    assertThatThrownBy(call::run).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(parts);
  }
}
