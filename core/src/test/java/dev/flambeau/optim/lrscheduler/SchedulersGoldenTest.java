package dev.flambeau.optim.lrscheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import dev.flambeau.optim.Adam;
import dev.flambeau.optim.Optimizer;
import dev.flambeau.optim.ParamGroup;
import dev.flambeau.optim.SGD;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every scheduler gives PyTorch's learning rates over 66 epochs ({@code tools/golden/optim.py}), also when it is saved and loaded half-way. */
class SchedulersGoldenTest {
  private static final Map<String, Function<Optimizer, LRScheduler>> SCHEDULES = Map.ofEntries(
      Map.entry("step", o -> new StepLR(o, 10, 0.5)),
      Map.entry("multistep", o -> new MultiStepLR(o, List.of(5, 20, 20, 41), 0.3)),
      Map.entry("exponential", o -> new ExponentialLR(o, 0.95)),
      Map.entry("constant", o -> new ConstantLR(o, 0.25, 7)),
      Map.entry("linear", o -> new LinearLR(o, 0.2, 0.9, 12)),
      Map.entry("polynomial", o -> new PolynomialLR(o, 40, 2)),
      Map.entry("cosine", o -> new CosineAnnealingLR(o, 13, 0.001)),
      Map.entry("restarts", o -> new CosineAnnealingWarmRestarts(o, 7)),
      Map.entry("restarts2", o -> new CosineAnnealingWarmRestarts(o, 5, 2, 0.002)),
      Map.entry("lambda", o -> new LambdaLR(o, e -> 1 / (1 + 0.1 * e))),
      Map.entry("lambdas", o -> new LambdaLR(o, List.of(e -> Math.pow(0.9, e), e -> 1 + e))),
      Map.entry("multiplicative", o -> new MultiplicativeLR(o, e -> 1 - 0.01 * e / (1 + e))),
      Map.entry("onecycle", o -> new OneCycleLR(o, 0.3, 70)),
      Map.entry("onecycle.linear",
          o -> new OneCycleLR(o, new double[] {0.3, 0.1}, 70).annealStrategy("linear").pctStart(0.4).divFactor(10)),
      Map.entry("onecycle.three",
          o -> new OneCycleLR(o, 0.3, 66).threePhase(true).baseMomentum(0.8).maxMomentum(0.9).finalDivFactor(100)),
      Map.entry("onecycle.fixed", o -> new OneCycleLR(o, 0.3, 66).cycleMomentum(false)),
      Map.entry("sequential",
          o -> new SequentialLR(o,
              List.of(new LinearLR(o, 0.1, 1, 5), new CosineAnnealingLR(o, 20), new ExponentialLR(o, 0.9)),
              List.of(5, 30))),
      Map.entry("sequential.step",
          o -> new SequentialLR(o,
              List.of(new ConstantLR(o, 0.1, 4), new StepLR(o, 6, 0.5), new PolynomialLR(o, 20, 1)),
              List.of(10, 40))),
      Map.entry("sequential.lambda",
          o -> new SequentialLR(o, List.of(new LambdaLR(o, e -> 0.5 + e), new CosineAnnealingWarmRestarts(o, 6)),
              List.of(9))),
      Map.entry("chained",
          o -> new ChainedScheduler(new ConstantLR(o, 0.1, 10), new ExponentialLR(o, 0.9), new StepLR(o, 15, 0.5))),
      Map.entry("nested",
          o -> new SequentialLR(o,
              List.of(new ChainedScheduler(new LinearLR(o, 0.5, 1, 4), new ExponentialLR(o, 0.99)), new StepLR(o, 4)),
              List.of(12))),
      Map.entry("plateau", o -> new ReduceLROnPlateau(o).patience(3)),
      Map.entry("plateau.max",
          o -> new ReduceLROnPlateau(o).mode("max").factor(0.5).patience(2).threshold(0.01, "abs").cooldown(4)
              .minLr(0.004, 0.001)),
      Map.entry("plateau.min.abs",
          o -> new ReduceLROnPlateau(o).factor(0.7).patience(1).threshold(0.02, "abs").eps(1e-3)),
      Map.entry("plateau.max.rel",
          o -> new ReduceLROnPlateau(o).mode("max").factor(0.3).patience(4).threshold(0.1, "rel").minLr(0.0005)));

