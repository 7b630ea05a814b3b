package dev.flambeau.nn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every layer has PyTorch's names, first values for a seed and printed form, and gives its results, gradients and running statistics. */
final class GoldenLayersTest {
  private static final Map<String, Supplier<Module>> ROWS = LayerRows.all();
  private static final Map<String, About> ABOUT = about();
  private static final List<GoldenCase> CASES = GoldenFile.read("/golden/layers-cases.txt");

  /** Layers whose gradients PyTorch computes in float64 with a constant in float32. */
  private static final Set<String> ROUGH = Set.of("Hardsigmoid", "CELU.alpha");

  /** Names of the state, and the printed form. */
  private record About(List<String> keys, String text) {}

  private static Map<String, About> about() {
    try (InputStream in = Objects.requireNonNull(GoldenLayersTest.class.getResourceAsStream("/golden/layers.txt"))) {
      List<String> lines = new String(in.readAllBytes(), UTF_8).lines().toList();
      Map<String, About> all = new LinkedHashMap<>();
      for (int i = 0; i < lines.size(); i += 3) {
        String keys = lines.get(i + 1).substring("keys ".length());
        all.put(lines.get(i).substring("layer ".length()),
            new About(keys.isEmpty() ? List.of() : List.of(keys.split(" ")),
                lines.get(i + 2).substring("print ".length()).replace("\\n", "\n")));
      }
      return all;
    } catch (IOException e) {
      return fail(e);
    }
  }

  private static Module made(String key) {
    Torch.manualSeed(7);
    return Objects.requireNonNull(ROWS.get(key), key).get();
  }

