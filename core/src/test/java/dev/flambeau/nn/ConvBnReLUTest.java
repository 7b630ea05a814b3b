package dev.flambeau.nn;

import static dev.flambeau.nn.ConvOption.bias;
import static dev.flambeau.nn.ConvOption.groups;
import static dev.flambeau.nn.ConvOption.padding;
import static dev.flambeau.nn.ConvOption.stride;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.flambeau.DType;
import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConvBnReLUTest {
  private static BatchNorm2d norm(long channels) {
    BatchNorm2d norm = new BatchNorm2d(channels);
    try (var _ = Torch.noGrad()) {
      norm.weight = Torch.randn(channels);
      norm.bias = Torch.randn(channels);
      norm.runningMean = Torch.randn(channels);
      norm.runningVar = Torch.rand(channels).add(0.5);
    }
    norm.eval();
    return norm;
  }

  /** All ways in which convolutions are computed. */
  private static List<Conv2d> convolutions() {
    return List.of(new Conv2d(32, 64, 3, padding(1), bias(false)), new Conv2d(32, 64, 3, stride(2), padding(1)),
        new Conv2d(32, 32, 1), new Conv2d(32, 48, 7, stride(2), padding(3), bias(false)),
        new Conv2d(32, 32, 3, groups(32), padding(1)), new Conv2d(32, 20, 3, groups(4)));
  }

  @Test
  void inOnePassItIsAsExactAsLayerByLayer() {
    Torch.manualSeed(3);
    for (Conv2d conv : convolutions()) {
      for (long side : new long[] {2, 5, 9, 28}) {
        if (side < conv.kernelSize[0] - 2 * conv.padding[0]) continue;
        Tensor x = Torch.randn(4, 32, side, side);
        BatchNorm2d norm = norm(conv.outChannels);
        Tensor rest = Torch.randn(Torch.noGrad(() -> conv.apply(x)).shape());
        Tensor expected = norm.apply(conv.apply(x));
        assertThat(expected.requiresGrad()).isTrue();
        Torch.noGrad(() -> {
          agree(ConvBnReLU.apply(x, conv, norm, null), expected);
          agree(ConvBnReLU.apply(x, conv, norm, new ReLU()), expected.relu());
          agree(ConvBnReLU.apply(x, conv, norm, () -> rest, new ReLU(true)), expected.add(rest).relu());
          Tensor later = Torch.cat(rest, rest).narrow(0, 4, 4);
          agree(ConvBnReLU.apply(x, conv, norm, () -> later, new ReLU(true)), expected.add(rest).relu());
          agree(new Sequential(conv, norm, new ReLU(), new Flatten()).apply(x), expected.relu().flatten(1));
        });
      }
    }
  }

  private static void agree(Tensor actual, Tensor expected) {
    Tensor exact = expected.detach();
    double error = actual.sub(exact).norm().item() / exact.norm().item();
    assertThat(error).isLessThan(1e-5);
    assertThat(actual.shape()).isEqualTo(exact.shape());
  }

  @Test
  void hooksGraphsDoublesAndTrainingTakeTheLayers() {
    Conv2d conv = new Conv2d(3, 4, 3);
    BatchNorm2d norm = norm(4);
    ReLU relu = new ReLU();
    Tensor x = Torch.randn(2, 3, 6, 6);
    assertThat(ConvBnReLU.apply(x, conv, norm, relu).requiresGrad()).isTrue();
    List<Module> seen = new ArrayList<>();
    for (Module layer : List.of(conv, norm, relu)) {
      layer.registerForwardHook((module, _, _) -> {
        seen.add(module);
        return null;
      });
    }
    Torch.noGrad(() -> ConvBnReLU.apply(x, conv, norm, relu));
    Torch.noGrad(() -> new Sequential(conv, norm, relu).apply(x));
    assertThat(seen).containsExactly(conv, norm, relu, conv, norm, relu);
    Conv2d plain = new Conv2d(3, 4, 3);
    BatchNorm2d training = new BatchNorm2d(4);
    Torch.noGrad(() -> ConvBnReLU.apply(x, plain, training, new ReLU()));
    assertThat(training.numBatchesTracked).isNotNull();
    assertThat(new Sequential(plain, norm(4)).to(DType.FLOAT64).apply(x.to(DType.FLOAT64)).dtype())
        .isEqualTo(DType.FLOAT64);
  }

  @Test
  void whatDoesNotFitIsRefusedByTheLayers() {
    Tensor x = Torch.randn(2, 3, 6, 6);
    Torch.noGrad(() -> assertThatIllegalArgumentException()
        .isThrownBy(() -> ConvBnReLU.apply(x, new Conv2d(3, 4, 3), norm(5), new ReLU()))
        .withMessageContaining("batchNorm"));
  }

  @Test
  void threadsChangeNothing() {
    int threads = Torch.getNumThreads();
    try {
      Tensor x = Torch.randn(4, 32, 17, 17);
      for (Conv2d conv : convolutions()) {
        BatchNorm2d norm = norm(conv.outChannels);
        Torch.setNumThreads(1);
        Tensor one = Torch.noGrad(() -> ConvBnReLU.apply(x, conv, norm, new ReLU()));
        Torch.setNumThreads(3);
        assertThat(Torch.noGrad(() -> ConvBnReLU.apply(x, conv, norm, new ReLU())).equal(one)).isTrue();
      }
    } finally {
      Torch.setNumThreads(threads);
    }
  }
}
