package dev.flambeau.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScalarTest {
  private static final Scalar X = Scalar.arg(0);
  private static final Scalar Y = Scalar.arg(1);
  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;

  private static final Scalar GELU = X.mul(X.div(Math.sqrt(2)).erf().add(1).mul(0.5));

  @Test
  void equalFormulasAreOneObject() {
    assertThat(X.add(Y).mul(2)).isSameAs(Scalar.arg(0).add(Scalar.arg(1)).mul(2));
    assertThat(X.add(0.0)).isNotEqualTo(X.add(-0.0));
  }

  @Test
  void printsWithAsFewParenthesesAsPossible() {
    assertThat(X.mul(Scalar.constant(1).add(X.div(Math.sqrt(2)).erf())).mul(0.5))
        .hasToString("x0 * (1 + erf(x0 / 1.4142135623730951)) * 0.5");
    assertThat(X.sub(Y.sub(1)).neg().pow(Y)).hasToString("pow(-(x0 - (x1 - 1)), x1)");
    assertThat(X.gt(0).select(X, Y.max(2))).hasToString("select(x0 > 0, x0, max(x1, 2))");
  }

  @Test
  void evaluates() {
    assertThat(X.sub(Y).abs().evaluate(2, 5)).isEqualTo(3);
    assertThat(X.rem(Y).evaluate(-7, 3)).isEqualTo(2);
    assertThat(X.fmod(Y).evaluate(-7, 3)).isEqualTo(-1);
    assertThat(X.floorDiv(Y).evaluate(-7, 3)).isEqualTo(-3);
    assertThat(X.max(Y).evaluate(NAN, 3)).isNaN();
    assertThat(X.round().evaluate(2.5)).isEqualTo(2);
    assertThat(X.lt(Y).and(Y.ne(2)).or(X.isNan()).not().evaluate(1, 2)).isEqualTo(1);
    assertThat(X.bitXor(Y).shiftLeft(Scalar.constant(2)).evaluate(5, 3)).isEqualTo(24);
    assertThat(X.pow(Y).evaluate(1, NAN)).isEqualTo(1);
    assertThatThrownBy(() -> X.add(Y).evaluate(1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 arguments");
  }

  @Test
  void knowsItsArguments() {
    assertThat(X.add(3).arity()).isEqualTo(1);
    assertThat(Scalar.constant(3).arity()).isZero();
    assertThat(Y.exp().uses(0)).isFalse();
    assertThat(Y.exp().uses(1)).isTrue();
    assertThat(X.sub(Y).substitute(Y, X.exp())).isSameAs(Y.sub(X.exp()));
  }

  @Test
  void simplifies() {
    assertThat(X.add(0).mul(1).neg().neg().simplify()).isSameAs(X);
    assertThat(X.mul(0).add(Y).simplify()).isSameAs(Y);
    assertThat(Scalar.constant(2).mul(3).add(X.mul(Scalar.constant(0))).simplify()).isSameAs(Scalar.constant(6));
    assertThat(Y.mul(X.gt(0).select(1, 0)).simplify()).isSameAs(X.gt(0).select(Y, 0));
    assertThat(X.pow(Scalar.constant(2)).simplify()).isSameAs(X.mul(X));
    assertThat(X.pow(0.5)).isSameAs(X.sqrt());
  }

  @Test
  void reluTakesNoInfinityThroughItsClosedSide() {
    Scalar slope = Y.mul(X.gt(0).select(X, 0).derivative(0)).simplify();
    assertThat(slope.evaluate(-1, INF)).isZero();
    assertThat(slope.evaluate(1, INF)).isEqualTo(INF);
  }

  @Test
  void derivativesAgreeWithDifferences() {
    List<Scalar> formulas = List.of(X.neg(), X.abs(), X.sqrt(), X.rsqrt(), X.reciprocal(), X.square(), X.exp(),
        X.exp2(), X.expm1(), X.log(),
        X.log2(), X.log10(), X.log1p(), X.sin(), X.cos(), X.tan(), X.asin(), X.acos(), X.atan(), X.sinh(), X.cosh(),
        X.tanh(), X.asinh(),
        X.add(1).acosh(), X.atanh(), X.erf(), X.erfc(), X.erfinv(), X.lgamma(), X.sigmoid(), X.add(Y), X.sub(Y),
        X.mul(Y), X.div(Y), X.pow(Y),
        X.pow(2.5), X.atan2(Y), X.min(Y), X.max(Y), X.rem(Y), X.fmod(Y), GELU, X.gt(Y).select(X.mul(Y), X.add(Y)),
        X.add(1).log().mul(Y.exp()));
    for (Scalar f : formulas) {
      for (double[] at : new double[][] {{0.3, 0.7}, {0.8, 0.45}}) {
        for (int i = 0; i < f.arity(); i++) {
          double h = 1e-6;
          double[] up = at.clone();
          double[] down = at.clone();
          up[i] += h;
          down[i] -= h;
          double difference = (f.evaluate(up) - f.evaluate(down)) / (2 * h);
          assertThat(f.derivative(i).evaluate(at)).as("∂(%s)/∂x%s", f, i).isCloseTo(difference,
              within(1e-6 * (1 + Math.abs(difference))));
        }
      }
    }
  }

  @Test
  void derivativesFollowPyTorchWhereThereIsNone() {
    assertThat(X.abs().derivative(0).evaluate(0)).isZero();
    assertThat(X.floor().derivative(0)).isEqualTo(Scalar.constant(0));
    assertThat(X.max(Y).derivative(0).evaluate(2, 2)).isEqualTo(0.5);
    assertThat(X.max(Y).derivative(1).evaluate(NAN, 2)).isEqualTo(1);
    assertThat(X.min(Y).derivative(1).evaluate(2, 2)).isEqualTo(0.5);
    assertThat(X.sqrt().derivative(0).evaluate(0)).isEqualTo(INF);
    assertThat(X.rsqrt().derivative(0).evaluate(0)).isEqualTo(-INF);
    assertThat(X.log().derivative(0).evaluate(0)).isEqualTo(INF);
    assertThat(X.pow(Y).derivative(0).evaluate(0, 0)).isZero();
    assertThat(X.pow(0).derivative(0).evaluate(0)).isZero();
    assertThat(X.pow(Y).derivative(1).evaluate(0, -1)).isEqualTo(-INF);
    assertThat(X.pow(Y).derivative(1).evaluate(0, 2)).isZero();
    assertThat(X.pow(Y).derivative(1).evaluate(-1, 2)).isNaN();
    assertThat(X.atan2(Y).derivative(0).evaluate(0, 0)).isZero();
    assertThat(X.asin().derivative(0).evaluate(1)).isEqualTo(INF);
    assertThat(X.acos().derivative(0).evaluate(1)).isEqualTo(-INF);
    assertThat(X.div(Y).derivative(0).evaluate(0, 0)).isEqualTo(INF);
    assertThat(X.div(Y).derivative(1).evaluate(0, 0)).isNaN();
    assertThat(X.gt(0).select(X.log(), 0).derivative(0).evaluate(0)).isZero();
  }

  @Test
  void tellsWhatHasNoDerivative() {
    assertThatThrownBy(() -> X.bitAnd(Y).derivative(0)).isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("integers");
    assertThat(X.bitAnd(Y).exp().derivative(2)).isEqualTo(Scalar.constant(0));
  }

  @Test
  void higherDerivativesStaySmall() {
    Scalar slope = GELU;
    for (int order = 0; order < 4; order++) slope = slope.derivative(0);
    assertThat(Dag.parts(slope)).hasSizeLessThan(200);
    // φ⁽³⁾(x) + 2 φ⁗-like terms: x φ″′ + 4 φ″ with φ the normal density
    double x = 0.7;
    double density = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    double expected = density * (x * (3 * x - x * x * x) + 4 * (x * x - 1));
    assertThat(slope.evaluate(x)).isCloseTo(expected, within(1e-12));
  }

  @Test
  void chainsOfAThousandPartsAreNoTrouble() {
    Scalar s = X;
    for (int i = 0; i < 10_000; i++) s = s.add(s).mul(0.5);
    assertThat(s.evaluate(3)).isEqualTo(3);
    assertThat(s.derivative(0).evaluate(3)).isEqualTo(1);
    assertThat(s.hashCode()).isEqualTo(s.hashCode());
  }
}
