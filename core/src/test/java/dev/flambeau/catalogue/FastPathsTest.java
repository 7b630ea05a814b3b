package dev.flambeau.catalogue;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flambeau.DType;
import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import dev.flambeau.nn.BatchNorm2d;
import dev.flambeau.nn.Conv2d;
import dev.flambeau.nn.ConvBnReLU;
import dev.flambeau.nn.ConvOption;
import dev.flambeau.nn.Functional;
import dev.flambeau.nn.ReLU;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What has an algorithm or a loop of its own for floats, in sizes that take it, against the same in float64: results and all gradients. */
final class FastPathsTest {
  private static final double MOST = 1e-5;

  private record Path(String name, Function<Tensor[], Tensor> of, long[]... shapes) {
    @Override
    public String toString() { return name; }
  }

  private static Path path(String name, Function<Tensor[], Tensor> of, long[]... shapes) {
    return new Path(name, of, shapes);
  }

  private static long[] shape(long... sizes) { return sizes; }

  private static Path convolution(String name, long stride, long padding, long groups, long[] x, long[] weight) {
    return path(name, t -> Functional.conv2d(t[0], t[1], null, shape(stride, stride),
        shape(padding, padding), shape(1, 1), groups), x, weight);
  }

  static List<Path> paths() {
    return List.of(path("product, two threads", t -> t[0].matmul(t[1]), shape(256, 256), shape(256, 256)),
        path("product, long", t -> t[0].matmul(t[1]), shape(70, 3000), shape(3000, 90)),
        path("product, transposed", t -> t[0].matmul(t[1].t()), shape(64, 784), shape(256, 784)),
        path("matrix times vector", t -> t[0].matmul(t[1]), shape(700, 1000), shape(1000)),
        path("vector times matrix", t -> t[0].matmul(t[1]), shape(1000), shape(1000, 700)),
        convolution("first layer", 2, 3, 1, shape(8, 3, 64, 64), shape(64, 3, 7, 7)),
        convolution("Winograd", 1, 1, 1, shape(4, 64, 16, 16), shape(64, 64, 3, 3)),
        convolution("Winograd, small maps", 1, 1, 1, shape(8, 128, 2, 2), shape(128, 128, 3, 3)),
        convolution("stride 2", 2, 1, 1, shape(4, 64, 16, 16), shape(128, 64, 3, 3)),
        convolution("1 × 1", 1, 0, 1, shape(4, 64, 16, 16), shape(128, 64, 1, 1)),
        convolution("1 × 1, stride 2", 2, 0, 1, shape(4, 64, 16, 16), shape(128, 64, 1, 1)),
        convolution("depthwise", 1, 1, 64, shape(4, 64, 16, 16), shape(64, 1, 3, 3)),
        convolution("depthwise, stride 2", 2, 1, 64, shape(4, 64, 17, 15), shape(64, 1, 3, 3)),
        convolution("depthwise, 2 filters, stride 3", 3, 2, 16, shape(4, 16, 20, 20), shape(32, 1, 5, 5)),
        convolution("few channels, short rows", 1, 0, 1, shape(16, 6, 14, 14), shape(16, 6, 5, 5)),
        convolution("small groups", 1, 1, 8, shape(4, 32, 16, 16), shape(32, 4, 3, 3)),
        convolution("one channel", 1, 0, 1, shape(16, 1, 28, 28), shape(32, 1, 3, 3)),
        convolution("grouped", 1, 1, 4, shape(4, 64, 16, 16), shape(64, 16, 3, 3)),
        path("exp", t -> t[0].exp(), shape(100_000)), path("gelu", t -> t[0].gelu(), shape(100_000)),
        path("tanh", t -> t[0].tanh(), shape(100_000)), path("sum", t -> t[0].sum(), shape(1_000_000)),
        path("softmax", t -> t[0].softmax(1), shape(300, 1000)),
        path("logSoftmax", t -> t[0].logSoftmax(1), shape(300, 1000)),
        path("logsumexp", t -> t[0].logsumexp(1), shape(300, 1000)),
        path("layer norm", t -> Functional.layerNorm(t[0], shape(768), t[1], t[2], 1e-5), shape(300, 768), shape(768),
            shape(768)),
        path("batch norm", t -> Functional.batchNorm(t[0], null, null, t[1], t[2], true, 0.1, 1e-5),
            shape(8, 64, 16, 16),
            shape(64), shape(64)),
        path("attention", t -> Functional.scaledDotProductAttention(t[0], t[1], t[2]), shape(4, 4, 64, 32),
            shape(4, 4, 64, 32), shape(4, 4, 64, 32)),
        path("max pooling", t -> Functional.maxPool2d(t[0], 3, 2, 1), shape(4, 64, 32, 32)),
        path("average pooling", t -> Functional.avgPool2d(t[0], 2), shape(4, 64, 32, 32)));
  }

  @ParameterizedTest
  @MethodSource("paths")
  void floatsAreNearDoubles(Path path) {
    Torch.manualSeed(5);
    List<Tensor> inputs = new ArrayList<>();
    for (long[] shape : path.shapes) inputs.add(Torch.randn(shape));
    List<Tensor> floats = run(path, inputs, DType.FLOAT32);
    List<Tensor> doubles = run(path, inputs, DType.FLOAT64);
    for (int i = 0; i < floats.size(); i++) {
      assertThat(error(floats.get(i), doubles.get(i))).as("%s, %s", path, i == 0 ? "result" : "gradient " + i)
          .isLessThan(MOST);
    }
  }

  private static List<Tensor> run(Path path, List<Tensor> inputs, DType type) {
    Tensor[] leaves = inputs.stream().map(x -> x.to(type).detach().clone().requiresGrad_()).toArray(Tensor[]::new);
    Tensor y = path.of.apply(leaves);
    Tensor slopes = Torch.arange(y.numel()).to(DType.FLOAT64).mul(0.7).cos().to(type);
    y.mul(slopes.view(y.shape())).sum().backward();
    List<Tensor> all = new ArrayList<>(List.of(y.detach()));
    for (Tensor leaf : leaves) all.add(requireNonNull(leaf.grad()));
    return all;
  }

  private static double error(Tensor floats, Tensor doubles) {
    return floats.to(DType.FLOAT64).sub(doubles).norm().item() / doubles.norm().item();
  }

  @Test
  void convolutionsInOnePassWithNormAndRelu() {
    Torch.manualSeed(6);
    Conv2d conv = new Conv2d(64, 64, 3, ConvOption.padding(1));
    BatchNorm2d norm = new BatchNorm2d(64);
    norm.eval();
    ReLU relu = new ReLU();
    Tensor x = Torch.randn(4, 64, 16, 16);
    Tensor floats = Torch.noGrad(() -> ConvBnReLU.apply(x, conv, norm, () -> x, relu));
    conv.to(DType.FLOAT64);
    norm.to(DType.FLOAT64);
    Tensor wide = x.to(DType.FLOAT64);
    Tensor doubles = Torch.noGrad(() -> ConvBnReLU.apply(wide, conv, norm, () -> wide, relu));
    assertThat(error(floats, doubles)).isLessThan(MOST);
  }
}
