package dev.flambeau.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flambeau.Torch;
import dev.flambeau.nn.Conv2d;
import dev.flambeau.nn.Linear;
import dev.flambeau.nn.Module;
import dev.flambeau.vision.ResNet;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpecTest {
  private static double flops(String name) { return Spec.chosen(List.of(name)).getFirst().flops(); }

  @Test
  void wholeProcessesHaveALatestTime() {
    assertThat(Spec.ALL.stream().filter(Spec::ofProcesses)).extracting(Spec::name)
        .containsExactly("cold-start", "first-step");
  }

  /** Each filter works on every pixel of its output. */
  @Test
  void theArithmeticOfAResNetIsThatOfItsLayers() {
    ResNet network = ResNet.resnet18();
    double[] products = {0};
    for (Module module : network.modules()) {
      if (module instanceof Conv2d conv) {
        module.registerForwardHook((_, out, _) -> {
          products[0] += (double) conv.weight.numel() * out[0].size(2) * out[0].size(3);
          return null;
        });
      } else if (module instanceof Linear linear) {
        products[0] += linear.weight.numel();
      }
    }
    network.eval();
    assertThat(Torch.noGrad(() -> network.apply(Torch.zeros(1, 3, 64, 64))).numel()).isEqualTo(1000);
    assertThat(flops("resnet-inference-1-64")).isCloseTo(2 * products[0], within(1.0));
  }

  @Test
  void trainingTakesNearlyThreeTimesTheArithmetic() {
    assertThat(flops("resnet-training-8-224") / flops("resnet-inference-8-224")).isBetween(2.9, 3.0);
  }
}
