package dev.flambeau.benchmarks.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InputsTest {
  @Test
  void valuesFillTheInterval() {
    float[] values = Inputs.uniform(10_000, 1, 0.5f);
    double sum = 0;
    for (float v : values) {
      assertThat(v).isGreaterThanOrEqualTo(-0.5f).isLessThan(0.5f);
      sum += v;
    }
    assertThat(sum / values.length).isBetween(-0.02, 0.02);
  }

  @Test
  void seedsGiveDifferentValues() {
    assertThat(Inputs.uniform(8, 1, 1)).isEqualTo(Inputs.uniform(8, 1, 1)).isNotEqualTo(Inputs.uniform(8, 2, 1));
  }

  /** rows.py computes these too. */
  @Test
  void theFirstValuesAreAlwaysTheSame() {
    assertThat(Inputs.uniform(3, 1, 1)).containsExactly(-0.36273944f, -0.3522154f, 0.6860235f);
    assertThat(Inputs.integers(8, 2, 10)).containsExactly(0, 1, 7, 1, 6, 7, 4, 4);
  }

  @Test
  void integersStayBelowTheirBound() {
    assertThat(Arrays.stream(Inputs.integers(1000, 2, 10)).boxed()).contains(0L, 9L).allMatch(i -> i >= 0 && i < 10);
  }

  @Test
  void parametersHaveTheSizesThatKeepOutputsNearOne() {
    double squares = 0;
    for (float v : Inputs.parameter(0, false, 64, 3, 7, 7)) squares += v * v / 64;
    assertThat(squares).isBetween(0.9, 1.1);
    for (float v : Inputs.parameter(1, false, 64)) assertThat(v).isBetween(0.875f, 1.125f);
    for (float v : Inputs.parameter(2, true, 64)) assertThat(v).isBetween(-0.125f, 0.125f);
  }
}
