package dev.flambeau.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static double difference(float[] a, float... b) {
    return Comparison.maxRelativeDifference(FloatBuffer.wrap(a), FloatBuffer.wrap(b));
  }

  @Test
  void equalResultsDoNotDiffer() {
    assertThat(difference(new float[] {1, 0, -3}, 1, 0, -3)).isZero();
    assertThat(difference(new float[] {0, 0}, 0, 0)).isZero();
    assertThat(difference(new float[0])).isZero();
  }

  @Test
  void theLargestDifferenceCountsRelativeToTheValue() {
    assertThat(difference(new float[] {1, 99}, 1, 100)).isCloseTo(0.01, within(1e-9));
    assertThat(difference(new float[] {1, 1}, 1, 2)).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void whatCancelsOutIsJudgedByTheTypicalSize() {
    assertThat(difference(new float[] {1, 1, 1, 1e-6f}, 1, 1, 1, 0)).isLessThan(2e-6);
  }

  @Test
  void aResultThatIsNoNumberIsInfinitelyFarAway() {
    assertThat(difference(new float[] {Float.NaN}, 1)).isInfinite();
    assertThat(difference(new float[] {1}, Float.NaN)).isInfinite();
    assertThat(difference(new float[] {Float.POSITIVE_INFINITY}, Float.POSITIVE_INFINITY)).isInfinite();
  }

  @Test
  void resultsOfDifferentLengthsCannotBeCompared() {
    assertThatIllegalArgumentException().isThrownBy(() -> difference(new float[1], 1, 2))
        .withMessageContaining("1 and 2");
  }
}
