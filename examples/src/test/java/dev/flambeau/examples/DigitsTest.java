package dev.flambeau.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DigitsTest {
  private static final double TOLERANCE = 1e-5;

  @Test
  void learnsAsThePyTorchProgramDoes() throws Exception {
    List<Double> losses = new ArrayList<>();
    Progress collecting = new Progress() {
      @Override
      public void step(double loss) { losses.add(loss); }

      @Override
      public void close() {}
    };
    long steps = Digits.steps(Digits.EPOCHS, Digits.BATCH);
    List<String> printed =
        Captured.of(() -> Digits.run(steps, Digits.BATCH, Digits.RATE, Digits.SEED, collecting)).out().lines().toList();

    List<String> golden = golden();
    for (int i = 0; i < 50; i++) {
      String[] words = golden.get(i).split(" ", -1);
      assertThat(losses.get(i)).as(golden.get(i)).isCloseTo(Double.parseDouble(words[2]), within(TOLERANCE));
    }
    assertThat(golden).contains("steps " + losses.size());
    assertThat(printed.getLast()).matches("accuracy: \\d+\\.\\d %");
    assertThat(Double.parseDouble(printed.getLast().replaceAll("[^0-9.]", ""))).isGreaterThanOrEqualTo(96);
    assertThat(printed).anyMatch(line -> line.matches("\\s*(read \\d(, is \\d)?\\s*){4}"));
  }

  @Test
  void theSameSeedGivesTheSameLosses() {
    assertThat(losses(7)).isEqualTo(losses(7)).isNotEqualTo(losses(8));
  }

  private static List<Double> losses(long seed) {
    List<Double> losses = new ArrayList<>();
    new Digits(seed).train(60, Digits.BATCH, Digits.RATE, losses::add);
    return losses;
  }

  private static List<String> golden() throws Exception {
    try (InputStream file = DigitsTest.class.getResourceAsStream("/golden/digits-losses.txt")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
