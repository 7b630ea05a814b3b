package dev.flambeau.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flambeau.benchmarks.worker.Inputs;
import dev.flambeau.benchmarks.worker.Row;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class FlambeauWorkerTest {
  private static float[] result(String name) {
    Supplier<Row> row = FlambeauWorker.rows(1).get(name);
    assertThat(row).as(name).isNotNull();
    return row.get().result();
  }

  @Test
  void everyRowOfTheTableIsThere() {
    assertThat(FlambeauWorker.rows(1)).containsKey("peak")
        .containsKeys(Spec.ALL.stream().filter(s -> !s.ofProcesses()).map(Spec::name).toArray(String[]::new));
  }

  @Test
  void theTutorialsGradient() {
    float[] x = Inputs.uniform(4, 1, 1), gradient = result("graph-2x2");
    for (int i = 0; i < 4; i++) assertThat(gradient[i]).isCloseTo(1.5f * (x[i] + 2), within(1e-6f));
  }

  @Test
  void aStepCanBeRepeated() {
    Row row = FlambeauWorker.rows(1).get("graph-2x2").get();
    row.step();
    row.step();
    assertThat(row.result()).containsExactly(result("graph-2x2"));
  }

  @Test
  void theSum() {
    double sum = 0;
    for (float v : Inputs.uniform(1 << 20, 1, 1)) sum += v;
    assertThat(result("sum-1m")).hasSize(1);
    assertThat((double) result("sum-1m")[0]).isCloseTo(sum, within(0.05));
  }

  @Test
  void trainingMovesEveryParameter() {
    float[] trained = result("mlp");
    assertThat(trained).hasSize(Inputs.HIDDEN * Inputs.IN + Inputs.HIDDEN + Inputs.OUT * Inputs.HIDDEN + Inputs.OUT);
    float[] b2 = Inputs.uniform(Inputs.OUT, 6, 1f / 16);
    for (int i = 0; i < Inputs.OUT; i++) assertThat(trained[trained.length - Inputs.OUT + i]).isNotEqualTo(b2[i]);
  }

  @Test
  void lossesFallBehindTheFirstOutput() {
    for (String name : new String[] {"resnet-training-1-64", "transformer"}) {
      float[] result = result(name);
      int outputs = name.equals("transformer") ? Inputs.SEQUENCES * Inputs.TOKENS * Inputs.FEATURES : Inputs.CLASSES;
      assertThat(result).hasSize(outputs + Inputs.STEPS);
      assertThat(result[result.length - 1]).isPositive().isLessThan(result[outputs]);
    }
  }

  @Test
  void inferenceGivesTheSameLogitsEachTime() {
    Row row = FlambeauWorker.rows(1).get("resnet-inference-1-64").get();
    row.step();
    assertThat(row.result()).hasSize(Inputs.CLASSES).containsExactly(row.result());
  }

  @Test
  void theRecurrenceGivesAllGradientsOfOneStep() {
    Row row = FlambeauWorker.rows(1).get("lstm").get();
    row.step();
    float[] gradients = row.result();
    assertThat(gradients).hasSize(4 * Inputs.STATES * (Inputs.SIGNALS + Inputs.STATES + 2))
        .containsExactly(result("lstm"));
  }
}
