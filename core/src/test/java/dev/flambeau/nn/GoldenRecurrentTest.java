package dev.flambeau.nn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.fail;

import dev.flambeau.Autograd;
import dev.flambeau.DType;
import dev.flambeau.GoldenTensors;
import dev.flambeau.GraphOption;
import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import dev.flambeau.golden.GoldenCase;
import dev.flambeau.golden.GoldenFile;
import dev.flambeau.golden.GoldenTensor;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Recurrent layers, attention and transformers have PyTorch's names, first values for a seed and printed form, and give its results and gradients. */
final class GoldenRecurrentTest {
  /** A call of a layer with some inputs. */
  private interface Call {
    Tensor[] of(Module layer, Tensor... x);
  }

  private record Row(Supplier<Module> make, Call call) {}

  private static final Map<String, Row> ROWS = new TreeMap<>();

  private static void row(String key, Supplier<Module> make, Call call) { ROWS.put(key, new Row(make, call)); }

  static {
    recurrent();
    attention();
    transformers();
  }

  private static void recurrent() {
    family("rnn", (o, d) -> new RNN(3, o.hidden, o.layers, "tanh", o.bias, o.batchFirst, d, o.both),
        (h, b) -> new RNNCell(3, h, b, "tanh"));
    family("lstm", (o, d) -> new LSTM(3, o.hidden, o.layers, o.bias, o.batchFirst, d, o.both),
        (h, b) -> new LSTMCell(3, h, b));
    family("gru", (o, d) -> new GRU(3, o.hidden, o.layers, o.bias, o.batchFirst, d, o.both),
        (h, b) -> new GRUCell(3, h, b));
    row("rnn.relu", () -> new RNN(3, 5, 1, "relu", true, false, 0, false), GoldenRecurrentTest::run);
    row("rnnCell.relu", () -> new RNNCell(3, 5, true, "relu"), GoldenRecurrentTest::run);
  }

  private record Sizes(long hidden, int layers, boolean bias, boolean batchFirst, boolean both) {}

  private interface Layers {
    Module of(Sizes sizes, double dropout);
  }

  private interface Cells {
    Module of(long hidden, boolean bias);
  }

  private static void family(String name, Layers layer, Cells cell) {
    Sizes plain = new Sizes(5, 1, true, false, false);
    Call run = GoldenRecurrentTest::run;
    row(name, () -> layer.of(plain, 0), run);
    row(name + ".states", () -> layer.of(plain, 0), run);
    row(name + ".all", () -> layer.of(new Sizes(4, 2, true, true, true), 0), run);
    row(name + ".noBias", () -> layer.of(new Sizes(5, 1, false, false, true), 0), run);
    row(name + ".single", () -> layer.of(new Sizes(5, 1, true, true, false), 0), run);
    row(name + ".dropout", () -> layer.of(new Sizes(4, 3, true, false, false), 0.5), run);
    row(name + ".many", () -> layer.of(new Sizes(6, 1, true, false, false), 0), run);
    row(name + "Cell", () -> cell.of(5, true), run);
    row(name + "Cell.zeros", () -> cell.of(5, false), run);
  }

  private static Tensor[] run(Module layer, Tensor... x) {
    return switch (layer) {
      case RNN rnn -> {
        RNN.Output y = x.length == 1 ? rnn.applyAll(x[0]) : rnn.apply(x[0], x[1]);
        yield new Tensor[] {y.output(), y.hidden()};
      }
      case GRU gru -> {
        GRU.Output y = x.length == 1 ? gru.applyAll(x[0]) : gru.apply(x[0], x[1]);
        yield new Tensor[] {y.output(), y.hidden()};
      }
      case LSTM lstm -> {
        LSTM.Output y = x.length == 1 ? lstm.applyAll(x[0]) : lstm.apply(x[0], x[1], x[2]);
        yield new Tensor[] {y.output(), y.hidden(), y.cell()};
      }
      case LSTMCell cell -> {
        LSTMCell.State y = x.length == 1 ? cell.applyAll(x[0]) : cell.apply(x[0], x[1], x[2]);
        yield new Tensor[] {y.hidden(), y.cell()};
      }
      case RNNCell cell -> new Tensor[] {x.length == 1 ? cell.apply(x[0]) : cell.apply(x[0], x[1])};
      case GRUCell cell -> new Tensor[] {x.length == 1 ? cell.apply(x[0]) : cell.apply(x[0], x[1])};
      default -> throw new IllegalArgumentException(layer.toString());
    };
  }

