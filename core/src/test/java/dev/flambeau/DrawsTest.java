package dev.flambeau;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Random numbers in place: those of PyTorch 2.13 for the same seed. */
final class DrawsTest {
  private static void assertClose(Tensor x, double... expected) {
    double[] actual = x.toDoubleArray();
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).as("element %s", i).isCloseTo(expected[i], Offset.offset(2e-6));
    }
  }

  @Test
  void numbersFollowPyTorchsGenerator() {
    Torch.manualSeed(0);
    assertThat(Torch.empty(5).uniform_(-1, 2).toFloatArray()).containsExactly(0.4887697696685791f, 1.3046653270721436f,
        -0.7345677018165588f, -0.6039085388183594f, -0.07773154973983765f);
    assertClose(Torch.empty(5).normal_(1, 2), 2.1014904975891113, 1.5407283306121826, 2.2944960594177246,
        1.49800443649292, 0.3292097747325897);
    assertClose(Torch.empty(20).normal_(1, 2), -2.391862392425537, 2.133301258087158, 2.5870165824890137);
    assertThat(Torch.empty(DType.FLOAT64, 4).uniform_(0, 10).toDoubleArray()).containsExactly(5.403718684525102,
        6.447908982507363, 8.987781594571786, 9.336658785608346);
    assertClose(Torch.empty(4).exponential_(2), 0.4690662622451782, 0.11686759442090988, 0.34172794222831726,
        1.3074086904525757);
    assertThat(Torch.empty(6).bernoulli_(0.3).sum().item()).isZero();
  }

  @Test
  void viewsAreFilledInPlaceAndNothingPassesBack() {
    Tensor whole = Torch.zeros(3, 3);
    whole.t().get(1).uniform_(5, 6);
    assertThat(Arrays.stream(whole.toDoubleArray()).filter(v -> v >= 5).count()).isEqualTo(3);
    Tensor x = Torch.ones(3).requiresGrad_();
    Tensor y = x.mul(2).normal_();
    assertThat(y.toString()).contains("grad_fn=<NormalBackward0>");
    y.sum().backward();
    assertThat(x.grad()).isNotNull().satisfies(g -> assertThat(g.toDoubleArray()).containsOnly(0));
  }

  @Test
  void badArgumentsAreRefusedBeforeAnythingChanges() {
    Tensor x = Torch.ones(3);
    assertThatThrownBy(() -> x.uniform_(2, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> x.normal_(0, -1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> x.bernoulli_(1.5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> x.exponential_(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Torch.arange(3).normal_()).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("normal_").hasMessageContaining("torch.int64");
    assertThat(x.version()).isZero();
    assertThat(x.toDoubleArray()).containsOnly(1);
  }
}
