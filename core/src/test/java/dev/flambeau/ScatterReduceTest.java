package dev.flambeau;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that meet at places; the expected numbers are PyTorch's, except that x shares no ties (the last gradients) where it does not count. */
class ScatterReduceTest {
  private static final Tensor INDEX = Torch.tensor(0L, 0, 1, 3, 3, 3, 2);

  private static double[] numbers(String words) {
    return List.of(words.split(" ")).stream().mapToDouble(Double::parseDouble).toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "sum, true, 4 4 4 5.5, 1 2 3 4, 1 1 2 4 4 4 3",
    "sum, false, 3 4 2 5, 0 0 0 0, 1 1 2 4 4 4 3",
    "prod, true, 0 0 4 0, 0 8 6 0, 0 3 0 0 0 0 6",
    "prod, false, 0 4 2 0, 0 0 0 0, 0 3 2 0 0 0 3",
    "mean, true, 1.3333333333333333 2 2 1.375, 0.3333333333333333 1 1.5 1, 0.3333333333333333 0.3333333333333333 1 1 1 1 1.5",
    "mean, false, 1.5 4 2 1.6666666666666667, 0 0 0 0, 0.5 0.5 2 1.3333333333333333 1.3333333333333333 1.3333333333333333 3",
    "amax, true, 3 4 2 5, 0 0 1.5 0, 1 0 2 4 0 0 1.5",
    "amax, false, 3 4 2 5, 0 0 0 0, 1 0 2 4 0 0 3",
    "amin, true, 0 0 2 0, 0 2 1.5 0, 0 1 0 0 2 2 1.5",
    "amin, false, 0 4 2 0, 0 0 0 0, 0 1 2 0 2 2 3"}) void valuesAndGradientsAreThoseOfPyTorch(String reduce,
        boolean includeSelf, String values, String dx, String dv) {
    Tensor x = Torch.tensor(1, 0, 2, 0.5).to(DType.FLOAT64).requiresGrad_();
    Tensor v = Torch.tensor(3.0, 0, 4, 5, 0, 0, 2).to(DType.FLOAT64).requiresGrad_();
    Tensor y = x.scatterReduce(0, INDEX, v, reduce, includeSelf);
    assertThat(y.toDoubleArray()).containsExactly(numbers(values), within(1e-12));
    y.mul(Torch.tensor(1.0, 2, 3, 4)).sum().backward();
    assertThat(x.grad().toDoubleArray()).containsExactly(numbers(dx), within(1e-12));
    assertThat(v.grad().toDoubleArray()).containsExactly(numbers(dv), within(1e-12));
    assertThat(y.gradFn().name()).isEqualTo("ScatterReduceBackward0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sum", "prod", "mean", "amax", "amin"})
  void gradientsAgreeWithFiniteDifferences(String reduce) {
    Tensor x = Torch.tensor(1.2, -0.7, 2.1, 0.4).to(DType.FLOAT64).requiresGrad_();
    Tensor v = Torch.tensor(3.1, -1.4, 4.2, 5.3, 0.8, -2.2, 2.7).to(DType.FLOAT64).requiresGrad_();
    for (boolean includeSelf : new boolean[] {true, false}) {
      assertThat(Autograd.gradcheck(in -> in[0].scatterReduce(0, INDEX, in[1], reduce, includeSelf), x, v)).isTrue();
      assertThat(Autograd.gradgradcheck(in -> in[0].scatterReduce(0, INDEX, in[1], reduce, includeSelf), x, v))
          .isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 5, 2", "-2, -5, -3"})
  void meansOfIntegersAreRoundedDown(long a, long b, long mean) {
    assertThat(Torch.tensor(0L, 1, 2).scatterReduce(0, Torch.tensor(0L, 0), Torch.tensor(a, b), "mean").toLongArray())
        .containsExactly(mean, 1, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"max", "SUM", ""})
  void refusesOtherWaysToCombine(String reduce) {
    Tensor x = Torch.zeros(2);
    assertThatThrownBy(() -> x.scatterReduce(0, Torch.tensor(0L), x, reduce))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("amin");
  }
}
