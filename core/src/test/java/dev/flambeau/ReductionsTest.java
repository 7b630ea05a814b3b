package dev.flambeau;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ReductionsTest {
  private static double[] gradient(UnaryOperator<Tensor> f, double... x) {
    Tensor in = Torch.fromArray(x).requiresGrad_();
    f.apply(in).sum().backward();
    return requireNonNull(in.grad()).toDoubleArray();
  }

  @Test
  void productsHaveGradientsAtZeros() {
    assertThat(gradient(Tensor::prod, 2, 0, 3)).containsExactly(0, 6, 0);
    assertThat(gradient(Tensor::prod, 2, 0, 3, 0)).containsExactly(0, 0, 0, 0);
    assertThat(gradient(x -> x.cumprod(0), 2, 0, 3, 5)).containsExactly(1, 2 * (1 + 3 + 15), 0, 0);
    assertThat(gradient(x -> x.cumprod(0), 2, 0, 3, 0, 7)).containsExactly(1, 2 * (1 + 3), 0, 0, 0);
  }

  @Test
  void productsOfZerosHaveSecondDerivatives() {
    Tensor x = Torch.tensor(2., 0, 3, 0).requiresGrad_();
    Autograd.gradgradcheck(in -> new Tensor[] {in[0].prod()}, x.to(DType.FLOAT64).detach().requiresGrad_());
    Autograd.gradgradcheck(in -> new Tensor[] {in[0].cumprod(0)}, x.to(DType.FLOAT64).detach().requiresGrad_());
  }

  @Test
  void tiesShareOverAllAndGoToTheFirstIndexAlongADimension() {
    assertThat(gradient(Tensor::max, 1, 3, 3, 3)).containsExactly(0, 1. / 3, 1. / 3, 1. / 3);
    assertThat(gradient(x -> x.amax(0), 1, 3, 3)).containsExactly(0, .5, .5);
    assertThat(gradient(x -> x.max(0).values(), 1, 3, 3)).containsExactly(0, 1, 0);
    assertThat(gradient(x -> x.cummax(0).values(), 3, 3, 1)).containsExactly(1, 2, 0);
  }

  @Test
  void aNaNTakesTheGradientOfAnExtremeOverAll() {
    assertThat(gradient(Tensor::max, 1, Double.NaN, Double.NaN)).containsExactly(0, .5, .5);
    assertThat(gradient(x -> x.amax(0), 1, Double.NaN)).containsExactly(Double.NaN, Double.NaN);
  }

  @Test
  void normsHaveZeroGradientsAtZero() {
    for (double p : new double[] {0.5, 1, 1.5, 2, 3, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      assertThat(gradient(x -> x.norm(p), 0, 0)).as("order %s", p).containsExactly(0, 0);
    }
    assertThat(gradient(x -> x.norm(Double.POSITIVE_INFINITY), -2, 1, 2)).containsExactly(-.5, 0, .5);
  }

  @Test
  void deviationsOfEqualValuesHaveZeroGradientsAndOfOneValueNone() {
    assertThat(gradient(Tensor::std, 4, 4)).containsExactly(0, 0);
    assertThat(gradient(Tensor::std, 4)).containsExactly(Double.NaN);
  }

  @Test
  void extremesOfNothingAreRefused() {
    Tensor x = Torch.ones(0, 3);
    assertThatThrownBy(x::max).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("[0, 3]");
    assertThatThrownBy(() -> x.amax(0)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("[0, 3]");
    assertThatThrownBy(() -> x.argmin(0)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("[0, 3]");
    assertThat(x.amax(1).shape()).containsExactly(0);
  }

  @Test
  void nothingSumsToZeroMultipliesToOneAndHoldsForAll() {
    Tensor x = Torch.ones(2, 0);
    assertThat(x.sum(1).toDoubleArray()).containsExactly(0, 0);
    assertThat(x.prod(1).toDoubleArray()).containsExactly(1, 1);
    assertThat(x.all(1).toBooleanArray()).containsExactly(true, true);
    assertThat(x.any(1).toBooleanArray()).containsExactly(false, false);
    assertThat(x.mean(1).toDoubleArray()).containsExactly(Double.NaN, Double.NaN);
  }

  @Test
  void meansOfIntegersAreRefused() {
    assertThatThrownBy(() -> Torch.tensor(1, 2).mean()).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("int64");
  }

  @Test
  void softmaxStandsExtremeValues() {
    Tensor x = Torch.tensor(1000, 0, Double.NEGATIVE_INFINITY).to(DType.FLOAT32);
    assertThat(x.softmax(0).toDoubleArray()).containsExactly(1, 0, 0);
    assertThat(x.logSoftmax(0).toDoubleArray()).containsExactly(0, -1000, Double.NEGATIVE_INFINITY);
    assertThat(Torch.tensor(1., Double.NaN).softmax(0).toDoubleArray()).containsOnly(Double.NaN);
    assertThat(x.logsumexp(0).item()).isEqualTo(1000);
  }

  @Test
  void fusedOperationsAgreeWithTheirReferences() {
    Tensor x = Torch.arange(24).to(DType.FLOAT64).sin().view(2, 3, 4);
    Tensor g = x.cos();
    for (int dim = 0; dim < 3; dim++) {
      Over over = Over.dim("softmax", dim, true, x);
      for (Fused op : new Fused[] {new Softmaxes.Softmax(over), new Softmaxes.LogSoftmax(over)}) agree(op, x);
      for (Fused op : new Fused[] {new Softmaxes.SoftmaxBackward(over), new Softmaxes.LogSoftmaxBackward(over)})
        agree(op, x, g);
    }
  }

  private static void agree(Fused op, Tensor... x) {
    assertThat(Op.apply(op, x).toDoubleArray()).as("%s", op).containsExactly(op.reference(x).toDoubleArray(),
        within(1e-14));
  }

  @Test
  void cumulativeExtremesTakeTheLastOfEquals() {
    ValuesAndIndices found = Torch.tensor(1., 1, 0, Double.NaN, 5).cummax(0);
    assertThat(found.values().toDoubleArray()).containsExactly(1, 1, 1, Double.NaN, Double.NaN);
    assertThat(found.indices().toLongArray()).containsExactly(0, 1, 1, 3, 3);
  }
}
