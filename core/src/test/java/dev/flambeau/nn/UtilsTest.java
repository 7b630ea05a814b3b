package dev.flambeau.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class UtilsTest {
  /** Gradients as in {@code tools/golden/optim.py}: one parameter has none. */
  private static List<Tensor> parameters() {
    List<Tensor> parameters =
        List.of(Torch.zeros(2, 3).requiresGrad_(), Torch.zeros(4).requiresGrad_(), Torch.zeros(2).requiresGrad_());
    parameters.get(0).grad(Torch.arange(6.0).mul(0.9).sin().reshape(2, 3));
    parameters.get(1).grad(Torch.arange(4.0).sub(1.5));
    return parameters;
  }

  @Test
  void clipsNormsAsPyTorchDoes() throws IOException {
    String text;
    try (var in = UtilsTest.class.getResourceAsStream("/golden/optim_clipping.txt")) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    for (String line : text.lines().toList()) {
      double[] numbers = Arrays.stream(line.split(" ")).skip(1)
          .mapToDouble(w -> w.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(w)).toArray();
      List<Tensor> parameters = parameters();
      Tensor total = Utils.clipGradNorm_(parameters, numbers[1], numbers[0]);
      assertThat(total.item()).as(line).isCloseTo(numbers[2], Offset.offset(1e-5 * numbers[2]));
      double[] clipped = Torch.cat(parameters.get(0).grad().flatten(), parameters.get(1).grad()).toDoubleArray();
      for (int i = 0; i < clipped.length; i++)
        assertThat(clipped[i]).as(line).isCloseTo(numbers[3 + i], Offset.offset(1e-6));
    }
    assertThat(Utils.clipGradNorm_(List.of(Torch.zeros(2)), 1).item()).isZero();
    assertThatIllegalArgumentException().isThrownBy(() -> Utils.clipGradNorm_(parameters(), -1));
  }

  @Test
  void clipsValues() {
    List<Tensor> parameters = parameters();
    Utils.clipGradValue_(parameters, 0.5);
    assertThat(parameters.get(1).grad().toFloatArray()).containsExactly(-0.5f, -0.5f, 0.5f, 0.5f);
    assertThatIllegalArgumentException().isThrownBy(() -> Utils.clipGradValue_(parameters, Double.NaN));
  }

  @Test
  void parametersBecomeAVectorAndBack() {
    List<Tensor> parameters = parameters();
    Tensor vector = Torch.arange(12.0);
    Utils.vectorToParameters(vector, parameters);
    assertThat(parameters.get(0).toFloatArray()).containsExactly(0, 1, 2, 3, 4, 5);
    Tensor back = Utils.parametersToVector(parameters);
    assertThat(back.toFloatArray()).isEqualTo(vector.toFloatArray());
    assertThat(back.requiresGrad()).isTrue();
    assertThatIllegalArgumentException().isThrownBy(() -> Utils.vectorToParameters(Torch.ones(11), parameters))
        .withMessageContaining("12");
  }
}
