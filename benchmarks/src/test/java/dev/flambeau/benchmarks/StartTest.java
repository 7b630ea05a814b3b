package dev.flambeau.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTest {
  private static final Spec SPEC = new Spec("start", "start", 2, 0, 0, 1e9);

  @TempDir
  Path scratch;

  /** A process of this JVM's program with its own class path. */
  static final class Echo {
    private Echo() {}

    public static void main(String[] args) {
      System.err.println("hello 1.0");
      for (String line : args) System.out.println(line);
    }
  }

  private static List<String> printing(String... lines) {
    return Contenders.joined(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
        System.getProperty("java.class.path"), Echo.class.getName()), List.of(lines));
  }

  private Start start(String... lines) throws Exception { return Start.of(printing(lines), scratch.resolve("log")); }

  @Test
  void theFirstLineWithNumbersIsTheResult() throws Exception {
    Start start = start("using 2 threads", "tensor([4., -6.5e-1], dtype=float32)", "7.0");
    assertThat(start.values()).containsExactly(4f, -0.65f);
    assertThat(start.nanos()).isGreaterThan(1e6);
  }

  @Test
  void aProcessWithoutAResultFails() {
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> start("nothing"))
        .withMessageContaining("without a result");
  }

  @Test
  void everybodyIsStartedInTurnAndAVariantIsANote() throws Exception {
    Outcome outcome = new Starts(2, scratch.resolve("log")).run(SPEC,
        Map.of("Flambeau", printing("4.0"), "peer", printing("[4.]")), Map.of("plain", printing("4.0")));
    assertThat(outcome.times()).containsOnlyKeys("Flambeau", "peer");
    assertThat(outcome.times().values()).allMatch(t -> t.nanos().size() == 2);
    assertThat(outcome.ratio()).isPositive();
    assertThat(outcome.notes()).singleElement().asString().startsWith("Flambeau plain: ");
  }

  @Test
  void aWrongResultIsNotTimed() throws Exception {
    Outcome outcome = new Starts(1, scratch.resolve("log")).run(SPEC,
        Map.of("Flambeau", printing("4.0"), "peer", printing("5.0")), Map.of());
    assertThat(outcome.failed()).isTrue();
    assertThat(outcome.notes()).singleElement().asString().startsWith("WRONG RESULT: differs from peer");
  }

  @Test
  void aPeerThatDoesNotStartIsAbsentFromTheRow() throws Exception {
    Outcome outcome = new Starts(1, scratch.resolve("log")).run(SPEC,
        Map.of("Flambeau", printing("4.0"), "broken", printing()), Map.of());
    assertThat(outcome.times()).containsOnlyKeys("Flambeau");
    assertThat(outcome.notes()).containsExactly("broken has no start: its process ended without a result");
  }
}
