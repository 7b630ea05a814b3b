package dev.flambeau.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StatisticsTest {
  @Test
  void theMedianIsTheMiddleOrTheMeanOfTheTwoMiddleValues() {
    assertThat(Statistics.median(new double[] {5})).isEqualTo(5);
    assertThat(Statistics.median(new double[] {9, 1, 2})).isEqualTo(2);
    assertThat(Statistics.median(new double[] {4, 100, 1, 2})).isEqualTo(3);
  }

  @Test
  void quantilesLieBetweenNeighbours() {
    double[] sample = {40, 10, 30, 20, 50};
    assertThat(Statistics.quantile(sample, 0)).isEqualTo(10);
    assertThat(Statistics.quantile(sample, 0.25)).isEqualTo(20);
    assertThat(Statistics.quantile(sample, 0.875)).isEqualTo(45);
    assertThat(Statistics.quantile(sample, 1)).isEqualTo(50);
    assertThat(sample).containsExactly(40, 10, 30, 20, 50);
  }

  @Test
  void anEmptySampleHasNoQuantiles() {
    assertThatIllegalArgumentException().isThrownBy(() -> Statistics.median(new double[0]));
  }

  @Test
  void theSpreadIsTheMiddleHalfRelativeToTheMedian() {
    assertThat(Statistics.spread(new double[] {10, 20, 30, 40, 50})).isEqualTo(20.0 / 30);
    assertThat(Statistics.spread(new double[] {7, 7, 7, 7, 1000})).isZero();
  }

  @Test
  void theGeometricMeanOfAFactorAndItsInverseIsOne() {
    assertThat(Statistics.geometricMean(new double[] {4, 0.25})).isCloseTo(1, within(1e-15));
    assertThat(Statistics.geometricMean(new double[] {2, 8})).isCloseTo(4, within(1e-15));
  }
}