  private static Tensor[] outputs(MultiheadAttention.Output y) {
    Tensor weights = y.weights();
    return weights == null ? new Tensor[] {y.output()} : new Tensor[] {y.output(), weights};
  }

  private static Call attending(boolean weights, boolean average) {
    return (m, x) -> outputs(((MultiheadAttention) m).apply(x[0], x[1], x[2], null, weights, null, average));
  }

  private static void attention() {
    row("mha", () -> new MultiheadAttention(4, 2), (m, x) -> outputs(((MultiheadAttention) m).apply(x[0], x[1], x[2])));
    row("mha.perHead", () -> new MultiheadAttention(4, 2, 0, false, false), attending(true, false));
    row("mha.fused", () -> new MultiheadAttention(4, 2), attending(false, true));
    row("mha.sizes", () -> new MultiheadAttention(4, 2, 0, true, 3, 5, true), attending(false, true));
    row("mha.single", () -> new MultiheadAttention(4, 2, 0, true, true), attending(true, true));
    for (boolean weights : new boolean[] {true, false}) {
      String name = weights ? "mha.weights." : "mha.fused.";
      Call masked =
          (m, x) -> outputs(((MultiheadAttention) m).apply(x[0], x[0], x[0], x[1], weights, x[2], true));
      row(name + "truths", () -> new MultiheadAttention(4, 2, 0, true, true), masked);
      row(name + "numbers", () -> new MultiheadAttention(4, 2), masked);
      row(name + "dropout", () -> new MultiheadAttention(4, 2, 0.5, true, false), masked);
      row(name + "each", () -> new MultiheadAttention(4, 2), masked);
    }
  }

  private static TransformerEncoderLayer encoderLayer(double dropout, double eps, boolean bias) {
    return new TransformerEncoderLayer(4, 2, 6, dropout, Functional::gelu, eps, true, true, bias);
  }

  private static void transformers() {
    row("encoderLayer", () -> new TransformerEncoderLayer(4, 2, 6, 0, Functional::relu, false),
        (m, x) -> new Tensor[] {m.apply(x[0])});
    row("encoderLayer.gelu", () -> encoderLayer(0, 1e-3, true),
        (m, x) -> new Tensor[] {((TransformerEncoderLayer) m).apply(x[0], x[2], x[1])});
    row("encoderLayer.dropout", () -> encoderLayer(0.25, 1e-5, false), (m, x) -> new Tensor[] {m.apply(x[0])});
    row("encoder", () -> new TransformerEncoder(encoderLayer(0, 1e-5, true), 2, new LayerNorm(4)),
        (m, x) -> new Tensor[] {((TransformerEncoder) m).apply(x[0], x[1], null)});
    row("decoderLayer", () -> new TransformerDecoderLayer(4, 2, 6, 0, Functional::relu, false),
        (m, x) -> new Tensor[] {((TransformerDecoderLayer) m).apply(x[0], x[1])});
    row("decoderLayer.gelu",
        () -> new TransformerDecoderLayer(4, 2, 6, 0.25, Functional::gelu, 1e-5, true, true, true),
        (m, x) -> new Tensor[] {((TransformerDecoderLayer) m).apply(x[0], x[1], x[2], null, null, x[3])});
    row("decoder", () -> new TransformerDecoder(new TransformerDecoderLayer(4, 2, 6, 0, Functional::relu, false), 2),
        (m, x) -> new Tensor[] {((TransformerDecoder) m).apply(x[0], x[1])});
    row("transformer", () -> new Transformer(4, 2, 1, 1, 6, 0, Functional::gelu, 1e-5, true, true, true),
        (m, x) -> new Tensor[] {((Transformer) m).apply(x[0], x[1], null, x[2], null, null, null, null)});
  }