  @TestFactory
  Stream<DynamicTest> printsAndNamesItsStateAsPyTorch() {
    assertThat(ROWS.keySet()).containsExactlyInAnyOrderElementsOf(ABOUT.keySet());
    return ABOUT.entrySet().stream().map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
      Module layer = made(e.getKey());
      assertThat(layer.toString()).isEqualTo(e.getValue().text);
      assertThat(layer.stateDict().keySet()).containsExactlyElementsOf(e.getValue().keys);
    }));
  }

  @TestFactory
  Stream<DynamicTest> computesAsPyTorch() {
    return CASES.stream().filter(c -> !c.key().startsWith("init."))
        .map(c -> DynamicTest.dynamicTest(c.toString(), () -> compare(c)));
  }

  private static void compare(GoldenCase c) {
    Module layer = made(c.key());
    boolean doubles = (c.number() & 2) != 0;
    if (doubles) layer.to(DType.FLOAT64);
    List<String> keys = List.copyOf(layer.stateDict().keySet());
    int inputs = c.inputs().size() - keys.size();
    Map<String, Tensor> state = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      state.put(keys.get(i), GoldenTensors.of(c.inputs().get(inputs + i)).detach());
    }
    if (c.number() < 4) {
      layer.namedParameters().forEach((name, p) -> close("first " + name, Objects.requireNonNull(state.get(name)), p));
    }
    layer.loadStateDict(state);
    layer.train((c.number() & 1) == 0);
    Tensor[] x = c.inputs().subList(0, inputs).stream().map(GoldenTensors::of).toArray(Tensor[]::new);
    Tensor y = LayerRows.call(layer, x);
    close("output", c.outputs().getFirst(), y);
    List<String> buffers = List.copyOf(layer.namedBuffers().keySet());
    for (int i = 0; i < buffers.size(); i++) {
      close(buffers.get(i), c.outputs().get(i + 1), layer.buffers().get(i));
    }
    GoldenTensor g = c.gradOutputs().isEmpty() ? null : c.gradOutputs().getFirst();
    assertThat(y.requiresGrad()).isEqualTo(g != null);
    if (g != null) compareGradients(c, layer, x, y, GoldenTensors.of(g));
  }

  private static void compareGradients(GoldenCase c, Module layer, Tensor[] x, Tensor y, Tensor g) {
    Map<String, Tensor> parameters = layer.namedParameters();
    List<@Nullable Tensor> sources = new ArrayList<>(Arrays.asList(x));
    for (String key : layer.stateDict().keySet()) sources.add(parameters.get(key));
    List<Tensor> wanted = new ArrayList<>();
    for (Tensor s : sources) if (s != null && s.requiresGrad()) wanted.add(s);
    List<Tensor> grads = Autograd.grad(List.of(y), wanted, List.of(g), GraphOption.ALLOW_UNUSED);
    int next = 0;
    for (int i = 0; i < sources.size(); i++) {
      Tensor source = sources.get(i);
      GoldenTensor expected = c.gradInputs().get(i);
      if (source == null || !source.requiresGrad()) {
        assertThat(expected).isNull();
        continue;
      }
      Tensor actual = grads.get(next++);
      double tolerance = ROUGH.contains(c.key()) ? 1e-6 : tolerance(y.dtype());
      if (expected != null) close("gradient of input " + i, GoldenTensors.of(expected), actual, tolerance);
    }
  }

  private static double tolerance(DType dtype) { return dtype == DType.FLOAT64 ? 1e-9 : 2e-5; }

  private static void close(String what, GoldenTensor expected, Tensor actual) {
    close(what, GoldenTensors.of(expected), actual);
  }

  private static void close(String what, Tensor expected, Tensor actual) {
    close(what, expected, actual, tolerance(expected.dtype()));
  }

  private static void close(String what, Tensor expected, @Nullable Tensor actual, double tolerance) {
    assertThat(actual).as(what).isNotNull();
    Tensor a = Objects.requireNonNull(actual);
    assertThat(a.dtype()).as(what).isEqualTo(expected.dtype());
    assertThat(a.shape()).as(what).isEqualTo(expected.shape());
    double[] e = expected.toDoubleArray(), v = a.toDoubleArray();
    for (int i = 0; i < e.length; i++) {
      double difference = Math.abs(e[i] - v[i]);
      if (!(difference <= tolerance * (0.1 + Math.abs(e[i])))) {
        fail(what + " has " + v[i] + " instead of " + e[i] + " at " + i + " of " + Arrays.toString(expected.shape()));
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> fillsAsPyTorch() {
    Map<String, Consumer<Tensor>> fills = Map.ofEntries(Map.entry("uniform", x -> Init.uniform_(x, -2, 5)),
        Map.entry("normal", x -> Init.normal_(x, 1, 3)), Map.entry("eye", Init::eye_),
        Map.entry("dirac", Init::dirac_), Map.entry("dirac.groups", x -> Init.dirac_(x, 2)),
        Map.entry("xavierUniform", Init::xavierUniform_), Map.entry("xavierNormal", x -> Init.xavierNormal_(x, 2.5)),
        Map.entry("kaimingUniform", x -> Init.kaimingUniform_(x, 0.3)),
        Map.entry("kaimingUniform.out", x -> Init.kaimingUniform_(x, 0, Init.Fan.FAN_OUT, "relu")),
        Map.entry("kaimingNormal", x -> Init.kaimingNormal_(x, 0, Init.Fan.FAN_OUT, "tanh")),
        Map.entry("truncNormal", x -> Init.truncNormal_(x, 0, 1, -1, 1.5)),
        Map.entry("truncNormal.tail", x -> Init.truncNormal_(x, 0, 1, 2, 3)),
        Map.entry("orthogonal", Init::orthogonal_), Map.entry("orthogonal.wide", x -> Init.orthogonal_(x, 2)),
        Map.entry("sparse", x -> Init.sparse_(x, 0.3, 0.5)));
    return CASES.stream().filter(c -> c.key().startsWith("init.")).map(c -> DynamicTest.dynamicTest(c.key(), () -> {
      Tensor x = GoldenTensors.of(c.inputs().getFirst()).requiresGrad_();
      Torch.manualSeed(3);
      Objects.requireNonNull(fills.get(c.key().substring("init.".length()))).accept(x);
      close("filled", c.outputs().getFirst(), x.detach());
      assertThat(x.isLeaf()).isTrue();
    }));
  }
}
