package dev.flambeau.optim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flambeau.DType;
import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import dev.flambeau.nn.Utils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every optimizer follows PyTorch's over 100 steps ({@code tools/golden/optim.py}), also when it is saved and loaded half-way. */
class OptimizersGoldenTest {
  record Case(DType dtype, String optimizer, Map<Integer, double[]> after, List<String> state, List<String> group) {}

  @TestFactory
  Stream<DynamicTest> followsPyTorch() {
    return cases().stream().map(c -> DynamicTest.dynamicTest(c.dtype + " " + c.optimizer, () -> follows(c)));
  }

  private static void follows(Case c) {
    Problem problem = new Problem(c.dtype);
    Optimizer optimizer = make(c.optimizer, problem.params);
    int last = c.after.keySet().stream().mapToInt(k -> k).max().orElseThrow();
    for (int step = 1; step <= last; step++) {
      problem.step(optimizer, step);
      if (step == last / 2) {
        Problem copy = new Problem(c.dtype);
        for (int i = 0; i < 3; i++) copy.params.get(i).data(problem.params.get(i).detach().clone());
        Optimizer loaded = make(c.optimizer.replaceAll("lr=\\S+", "lr=7.0"), copy.params);
        loaded.loadStateDict(optimizer.stateDict());
        problem = copy;
        optimizer = loaded;
      }
      double[] expected = c.after.get(step);
      if (expected != null) problem.hasReached(expected, c, step);
    }
    Map<?, ?> saved = optimizer.stateDict();
    Map<?, ?> state = (Map<?, ?>) ((Map<?, ?>) saved.get("state")).get(0);
    assertThat(state == null ? List.of() : List.copyOf(state.keySet())).map(Object::toString)
        .containsExactlyInAnyOrderElementsOf(c.state);
    Map<?, ?> group = (Map<?, ?>) ((List<?>) saved.get("param_groups")).getFirst();
    assertThat(List.copyOf(group.keySet())).map(Object::toString).containsExactlyInAnyOrderElementsOf(c.group);
  }

  static Optimizer make(String text, List<Tensor> params) {
    List<String> words = List.of(text.split(" "));
    Optimizer optimizer = switch (words.getFirst()) {
      case "SGD" -> new SGD(params);
      case "Adam" -> new Adam(params);
      case "AdamW" -> new AdamW(params);
      case "RMSprop" -> new RMSprop(params);
      case "Adagrad" -> new Adagrad(params);
      case "Adadelta" -> new Adadelta(params);
      case "LBFGS" -> new LBFGS(params);
      default -> throw new AssertionError(text);
    };
    for (String option : words.subList(1, words.size())) {
      String name = option.substring(0, option.indexOf('='));
      String value = option.substring(name.length() + 1);
      if (value.equals("true")) optimizer.put(name, true);
      else if (value.contains(",")) optimizer.put(name, Arrays.stream(value.split(",")).map(Double::valueOf).toList());
      else if (value.equals("strong_wolfe")) optimizer.put(name, value);
      else optimizer.put(name, Double.valueOf(value));
      if (name.equals("max_iter")) optimizer.put("max_eval", (int) Double.parseDouble(value) * 5 / 4);
    }
    return optimizer;
  }

  /** The problem of {@code optim.py}. */
  static final class Problem {
    final List<Tensor> params;
    private final Tensor x;
    private final Tensor y;

    Problem(DType dtype) {
      Tensor w = Torch.arange(6).to(dtype).mul(0.3).sub(0.7).reshape(3, 2).requiresGrad_();
      Tensor b = Torch.tensor(0.1, -0.2).to(DType.FLOAT64).to(dtype);
      b = (dtype == DType.FLOAT64 ? Torch.fromArray(new double[] {0.1, -0.2}, 2) : b).requiresGrad_();
      params = List.of(w, b, Torch.full(dtype, 0.5).requiresGrad_());
      x = Torch.arange(12).to(dtype).mul(0.7).sin().reshape(4, 3);
      y = Torch.arange(8).to(dtype).mul(0.9).cos().reshape(4, 2).mul(0.8);
    }

    Tensor loss(int step) {
      Tensor out = x.matmul(params.get(0)).add(params.get(1)).tanh();
      if (step % 3 != 1) out = out.mul(params.get(2).add(1));
      Tensor fit = out.sub(y).pow(2).mean();
      return step > 0 ? fit : fit.add(Utils.parametersToVector(params).pow(2).sum().mul(0.05));
    }

    void step(Optimizer optimizer, int step) {
      optimizer.step(() -> {
        optimizer.zeroGrad();
        Tensor loss = loss(optimizer instanceof LBFGS ? 0 : step);
        loss.backward();
        return loss;
      });
    }

    double[] values() { return Torch.noGrad(() -> Utils.parametersToVector(params)).toDoubleArray(); }

    void hasReached(double[] expected, Case c, int step) {
      double scale = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
      // a loss in float32 tells parameters near its minimum apart to the root of the rounding error
      double single = c.optimizer.startsWith("LBFGS") ? 3e-4 : 1e-5;
      double tolerance = (c.dtype == DType.FLOAT64 ? 1e-10 : single) * scale;
      double[] came = values();
      for (int i = 0; i < came.length; i++)
        assertThat(came[i]).as("element %d after step %d", i, step)
            .isCloseTo(expected[i], Offset.offset(tolerance));
    }
  }

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (String line : lines("optim.txt")) {
      List<String> words = List.of(line.trim().split(" "));
      List<String> rest = words.subList(1, words.size());
      switch (words.getFirst()) {
        case "case" -> cases.add(new Case(rest.getFirst().equals("f4") ? DType.FLOAT32 : DType.FLOAT64,
            String.join(" ", rest.subList(1, rest.size())), new LinkedHashMap<>(), new ArrayList<>(),
            new ArrayList<>()));
        case "after" -> cases.getLast().after.put(Integer.valueOf(rest.getFirst()),
            rest.stream().skip(1).mapToDouble(Double::parseDouble).toArray());
        case "state" -> cases.getLast().state.addAll(rest);
        case "group" -> cases.getLast().group.addAll(rest);
        default -> throw new AssertionError(line);
      }
    }
    return cases;
  }

  static List<String> lines(String file) {
    try (var in = OptimizersGoldenTest.class.getResourceAsStream("/golden/" + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
