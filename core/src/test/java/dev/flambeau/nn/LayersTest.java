package dev.flambeau.nn;

import static dev.flambeau.nn.ConvOption.groups;
import static dev.flambeau.nn.ConvOption.outputPadding;
import static dev.flambeau.nn.ConvOption.padding;
import static dev.flambeau.nn.ConvOption.paddingMode;
import static dev.flambeau.nn.ConvOption.stride;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.flambeau.DType;
import dev.flambeau.GoldenTensors;
import dev.flambeau.Gradcheck;
import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import dev.flambeau.golden.GoldenCase;
import dev.flambeau.golden.GoldenFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What layers do besides giving PyTorch's numbers. */
final class LayersTest {
  /** Differences of values tell the derivatives, of inputs and of parameters. */
  @TestFactory
  Stream<DynamicTest> derivativesAreThoseOfDifferences() {
    Map<String, Supplier<Module>> rows = LayerRows.all();
    return GoldenFile.read("/golden/layers-cases.txt").stream()
        .filter(c -> c.number() == 2 && !c.gradOutputs().isEmpty()
            && !c.key().startsWith("embedding."))
        .map(
            c -> DynamicTest.dynamicTest(c.key(), () -> gradcheck(c, Objects.requireNonNull(rows.get(c.key())).get())));
  }

  private static void gradcheck(GoldenCase c, Module layer) {
    layer.to(DType.FLOAT64);
    int inputs = c.inputs().size() - layer.stateDict().size();
    List<Tensor> all = new ArrayList<>(c.inputs().subList(0, inputs).stream().map(GoldenTensors::of).toList());
    all.addAll(layer.parameters());
    assertThat(Gradcheck.DEFAULT.fast().check(x -> LayerRows.call(layer, Arrays.copyOf(x, inputs)),
        all.toArray(Tensor[]::new))).isTrue();
  }

  @Test
  void cosinesAreOfVectorsAsLargeAsTheOther() {
    Tensor a = Torch.tensor(1., 2., 3., 4.).unsqueeze(0).expand(3, 4);
    double expected = 10 / (Math.sqrt(30) * 2);
    for (Tensor b : List.of(Torch.ones(4), Torch.ones(3, 1), Torch.ones(1, 1))) {
      Tensor cosines = new CosineSimilarity().apply(a, b);
      assertThat(cosines.shape()).containsExactly(3);
      for (double c : cosines.toDoubleArray()) assertThat(c).isCloseTo(expected, within(1e-6));
    }
  }

  @Test
  void firstValuesOfNoConnectionsAreNone() {
    assertThat(Init.xavierUniform_(Torch.empty(0, 3)).shape()).containsExactly(0, 3);
    assertThat(Init.xavierNormal_(Torch.empty(3, 0)).shape()).containsExactly(3, 0);
    assertThatIllegalArgumentException().isThrownBy(() -> Init.dirac_(Torch.empty(2, 2, 2), 0))
        .withMessageContaining("0 groups");
  }

  @Test
  void copiesOfAFrozenLayerAreFrozen() {
    TransformerEncoderLayer layer = new TransformerEncoderLayer(4, 2, 8, 0, Functional::relu, true);
    layer.linear1.freeze();
    assertThat(new TransformerEncoder(layer, 2).namedParameters().entrySet())
        .allMatch(e -> e.getValue().requiresGrad() != e.getKey().contains("linear1"));
  }

  @Test
  void droppingAllDrawsNothing() {
    for (Module layer : List.of(new Dropout(1), new Dropout1d(1), new AlphaDropout(1))) {
      Torch.manualSeed(0);
      assertThat(layer.apply(Torch.ones(2, 3)).toDoubleArray()).containsOnly(0);
      assertThat(Torch.rand().item()).as("%s", layer).isCloseTo(0.4963, within(1e-4));
    }
  }

  @Test
  void dropoutDropsItsShareAndKeepsTheMean() {
    Torch.manualSeed(1);
    Dropout layer = new Dropout(0.25);
    Tensor x = Torch.ones(100, 100);
    Tensor y = layer.apply(x);
    assertThat(y.eq(0).sum().itemLong()).isBetween(2300L, 2700L);
    assertThat(y.mean().item()).isCloseTo(1, within(0.03));
    layer.eval();
    assertThat(layer.apply(x)).isSameAs(x);
    assertThatIllegalArgumentException().isThrownBy(() -> new Dropout(1.5)).withMessageContaining("1.5");
  }

  @Test
  void channelDropoutDropsWholeChannels() {
    Tensor y = new Dropout2d().apply(Torch.ones(8, 16, 3, 3)).flatten(2, 3);
    assertThat(y.amax(2).toFloatArray()).isEqualTo(y.amin(2).toFloatArray()).contains(0, 2);
  }