  private static Module made(String key) {
    Torch.manualSeed(7);
    return Objects.requireNonNull(ROWS.get(key), key).make.get();
  }

  @TestFactory
  Stream<DynamicTest> printsAndNamesItsStateAsPyTorch() throws IOException {
    List<String> lines;
    try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/golden/recurrent.txt"))) {
      lines = new String(in.readAllBytes(), UTF_8).lines().toList();
    }
    List<DynamicTest> tests = new ArrayList<>();
    for (int i = 0; i < lines.size(); i += 3) {
      String key = lines.get(i).substring("layer ".length());
      List<String> names = List.of(lines.get(i + 1).substring("keys ".length()).split(" ", -1));
      String text = lines.get(i + 2).substring("print ".length()).replace("\\n", "\n");
      tests.add(DynamicTest.dynamicTest(key, () -> {
        Module layer = made(key);
        assertThat(layer.toString()).isEqualTo(text);
        assertThat(layer.stateDict().keySet()).containsExactlyElementsOf(names);
      }));
    }
    assertThat(ROWS).hasSize(tests.size());
    return tests.stream();
  }

  @TestFactory
  Stream<DynamicTest> computesAsPyTorch() {
    return GoldenFile.read("/golden/recurrent-cases.txt").stream()
        .map(c -> DynamicTest.dynamicTest(c.toString(), () -> compare(c)));
  }

  private static void compare(GoldenCase c) {
    Module layer = made(c.key());
    if (c.number() == 1) layer.to(DType.FLOAT64);
    List<Tensor> state = layer.parameters();
    int inputs = c.inputs().size() - state.size();
    for (int i = 0; i < state.size(); i++) close("first value " + i, c.inputs().get(inputs + i), state.get(i));
    Tensor[] x = c.inputs().subList(0, inputs).stream().map(GoldenTensors::of).toArray(Tensor[]::new);
    Torch.manualSeed(8);
    Tensor[] y = Objects.requireNonNull(ROWS.get(c.key())).call.of(layer, x);
    assertThat(y).hasSize(c.outputs().size());
    List<Tensor> g = new ArrayList<>();
    for (int k = 0; k < y.length; k++) {
      close("output " + k, c.outputs().get(k), y[k]);
      g.add(GoldenTensors.of(Objects.requireNonNull(c.gradOutputs().get(k))));
    }
    List<Tensor> sources = new ArrayList<>(Arrays.asList(x));
    sources.addAll(state);
    List<Tensor> wanted = sources.stream().filter(Tensor::requiresGrad).toList();
    List<Tensor> grads = Autograd.grad(Arrays.asList(y), wanted, g, GraphOption.MATERIALIZE_GRADS);
    int next = 0;
    for (int i = 0; i < sources.size(); i++) {
      if (!sources.get(i).requiresGrad()) continue;
      GoldenTensor expected = c.gradInputs().get(i);
      Tensor actual = grads.get(next++);
      if (expected != null) close("gradient of input " + i, expected, actual);
    }
  }

  private static void close(String what, GoldenTensor expected, Tensor actual) {
    Tensor e = GoldenTensors.of(expected).detach();
    assertThat(actual.dtype()).as(what).isEqualTo(e.dtype());
    assertThat(actual.shape()).as(what).isEqualTo(e.shape());
    double tolerance = e.dtype() == DType.FLOAT64 ? 1e-10 : 1e-5;
    if (!actual.detach().allclose(e, tolerance, tolerance, false)) fail(what + " is " + actual + " instead of " + e);
  }

  private static final DType F64 = DType.FLOAT64;

  @Test
  void gradientsAndTheirGradientsAgreeWithDifferences() {
    Torch.manualSeed(3);
    LSTM lstm = new LSTM(2, 3, 2, true, true, 0, true);
    GRU gru = new GRU(2, 3, 1, true, false, 0, true);
    RNN rnn = new RNN(2, 3, 1, "tanh", false, false, 0, true);
    Tensor x = Torch.randn(F64, 2, 3, 2).requiresGrad_();
    for (Module layer : List.of(lstm, gru, rnn)) check(layer, x);
    Tensor y = Torch.randn(F64, 3, 2, 4).requiresGrad_();
    check(new MultiheadAttention(4, 2), y);
    check(new TransformerEncoderLayer(4, 2, 3, 0, Functional::gelu, false), y);
  }

  private static void check(Module layer, Tensor x) {
    layer.to(F64);
    List<Tensor> all = new ArrayList<>(List.of(x));
    all.addAll(layer.parameters());
    Tensor[] in = all.toArray(Tensor[]::new);
    Autograd.gradcheck(_ -> layer.apply(x), in);
    Autograd.gradgradcheck(_ -> layer.apply(x), in);
  }

  @Test
  void wideLayersAgreeWithDoublePrecision() {
    Torch.manualSeed(7);
    for (Module layer : List.of(new LSTM(5, 83), new GRU(5, 83), new RNN(5, 83))) {
      Tensor x = Torch.randn(4, 8, 5);
      List<Tensor> single = resultsOf(layer, x);
      layer.to(F64);
      List<Tensor> exact = resultsOf(layer, x.to(F64));
      for (int k = 0; k < exact.size(); k++)
        assertThat(single.get(k).to(F64).allclose(exact.get(k), 1e-4, 1e-4, false)).as("%s, %s", layer, k).isTrue();
    }
  }

  private static List<Tensor> resultsOf(Module layer, Tensor x) {
    layer.zeroGrad();
    Tensor y = layer.apply(x);
    List<Tensor> all = new ArrayList<>(List.of(y.detach()));
    all.addAll(Autograd.grad(List.of(y.square().mean()), layer.parameters(), List.of()));
    return all;
  }

  @Test
  void thirdDerivativesExist() {
    Torch.manualSeed(5);
    GRU gru = new GRU(2, 2);
    gru.to(F64);
    Tensor x = Torch.randn(F64, 3, 1, 2).requiresGrad_();
    Autograd.gradgradcheck(
        in -> Autograd.grad(List.of(gru.apply(in[0]).square().sum()), List.of(in[0]), List.of(),
            GraphOption.CREATE_GRAPH).getFirst(),
        x);
  }

  @Test
  void aSequenceInTwoPartsIsTheWholeSequence() {
    Torch.manualSeed(1);
    LSTM lstm = new LSTM(3, 4, 2, true, true, 0, false);
    Tensor x = Torch.randn(2, 6, 3);
    LSTM.Output first = lstm.applyAll(x.narrow(1, 0, 4));
    LSTM.Output rest = lstm.apply(x.narrow(1, 4, 2), first.hidden(), first.cell());
    LSTM.Output whole = lstm.applyAll(x);
    Tensor joined = Torch.cat(List.of(first.output(), rest.output()), 1);
    assertThat(joined.allclose(whole.output(), 1e-5, 1e-6, false)).isTrue();
    assertThat(rest.cell().allclose(whole.cell(), 1e-5, 1e-6, false)).isTrue();
  }

  @Test
  void aLayerRunsItsCell() {
    Torch.manualSeed(1);
    GRU gru = new GRU(3, 4);
    GRUCell cell = new GRUCell(3, 4);
    cell.loadStateDict(Map.of("weight_ih", gru.namedParameters().get("weight_ih_l0"), "weight_hh",
        gru.namedParameters().get("weight_hh_l0"), "bias_ih", gru.namedParameters().get("bias_ih_l0"), "bias_hh",
        gru.namedParameters().get("bias_hh_l0")));
    Tensor x = Torch.randn(3, 2, 3);
    Tensor h = Torch.zeros(2, 4);
    Tensor states = gru.apply(x);
    for (int t = 0; t < 3; t++) {
      h = cell.apply(x.get(t), h);
      assertThat(h.allclose(states.get(t), 1e-5, 1e-6, false)).isTrue();
    }
  }

  @Test
  void layersOfAnEncoderBeginAsEqualsAndLearnApart() {
    Torch.manualSeed(1);
    TransformerEncoder encoder = new TransformerEncoder(new TransformerEncoderLayer(4, 2), 2);
    Tensor before = Torch.rand(1);
    Tensor a = encoder.layers.get(0).linear1.weight;
    Tensor b = encoder.layers.get(1).linear1.weight;
    assertThat(a.equal(b)).isTrue();
    encoder.zeroGrad();
    encoder.apply(Torch.randn(3, 1, 4)).sum().backward();
    assertThat(a.grad()).isNotSameAs(b.grad());
    Torch.manualSeed(1);
    TransformerEncoderLayer _ = new TransformerEncoderLayer(4, 2);
    assertThat(Torch.rand(1).equal(before)).isTrue();
  }

  @Test
  void attentionToNothingIsZero() {
    MultiheadAttention attention = new MultiheadAttention(4, 2, 0, false, true);
    Tensor x = Torch.randn(2, 3, 4);
    Tensor nothing = Torch.ones(DType.BOOL, 2, 3);
    for (boolean weights : new boolean[] {true, false}) {
      Tensor y = attention.apply(x, x, x, nothing, weights, null, true).output();
      assertThat(y.detach().equal(Torch.zeros(2, 3, 4))).isTrue();
    }
  }

  @Test
  void longAttentionGoesBlockByBlock() {
    Torch.manualSeed(2);
    Tensor q = Torch.randn(F64, 1, 2, 300, 3).requiresGrad_();
    Tensor k = Torch.randn(F64, 1, 2, 170, 3).requiresGrad_();
    Tensor v = Torch.randn(F64, 1, 2, 170, 5).requiresGrad_();
    Tensor mask = Torch.randn(F64, 2, 1, 170);
    Tensor y = Functional.scaledDotProductAttention(q, k, v, mask, 0, false, null);
    Tensor plain = q.matmul(k.mT()).mul(1 / Math.sqrt(3.0)).add(mask).softmax(-1).matmul(v);
    assertThat(y.allclose(plain, 1e-12, 1e-12, false)).isTrue();
    Tensor g = Torch.randn(F64, 1, 2, 300, 5);
    List<Tensor> found = Autograd.grad(List.of(y), List.of(q, k, v), List.of(g));
    List<Tensor> expected = Autograd.grad(List.of(plain), List.of(q, k, v), List.of(g));
    for (int i = 0; i < 3; i++) assertThat(found.get(i).allclose(expected.get(i), 1e-11, 1e-11, false)).isTrue();
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    LSTM lstm = new LSTM(3, 4);
    Tensor x = Torch.zeros(5, 2, 3);
    assertRefused(() -> lstm.apply(Torch.zeros(5, 2, 4)), "LSTM", "[5, 2, 4]");
    assertRefused(() -> lstm.apply(x, Torch.zeros(1, 3, 4), Torch.zeros(1, 2, 4)), "LSTM", "[1, 3, 4]");
    assertRefused(() -> lstm.apply(Torch.zeros(0, 2, 3)), "LSTM", "at least one step");
    assertRefused(() -> lstm.apply(x.to(F64)), "LSTM", "float64");
    assertRefused(() -> new RNN(3, 4, 1, "sine", true, false, 0, false), "RNN", "sine");
    assertRefused(() -> new MultiheadAttention(5, 2), "MultiheadAttention", "5");
    MultiheadAttention attention = new MultiheadAttention(4, 2);
    assertRefused(() -> attention.apply(x), "MultiheadAttention", "[5, 2, 3]");
    Tensor y = Torch.zeros(5, 2, 4);
    assertRefused(() -> attention.apply(y, y, y, Torch.zeros(5, 2), false, null, true), "keyPaddingMask", "[2, 5]");
  }

  private static void assertRefused(ThrowingCallable call, String... words) {
    assertThatIllegalArgumentException().isThrownBy(call)
        .withMessageContainingAll(words);
  }
}
