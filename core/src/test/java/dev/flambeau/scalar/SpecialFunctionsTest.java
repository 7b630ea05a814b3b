package dev.flambeau.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Against values of 40-digit arithmetic. */
class SpecialFunctionsTest {

  private static void agrees(DoubleUnaryOperator f, double relative, double... pairs) {
    for (int i = 0; i < pairs.length; i += 2) {
      assertThat(f.applyAsDouble(pairs[i])).as("at %s", pairs[i]).isCloseTo(pairs[i + 1],
          within(relative * Math.abs(pairs[i + 1])));
    }
  }

  @Test
  void erf() {
    agrees(SpecialFunctions::erf, 4e-16, 1e-10, 1.1283791670955126e-10, 0.3, 0.3286267594591274, 0.49,
        0.511668261188523, 0.75, 0.7111556336535151,
        0.999, 0.8422852702064969, 1, 0.8427007929497149, 1.5, 0.9661051464753108, 2.5, 0.999593047982555, 40, 1, -40,
        -1);
    assertThat(SpecialFunctions.erf(Double.NaN)).isNaN();
    assertThat(SpecialFunctions.erf(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
  }

  @Test
  void erfc() {
    agrees(SpecialFunctions::erfc, 2e-15, -3, 1.9999779095030015, -0.7, 1.6778011938374184, 0.2, 0.7772974107895215,
        0.6, 0.3961439091520741, 0.9,
        0.20309178757716786, 1.1, 0.11979493042591827, 2, 0.004677734981047266, 3.7, 1.6715105790914599e-07, 5,
        1.537459794428035e-12, 9,
        4.13703174651381e-37, 15, 7.212994172451207e-100, 26, 5.663192408856143e-296);
    assertThat(SpecialFunctions.erfc(Double.POSITIVE_INFINITY)).isZero();
  }

  @Test
  void erfinv() {
    agrees(SpecialFunctions::erfinv, 2e-15, -0.9, -1.1630871536766743, 1e-9, 8.86226925452758e-10, 0.01,
        0.008862501280950598, 0.3,
        0.2724627147267543, 0.5, 0.4769362762044699, 0.7, 0.7328690779592167, 0.99, 1.8213863677184494, 0.999999,
        3.458910737275499, 1 - 0x1p-50,
        5.686128441310391);
    assertThat(SpecialFunctions.erfinv(-1)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(SpecialFunctions.erfinv(1.5)).isNaN();
  }

  @Test
  void lgamma() {
    agrees(SpecialFunctions::lgamma, 4e-15, 1e-8, 18.42068073818021, 0.1, 2.252712651734206, 0.5, 0.5723649429247001,
        0.9, 0.06637623973474295, 1.1,
        -0.049872441259839764, 1.4999, -0.12078588195849393, 1.9, -0.03898427592308336, 2.3, 0.15418945495963046, 3,
        0.6931471805599453, 5.5,
        3.9578139676187165, 9.9, 12.57717990421988, 10, 12.801827480081469, 50.5, 146.51925549072064, 1e5,
        1051287.7089736569, -0.5,
        1.2655121234846454, -2.3, 0.36956666345500805, -7.75, -8.581847763551867);
    assertThat(SpecialFunctions.lgamma(-3)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(SpecialFunctions.lgamma(0)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(SpecialFunctions.lgamma(1)).isZero();
  }

  @Test
  void digamma() {
    agrees(SpecialFunctions::digamma, 2e-15, 1e-4, -10000.577051183514, 0.1, -10.423754940411076, 0.5,
        -1.9635100260214235, 1, -0.5772156649015329,
        2, 0.42278433509846713, 3.3, 1.0348224890596216, 9.5, 2.1977378764029494, 10, 2.251752589066721, 100,
        4.600161852738087, -1.7,
        -1.4857174995110567, -10.25, 5.516858419886273);
    assertThat(SpecialFunctions.digamma(-0.5)).isCloseTo(0.03648997397857652, within(1e-14));
    assertThat(SpecialFunctions.digamma(0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(SpecialFunctions.digamma(-2)).isNaN();
  }

  @Test
  void powersAndRemainders() {
    assertThat(SpecialFunctions.pow(-1, Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(SpecialFunctions.log2(0x1p-30)).isEqualTo(-30);
    assertThat(SpecialFunctions.exp2(-30)).isEqualTo(0x1p-30);
    assertThat(SpecialFunctions.remainder(5.5, -2)).isEqualTo(-0.5);
    assertThat(SpecialFunctions.floorDiv(6, 0.1)).isEqualTo(59);
    assertThat(SpecialFunctions.asinh(-1e-9)).isEqualTo(-1e-9);
    agrees(SpecialFunctions::acosh, 1e-15, 1.5, 0.9624236501192069, 1e10, 23.718998110500402);
    agrees(SpecialFunctions::atanh, 1e-15, -0.5, -0.5493061443340549);
  }
}
