package dev.flambeau;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixProductsTest {
  private static Tensor random(Random random, long... shape) {
    int n = 1;
    for (long size : shape) n *= Math.toIntExact(size);
    double[] values = new double[n];
    for (int i = 0; i < n; i++) values[i] = random.nextInt(-8, 9);
    return Torch.fromArray(values).view(shape);
  }

  /** Σ a · b over the inner dimension, element by element. */
  private static Tensor slow(Tensor a, Tensor b) { return a.unsqueeze(-1).mul(b.unsqueeze(-3)).sum(-2); }

  @ParameterizedTest
  @CsvSource({"1,1,5,33,65", "3,3,40,7,9", "1,6,2,3,4", "6,1,17,70,3", "2,2,1,300,1", "70,70,8,8,8"})
  void aBatchIsMultipliedPairByPairAndBroadcast(int batchA, int batchB, int m, int k, int n) {
    Random random = new Random(m);
    Tensor a = random(random, batchA, m, k);
    Tensor b = random(random, batchB, k, n);
    assertThat(a.matmul(b).toDoubleArray()).isEqualTo(slow(a, b).toDoubleArray());
    Tensor bTurned = random(random, batchB, n, k).transpose(1, 2);
    assertThat(a.matmul(bTurned).toDoubleArray()).isEqualTo(slow(a, bTurned).toDoubleArray());
    Tensor aTurned = random(random, batchA, k, m).transpose(1, 2);
    assertThat(aTurned.matmul(b.select(0, 0)).toDoubleArray())
        .isEqualTo(slow(aTurned, b.select(0, 0).unsqueeze(0)).toDoubleArray());
  }

  @ParameterizedTest
  @CsvSource({"INT64", "INT32", "UINT8"})
  void integersAreMultipliedAndWrap(DType dtype) {
    Tensor a = Torch.tensor(new long[][] {{1, 2}, {100, 4}}).to(dtype);
    Tensor b = Torch.tensor(new long[][] {{5, 6}, {7, 8}}).to(dtype);
    Tensor y = a.mm(b);
    assertThat(y.dtype()).isEqualTo(dtype);
    assertThat(y.toLongArray())
        .isEqualTo(dtype == DType.UINT8 ? new long[] {19, 22, 528 & 255, 632 & 255} : new long[] {19, 22, 528, 632});
  }

  @Test
  void differentDtypesAreRefused() {
    assertThatThrownBy(() -> Torch.ones(2, 2).matmul(Torch.ones(2, 2).to(DType.FLOAT64)))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("float32").hasMessageContaining("float64");
  }

  @ParameterizedTest
  @CsvSource({"2,3", "4,2", "2,4"})
  void shapesThatDoNotFitAreRefusedWithBothShapes(int rows, int columns) {
    Tensor a = Torch.ones(4, 5);
    assertThatThrownBy(() -> a.matmul(Torch.ones(rows, columns)))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("[4, 5]")
        .hasMessageContaining("[" + rows + ", " + columns + "]");
  }

  @Test
  void onlyTheOtherFactorIsSaved() {
    Tensor a = Torch.ones(2, 2).requiresGrad_();
    Tensor b = Torch.ones(2, 2);
    Tensor y = a.clone();
    Tensor product = y.mm(b);
    y.mul_(2);
    product.sum().backward();
    assertThat(requireNonNull(a.grad()).toDoubleArray()).containsOnly(2);
  }

  @Test
  void aTransposedFactorGetsAGradientOfItsLayout() {
    Tensor weight = Torch.ones(3, 4).requiresGrad_();
    Torch.ones(2, 4).linear(weight, null).sum().backward();
    assertThat(requireNonNull(weight.grad()).isContiguous()).isTrue();
  }

  @Test
  void withoutShareOfTheSummandItsNaNsDoNotCount() {
    Tensor y = Torch.full(Double.NaN, 2, 2).addmm(Torch.eye(2), Torch.eye(2), 0, 3);
    assertThat(y.toDoubleArray()).containsExactly(3, 0, 0, 3);
  }
}
