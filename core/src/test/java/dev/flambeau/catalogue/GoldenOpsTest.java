package dev.flambeau.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import dev.flambeau.Autograd;
import dev.flambeau.GoldenTensors;
import dev.flambeau.GraphOption;
import dev.flambeau.Node;
import dev.flambeau.Tensor;
import dev.flambeau.array.TestSpares;
import dev.flambeau.golden.GoldenCase;
import dev.flambeau.golden.GoldenFile;
import dev.flambeau.golden.GoldenTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every operation gives PyTorch's outputs, dtypes, shapes, names of nodes, gradients and gradients of gradients, and refuses what PyTorch refuses. */
final class GoldenOpsTest {
  static final List<String> FAMILIES = GoldenFile.OPS;

  /** Cases in which PyTorch's result depends on where in the array an element stands: its vectors give NaN for gelu(∞), its single steps ∞. */
  private static final Set<String> ACCIDENTS = Set.of("gelu #6", "gelu #12");

  @ParameterizedTest
  @FieldSource("FAMILIES")
  void agreesWithPyTorch(String family) throws Exception {
    List<GoldenCase> cases = GoldenFile.ops(family);
    Map<String, List<String>> failures = new TreeMap<>();
    for (GoldenCase c : cases) {
      if (ACCIDENTS.contains(c.toString())) continue;
      String problem;
      try (var _ = TestSpares.litter()) {
        problem = problem(c);
      }
      if (problem != null)
        failures.computeIfAbsent(c.key(), _ -> new ArrayList<>()).add("#" + c.number() + " " + problem);
    }
    if (!failures.isEmpty()) fail(report(family, cases.size(), failures));
  }

  @Test
  void everyRowHasACase() {
    Set<String> rows = new TreeSet<>(Catalogue.all().keys());
    FAMILIES.forEach(family -> GoldenFile.ops(family).forEach(c -> rows.remove(c.key())));
    assertThat(rows).as("rows of the catalogue without a golden case").isEmpty();
  }

  private static String report(String family, int cases, Map<String, List<String>> failures) {
    int failed = failures.values().stream().mapToInt(List::size).sum();
    StringBuilder all =
        new StringBuilder(family + ": " + failed + " of " + cases + " cases fail, of " + failures.size() + " keys:");
    failures.forEach((key, problems) -> all.append("\n  ").append(key).append(" (").append(problems.size()).append(") ")
        .append(problems.getFirst()));
    return all.toString();
  }

  private static @Nullable String problem(GoldenCase c) {
    Function<Tensor[], Tensor[]> f = Catalogue.all().get(c.key());
    if (f == null) return "has no row in the catalogue";
    try {
      return c.refused() ? refusal(c, f) : difference(c, f);
    } catch (RuntimeException | LinkageError | AssertionError e) {
      StackTraceElement[] trace = e.getStackTrace();
      return "threw " + e + Arrays.stream(trace).limit(3).map(at -> " at " + at).collect(Collectors.joining());
    }
  }

  private static @Nullable String refusal(GoldenCase c, Function<Tensor[], Tensor[]> f) {
    try {
      Tensor[] out = f.apply(inputs(c));
      return "gave " + out[0] + " for inputs that PyTorch refuses: "
          + c.inputs().stream().map(x -> x.dtype() + Arrays.toString(x.shape())).toList();
    } catch (IllegalArgumentException expected) {
      return null;
    }
  }

  private static Tensor[] inputs(GoldenCase c) {
    return c.inputs().stream().map(GoldenTensors::of).toArray(Tensor[]::new);
  }

  private static @Nullable String difference(GoldenCase c, Function<Tensor[], Tensor[]> f) {
    Tensor[] in = inputs(c);
    Tensor[] out = f.apply(in);
    if (out.length != c.outputs().size()) return "gave " + out.length + " outputs instead of " + c.outputs().size();
    for (int k = 0; k < out.length; k++) {
      String problem = Comparison.of(c).difference("output " + k, c.outputs().get(k), out[k]);
      if (problem == null && !c.outputStrides().isEmpty())
        problem = strideDifference(k, c.outputStrides().get(k), out[k]);
      if (problem != null) return problem;
    }
    Node made = out[0].gradFn();
    String name = made == null ? null : made.name();
    if (!Objects.equals(name, c.gradFn())) return "was made by " + name + " instead of " + c.gradFn();
    return c.gradOutputs().stream().allMatch(Objects::isNull) ? null : gradientDifference(c, in, out);
  }

