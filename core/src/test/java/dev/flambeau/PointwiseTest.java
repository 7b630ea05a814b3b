package dev.flambeau;

import static dev.flambeau.Torch.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.flambeau.nn.Functional;
import dev.flambeau.nn.LossReduction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PointwiseTest {
  @Test
  void integerDivisionByZeroChangesNothing() {
    Tensor x = tensor(7, 8, 9);
    Tensor zero = tensor(2, 0, 3);
    for (UnaryOperator<Tensor> divide : Stream
        .<UnaryOperator<Tensor>>of(a -> a.floorDivide_(zero), a -> a.remainder_(zero), a -> a.fmod_(zero),
            a -> a.div_(zero, RoundingMode.TRUNC), a -> a.remainder_(0))
        .toList()) {
      assertThatIllegalArgumentException().isThrownBy(() -> divide.apply(x)).withMessageContaining("division by zero");
    }
    assertThat(x.toLongArray()).containsExactly(7, 8, 9);
    assertThat(tensor(1., -1.).floorDivide(0.).toDoubleArray()).containsExactly(Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY);
  }

  @Test
  void numbersWithoutAMeaningAreRefused() {
    Tensor x = tensor(-1., 1.);
    for (UnaryOperator<Tensor> f : Stream.<UnaryOperator<Tensor>>of(a -> a.hardtanh(2, 1), a -> a.hardtanh_(2, 1),
        a -> a.celu(0), a -> a.celu_(0), a -> a.softshrink(-1), a -> a.softshrink(Double.NaN)).toList()) {
      assertThatIllegalArgumentException().isThrownBy(() -> f.apply(x)).withMessageContaining("expected");
    }
    assertThat(x.toDoubleArray()).containsExactly(-1, 1);
  }

  @Test
  void realResultsDoNotFitIntegersInPlace() {
    Tensor x = tensor(1, 2);
    assertThatIllegalArgumentException().isThrownBy(() -> x.div_(2)).withMessageContaining("int64");
    assertThatIllegalArgumentException().isThrownBy(x::sqrt_);
    assertThatIllegalArgumentException().isThrownBy(() -> x.add_(tensor(1, 2, 3))).withMessageContaining("[2] and [3]");
    assertThat(x.toLongArray()).containsExactly(1, 2);
    assertThat(x.version()).isZero();
  }

  @Test
  void integersHaveNoNegativePowers() {
    assertThat(tensor(2, 3).pow(3).toLongArray()).containsExactly(8, 27);
    assertThatIllegalArgumentException().isThrownBy(() -> tensor(2, 3).pow(-1)).withMessageContaining("pow(-1.0)");
    assertThat(tensor(2, 4).pow(-1.0).toDoubleArray()).containsExactly(0.5, 0.25);
  }

  @Test
  void roundsToDecimals() {
    assertThat(tensor(1.25, -0.375, 1234.5).to(DType.FLOAT64).round(2).toDoubleArray()).containsExactly(1.25, -0.38,
        1234.5);
    assertThat(tensor(1250., 1350.).round(-2).toDoubleArray()).containsExactly(1200, 1400);
  }

  @Test
  void clampTakesOneBoundOrBoth() {
    Tensor x = tensor(-2., 0., 2.).requiresGrad_();
    Tensor y = x.clamp(null, tensor(1.));
    assertThat(y.toDoubleArray()).containsExactly(-2, 0, 1);
    assertThat(String.valueOf(y.gradFn())).startsWith("<ClampBackward0 ");
    y.sum().backward();
    assertThat(x.grad()).isNotNull();
    assertThatIllegalArgumentException().isThrownBy(() -> x.clamp(null, null));
  }

  @Test
  void operandsOfWrongKindAreRefused() {
    Tensor truth = tensor(true, false);
    assertThatIllegalArgumentException().isThrownBy(() -> truth.sub(truth)).withMessageContaining("logicalXor");
    assertThatIllegalArgumentException().isThrownBy(() -> tensor(1., 2.).bitwiseAnd(1))
        .withMessageContaining("float32");
    assertThatIllegalArgumentException().isThrownBy(() -> tensor(1., 2.).where(tensor(1, 0), tensor(0.)))
        .withMessageContaining("ne(0)");
    assertThatIllegalArgumentException().isThrownBy(() -> tensor(1., 2.).lerp(tensor(1, 2), 0.5));
    assertThatIllegalArgumentException().isThrownBy(() -> tensor(1., 2., 3.).glu(0)).withMessageContaining("halves");
    assertThatIllegalArgumentException().isThrownBy(() -> tensor(1., 2.).prelu(tensor(1., 2., 3.).view(3, 1)).sum());
  }

  static Stream<UnaryOperator<Tensor>> functionsThatKeepTheirResult() {
    return Stream.of(Tensor::exp, Tensor::sqrt, Tensor::rsqrt, Tensor::reciprocal, Tensor::tanh, Tensor::sigmoid,
        Tensor::relu, Tensor::expm1,
        Tensor::exp2, Tensor::tan);
  }

  @ParameterizedTest
  @MethodSource("functionsThatKeepTheirResult")
  void resultIsKeptInsteadOfInput(UnaryOperator<Tensor> f) {
    Tensor x = tensor(0.5, 1.5).requiresGrad_();
    Tensor input = x.mul(1);
    Tensor y = f.apply(input);
    input.zero_();
    assertThatNoException().isThrownBy(() -> y.sum().backward());
    Tensor changed = f.apply(x);
    changed.add_(1);
    assertThatIllegalStateException().isThrownBy(() -> changed.sum().backward());
  }

  static Stream<UnaryOperator<Tensor>> functionsThatKeepNothing() {
    return Stream.of(x -> x.add(x), x -> x.sub(2), Tensor::neg, x -> x.mul(3), x -> x.div(4), Tensor::floor,
        x -> x.add(x, 2), Tensor::frac,
        x -> x.rsub(1), Tensor::deg2rad);
  }

  @ParameterizedTest
  @MethodSource("functionsThatKeepNothing")
  void linearFunctionsKeepNoTensor(UnaryOperator<Tensor> f) {
    Tensor x = tensor(0.5, 1.5).requiresGrad_();
    Tensor input = x.mul(1);
    Tensor y = f.apply(input);
    input.zero_();
    y.zero_();
    assertThatNoException().isThrownBy(() -> f.apply(x).sum().backward());
    Tensor z = f.apply(input);
    input.zero_();
    assertThatNoException().isThrownBy(() -> z.sum().backward());
  }

  @Test
  void productKeepsOnlyTheOtherOperand() {
    Tensor a = tensor(1., 2.).requiresGrad_();
    Tensor b = tensor(3., 4.);
    Tensor y = a.mul(1).mul(b);
    Tensor frozen = b.clone();
    Tensor left = a.mul(2);
    Tensor z = left.mul(frozen);
    left.zero_();
    assertThatNoException().isThrownBy(() -> z.sum().backward());
    b.zero_();
    assertThatIllegalStateException().isThrownBy(() -> y.sum().backward());
  }

  @Test
  void stepsHaveZeroGradients() {
    Tensor x = tensor(0.5, 1.5).requiresGrad_();
    x.floor().sum().backward();
    Tensor grad = x.grad();
    assertThat(grad).isNotNull();
    assertThat(grad.toDoubleArray()).containsExactly(0, 0);
  }

  @Test
  void classesOutOfRangeAreNamed() {
    Tensor scores = Torch.zeros(2, 3);
    assertThatIllegalArgumentException().isThrownBy(() -> Functional.nllLoss(scores, tensor(0, 3)))
        .withMessageContaining("class 3").withMessageContaining("0 … 2");
    assertThatIllegalArgumentException().isThrownBy(() -> Functional.nllLoss(scores, tensor(0, 1, 2)))
        .withMessageContaining("[2, 3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Functional.crossEntropy(scores, tensor(0, 1), null, -100, LossReduction.MEAN, 1.5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Functional.binaryCrossEntropy(tensor(0.5, 1.5), tensor(0., 1.)))
        .withMessageContaining("WithLogits");
  }

  @Test
  void fusedLossesEqualTheirReferences() {
    Tensor x = Torch.randn(DType.FLOAT64, 5, 3);
    Tensor t = Torch.randn(DType.FLOAT64, 5, 3);
    Fused mse = new Losses.Reduced(new Losses.MseLoss(), true);
    assertThat(Op.apply(mse, x, t).allclose(mse.reference(x, t))).isTrue();
    Tensor classes = tensor(0, 2, 1, 2, 0);
    Tensor weight = Torch.rand(DType.FLOAT64, 3);
    for (Losses.How how : Losses.How.values()) {
      Fused nll = new Losses.NllLoss(how, 1, true, false);
      assertThat(Op.apply(nll, x, classes, weight).allclose(nll.reference(x, classes, weight))).isTrue();
    }
    Fused glu = new Activations.Glu(0);
    assertThat(Op.apply(glu, x.slice(0, 0, 4)).allclose(glu.reference(x.slice(0, 0, 4)))).isTrue();
  }

  @Test
  void dropoutScalesWhatItKeeps() {
    Torch.manualSeed(1);
    Tensor x = Torch.ones(1000).requiresGrad_();
    Tensor y = Functional.dropout(x, 0.25, true);
    assertThat(y.toDoubleArray()).containsOnly(0, (double) (1 / 0.75f));
    assertThat(y.ne(0).to(DType.FLOAT32).mean().item()).isBetween(0.7, 0.8);
    assertThat(Functional.dropout(x, 0.25, false)).isSameAs(x);
    assertThat(Functional.dropout(x, 1, true).toDoubleArray()).containsOnly(0);
    assertThatIllegalArgumentException().isThrownBy(() -> Functional.dropout(x, 1.5, true));
  }
}