  record Case(String optimizer, String key, List<double[]> rates, List<double[]> momenta, List<String> state,
      List<String> group) {}

  @TestFactory
  Stream<DynamicTest> followsPyTorch() {
    return cases().stream().map(c -> DynamicTest.dynamicTest(c.optimizer + " " + c.key, () -> follows(c)));
  }

  private static void follows(Case c) {
    Optimizer optimizer = optimizer(c.optimizer);
    LRScheduler scheduler = SCHEDULES.get(c.key).apply(optimizer);
    for (int t = 0; t < 66; t++) {
      if (t == 33) {
        Optimizer fresh = optimizer(c.optimizer);
        LRScheduler loaded = SCHEDULES.get(c.key).apply(fresh);
        fresh.loadStateDict(optimizer.stateDict());
        loaded.loadStateDict(scheduler.stateDict());
        optimizer = fresh;
        scheduler = loaded;
      }
      for (int i = 0; i < 2; i++) {
        same(optimizer.paramGroups().get(i).number("lr"), c.rates.get(i)[t], c.key + " epoch " + t + " group " + i);
        same(scheduler.getLastLr().get(i), c.rates.get(i)[t], c.key + " epoch " + t + " last of group " + i);
      }
      ParamGroup group = optimizer.paramGroups().getFirst();
      double momentum = group.has("betas") ? group.numbers("betas").getFirst() : group.number("momentum");
      if (!c.momenta.isEmpty()) same(momentum, c.momenta.getFirst()[t], c.key + " epoch " + t + " momentum");
      if (scheduler instanceof ReduceLROnPlateau plateau) plateau.step(1.0 / (1 + t / 9) + t * 37 % 11 * 0.01);
      else scheduler.step();
    }
    assertThat(c.state)
        .containsAll(scheduler.stateDict().keySet().stream().filter(k -> !k.equals("use_beta1")).toList());
    for (String name : c.group) assertThat(optimizer.paramGroups().getFirst().has(name)).as(name).isTrue();
  }

  private static void same(double came, double expected, String what) {
    assertThat(came).as(what).isCloseTo(expected, Offset.offset(1e-12 * Math.abs(expected) + 1e-17));
  }

  private static Optimizer optimizer(String name) {
    List<Tensor> first = List.of(Torch.zeros(2).requiresGrad_());
    Optimizer optimizer = name.equals("SGD") ? new SGD(first, 0.1).momentum(0.7) : new Adam(first, 0.1);
    optimizer.addParamGroup(List.of(Torch.zeros(3).requiresGrad_())).put("lr", 0.02);
    return optimizer;
  }

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    String text;
    try (var in = SchedulersGoldenTest.class.getResourceAsStream("/golden/optim_schedules.txt")) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (String line : text.lines().toList()) {
      String[] words = line.trim().split(" ");
      String[] rest = Arrays.copyOfRange(words, 1, words.length);
      switch (words[0]) {
        case "schedule" -> cases.add(
            new Case(rest[0], rest[1], new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
        case "lr" -> cases.getLast().rates.add(Arrays.stream(rest).mapToDouble(Double::parseDouble).toArray());
        case "momentum" -> cases.getLast().momenta.add(Arrays.stream(rest).mapToDouble(Double::parseDouble).toArray());
        case "state" -> cases.getLast().state.addAll(List.of(rest));
        case "group" -> cases.getLast().group.addAll(List.of(rest));
        default -> throw new AssertionError(line);
      }
    }
    return cases;
  }
}