  private static @Nullable String strideDifference(int k, int[] expected, Tensor actual) {
    long[] strides = actual.strides();
    if (actual.numel() == 0) return null;
    for (int d = 0; d < expected.length; d++) {
      if (actual.size(d) > 1 && strides[d] != expected[d]) {
        return "output " + k + " has strides " + Arrays.toString(strides) + " instead of " + Arrays.toString(expected);
      }
    }
    return null;
  }

  private static @Nullable String gradientDifference(GoldenCase c, Tensor[] in, Tensor[] out) {
    List<Tensor> outputs = new ArrayList<>();
    List<Tensor> gradOutputs = new ArrayList<>();
    boolean twice = !c.outputTangents().isEmpty();
    for (int k = 0; k < out.length; k++) {
      GoldenTensor g = c.gradOutputs().get(k);
      if (g == null) {
        if (out[k].requiresGrad()) return "output " + k + " should not require grad";
        continue;
      }
      if (!out[k].requiresGrad()) return "output " + k + " should require grad";
      outputs.add(out[k]);
      gradOutputs.add(GoldenTensors.of(g).requiresGrad_(twice));
    }
    List<Tensor> wanted = Arrays.stream(in).filter(Tensor::requiresGrad).toList();
    List<@Nullable Tensor> grads =
        spread(in, Autograd.grad(outputs, wanted, gradOutputs, GraphOption.ALLOW_UNUSED, GraphOption.RETAIN_GRAPH));
    String problem = gradientDifference(c, "gradient", c.gradInputs(), grads);
    if (problem != null || !twice) return problem;
    grads = spread(in, Autograd.grad(outputs, wanted, gradOutputs, GraphOption.ALLOW_UNUSED, GraphOption.CREATE_GRAPH));
    problem = gradientDifference(c, "gradient with graph", c.gradInputs(), grads);
    return problem != null ? problem : secondOrderDifference(c, in, grads, gradOutputs);
  }

  private static @Nullable String gradientDifference(GoldenCase c, String what, List<@Nullable GoldenTensor> expected,
      List<@Nullable Tensor> actual) {
    for (int i = 0; i < expected.size(); i++) {
      String problem = Comparison.of(c).gradientDifference(what + " " + i, expected.get(i), actual.get(i));
      if (problem != null) return problem;
    }
    return null;
  }

  /** Gradients of Σ gradᵢ · vᵢ. */
  private static @Nullable String secondOrderDifference(GoldenCase c, Tensor[] in, List<@Nullable Tensor> grads,
      List<Tensor> gradOutputs) {
    List<Tensor> roots = new ArrayList<>();
    List<Tensor> directions = new ArrayList<>();
    for (int i = 0; i < in.length; i++) {
      GoldenTensor v = c.directions().get(i);
      Tensor g = grads.get(i);
      if (v == null || g == null || !g.requiresGrad()) continue;
      roots.add(g);
      directions.add(GoldenTensors.of(v));
    }
    List<Tensor> sources = new ArrayList<>(Arrays.stream(in).filter(Tensor::requiresGrad).toList());
    int inputs = sources.size();
    sources.addAll(gradOutputs);
    List<@Nullable Tensor> second = new ArrayList<>(roots.isEmpty() ? Collections.nCopies(sources.size(), null)
        : Autograd.grad(roots, sources, directions, GraphOption.ALLOW_UNUSED));
    String problem = gradientDifference(c, "second gradient", c.secondOrder(), spread(in, second.subList(0, inputs)));
    if (problem != null) return problem;
    int next = inputs;
    for (int k = 0; k < c.outputTangents().size(); k++) {
      if (c.gradOutputs().get(k) == null) continue;
      problem = Comparison.of(c).gradientDifference("tangent " + k, c.outputTangents().get(k), second.get(next++));
      if (problem != null) return problem;
    }
    return null;
  }

  /** {@code some}, which belong to those inputs that require gradients, in the order of all. */
  private static List<@Nullable Tensor> spread(Tensor[] in, List<? extends @Nullable Tensor> some) {
    List<@Nullable Tensor> all = new ArrayList<>();
    int next = 0;
    for (Tensor x : in) all.add(x.requiresGrad() ? some.get(next++) : null);
    return all;
  }
}
