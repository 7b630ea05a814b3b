package dev.flambeau.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void timesHaveThreeDigitsAndAUnit() {
    assertThat(Figures.time(0)).isEqualTo("0 ns");
    assertThat(Figures.time(7.126)).isEqualTo("7.13 ns");
    assertThat(Figures.time(999.4)).isEqualTo("999 ns");
    assertThat(Figures.time(999.6)).isEqualTo("1.00 µs");
    assertThat(Figures.time(31_460)).isEqualTo("31.5 µs");
    assertThat(Figures.time(329e6)).isEqualTo("329 ms");
    assertThat(Figures.time(5e12)).isEqualTo("5000 s");
    assertThat(Figures.time(9.996)).isEqualTo("10.0 ns");
  }

  @Test
  void sizesAreDecimal() {
    assertThat(Figures.bytes(192)).isEqualTo("192 B");
    assertThat(Figures.bytes(4_194_304)).isEqualTo("4.19 MB");
  }

  @Test
  void whatIsUnknownIsADash() {
    assertThat(Figures.time(Double.NaN)).isEqualTo("-");
    assertThat(Figures.bytes(Double.NaN)).isEqualTo("-");
    assertThat(Figures.ratio(Double.NaN)).isEqualTo("-");
    assertThat(Figures.percent(Double.NaN)).isEqualTo("-");
    assertThat(Figures.difference(Double.NaN)).isEqualTo("-");
  }

  @Test
  void ratiosHaveTwoDecimals() {
    assertThat(Figures.ratio(1.836)).isEqualTo("1.84×");
    assertThat(Figures.ratio(12)).isEqualTo("12.00×");
    assertThat(Figures.plain(0.5)).isEqualTo("0.50");
    assertThat(Figures.goal(30)).isEqualTo("≥ 30");
    assertThat(Figures.goal(1.7)).isEqualTo("≥ 1.7");
  }

  @Test
  void differencesHaveOneDigit() {
    assertThat(Figures.difference(0)).isEqualTo("0");
    assertThat(Figures.difference(3.4e-7)).isEqualTo("3e-07");
  }
}
