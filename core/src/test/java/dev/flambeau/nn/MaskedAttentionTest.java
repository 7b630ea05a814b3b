package dev.flambeau.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedAttentionTest {
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void aQueryThatSeesNoKeyGetsNoGradient(int dims) {
    Tensor[] x = new Tensor[3];
    for (int i = 0; i < 3; i++) x[i] = Torch.randn(2, 3).view(shape(dims, 2, 3)).requiresGrad_();
    Tensor mask = Torch.tensor(new boolean[][] {{true, false}, {false, false}});
    Tensor y = Functional.scaledDotProductAttention(x[0], x[1], x[2], mask, 0, false, null);
    y.sum().backward();
    assertThat(y.select(-2, 1).abs().sum().item()).isZero();
    assertThat(x[0].grad().toDoubleArray()).containsOnly(0);
    assertThat(x[1].grad().toDoubleArray()).containsOnly(0);
    assertThat(x[2].grad().sum().item()).isEqualTo(3);
  }

  private static long[] shape(int dims, long rows, long columns) {
    long[] shape = new long[dims];
    java.util.Arrays.fill(shape, 1);
    shape[dims - 2] = rows;
    shape[dims - 1] = columns;
    return shape;
  }
}