  @Test
  void alphaDropoutKeepsMeanAndVariance() {
    Torch.manualSeed(2);
    Tensor y = new AlphaDropout(0.3).apply(Torch.randn(200, 200));
    assertThat(y.mean().item()).isCloseTo(0, within(0.03));
    assertThat(y.var().item()).isCloseTo(1, within(0.05));
  }

  @Test
  void wrongChoicesOfConvolutionsAreRefused() {
    refuses(() -> new Conv2d(4, 6, 3, groups(4)), "4 and 6", "4 groups");
    refuses(() -> new Conv2d(4, 6, new long[] {1, 2, 3}), "[1, 2, 3]");
    refuses(() -> new Conv2d(4, 6, 3, stride(2), padding("same")), "stride");
    refuses(() -> padding("some"), "some");
    refuses(() -> new Conv2d(4, 6, 3, paddingMode("mirror")), "mirror");
    refuses(() -> new Conv2d(4, 6, 3, outputPadding(1)), "transposed");
    refuses(() -> new ConvTranspose2d(4, 6, 3, paddingMode("reflect")), "zeros");
  }

  @Test
  void wrongShapesAreRefusedAndChangeNothing() {
    BatchNorm2d norm = new BatchNorm2d(3);
    refuses(() -> norm.apply(Torch.ones(2, 3)), "[2, 3]");
    refuses(() -> norm.apply(Torch.ones(2, 4, 1, 1)), "4");
    assertThat(Objects.requireNonNull(norm.numBatchesTracked).itemLong()).isZero();
    assertThat(Objects.requireNonNull(norm.runningMean).toFloatArray()).containsExactly(0, 0, 0);
    refuses(() -> new Linear(3, 2).apply(Torch.ones(2, 4)), "4");
    refuses(() -> new GroupNorm(3, 4), "4");
    refuses(() -> new Embedding(3, 2, 3), "3");
    refuses(() -> Embedding.fromPretrained(Torch.ones(3), true), "[3]");
  }

  private static void refuses(Supplier<?> action, String... words) {
    assertThatIllegalArgumentException().isThrownBy(action::get)
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
  }

  @Test
  void aGivenTableIsFrozenOrNot() {
    Tensor table = Torch.tensor(new double[][] {{1, 2}, {3, 4}});
    Embedding frozen = Embedding.fromPretrained(table, true);
    assertThat(frozen.weight.requiresGrad()).isFalse();
    assertThat(frozen.apply(Torch.tensor(1, 0)).toFloatArray()).containsExactly(3, 4, 1, 2);
    assertThat(Embedding.fromPretrained(table, false).weight.requiresGrad()).isTrue();
  }

  @Test
  void orthogonalRowsAreOrthonormal() {
    Tensor w = Init.orthogonal_(Torch.empty(4, 3, 5));
    Tensor product = w.flatten(1, 2).matmul(w.flatten(1, 2).t());
    assertThat(product.sub(Torch.eye(4)).abs().max().item()).isLessThan(1e-6);
    refuses(() -> Init.orthogonal_(Torch.empty(4)), "[4]");
    refuses(() -> Init.xavierUniform_(Torch.empty(4)), "[4]");
    refuses(() -> Init.calculateGain("gelu", 0), "gelu");
  }

  @Test
  void aSummaryTellsShapesAndCounts() {
    Sequential net = new Sequential(new Conv2d(1, 4, 3), new BatchNorm2d(4), new ReLU(), new Dropout(), new Flatten(),
        new Linear(4 * 6 * 6, 10));
    net.get(0).freeze();
    net.get(3).eval();
    Summary summary = Summary.of(net, 2, 1, 8, 8);
    assertThat(summary.parameters()).isEqualTo(40 + 8 + 1450);
    assertThat(summary.learning()).isEqualTo(8 + 1450);
    assertThat(summary.toString()).isEqualTo("""
        layer  type         output        parameters  learning
               Sequential   [2, 10]                0         0
        0      Conv2d       [2, 4, 6, 6]          40         0
        1      BatchNorm2d  [2, 4, 6, 6]           8         8
        2      ReLU         [2, 4, 6, 6]           0         0
        3      Dropout      [2, 4, 6, 6]           0         0
        4      Flatten      [2, 144]               0         0
        5      Linear       [2, 10]            1,450     1,450
        ------------------------------------------------------
        total                                  1,498     1,458
        """);
    assertThat(net.get(1).isTraining()).isTrue();
    assertThat(net.get(3).isTraining()).isFalse();
    assertThat(((BatchNorm2d) net.get(1)).numBatchesTracked).satisfies(
        n -> assertThat(Objects.requireNonNull(n).itemLong()).isZero());
  }

  @Test
  void aSummaryOfASharedLayerCountsItOnce() {
    Linear layer = new Linear(2, 2);
    assertThat(Summary.of(new Sequential(layer, layer), 1, 2).parameters()).isEqualTo(6);
    assertThat(Summary.of(new Embedding(5, 3), Torch.tensor(1, 2)).rows().getFirst().shape()).isEqualTo("[2, 3]");
  }
}
