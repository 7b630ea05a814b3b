package dev.flambeau.benchmarks.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerTest {
  private final List<String> events = new ArrayList<>();
  private int steps;

  private final class Counting implements Row {
    private final String name;

    Counting(String name) {
      this.name = name;
      events.add("open " + name);
    }

    @Override
    public Object step() { return ++steps; }

    @Override
    public float[] result() { return new float[] {1, 2.5f}; }

    @Override
    public void close() { events.add("close " + name); }
  }

  private List<String> answers(String... commands) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Worker worker = new Worker(Map.of("a", () -> new Counting("a"), "b", () -> new Counting("b")));
    worker.serve("1.0", new ByteArrayInputStream(String.join("\n", commands).getBytes(StandardCharsets.UTF_8)),
        new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(OutputStream.nullOutputStream()));
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void itSaysThatItIsReady() throws IOException { assertThat(answers()).containsExactly("ready 1.0"); }

  @Test
  void aResultIsWrittenAsLittleEndianFloats(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("a.bin");
    assertThat(answers("result a " + file)).containsExactly("ready 1.0", "done");
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(new float[] {bytes.getFloat(), bytes.getFloat()}).containsExactly(1, 2.5f);
    assertThat(bytes.remaining()).isZero();
  }

  @Test
  void samplesTakeTheirNumberOfSteps() throws IOException {
    List<String> answers = answers("row a 5 3 4");
    assertThat(steps).isEqualTo(5 + 3 * 4);
    assertThat(answers.get(1)).matches("times \\d+ \\d+( [0-9.E-]+){3}");
  }

  @Test
  void warmingTakesSteps() throws IOException {
    assertThat(answers("warm a 20").get(1)).matches("step [0-9.E-]+");
    assertThat(steps).isPositive();
  }

  @Test
  void memoryIsMeasuredOnAFreshRow() throws IOException {
    List<String> answers = answers("warm a 1", "resident a 3", "reachable a 2");
    assertThat(answers.get(2)).matches("bytes (-|\\d+)");
    assertThat(answers.get(3)).matches("bytes -?\\d+");
    assertThat(events).containsExactly("open a", "close a", "open a", "close a", "open a", "close a");
  }

  @Test
  void oneRowIsOpenAtATime() throws IOException {
    assertThat(answers("warm a 1", "row a 1 1 1", "warm b 1")).hasSize(4);
    assertThat(events).containsExactly("open a", "close a", "open b", "close b");
  }

  @Test
  void aFailureIsAnAnswerAndNotTheEnd() throws IOException {
    List<String> answers = answers("warm c 1", "sing", "warm a x", "warm a 1");
    assertThat(answers.get(1)).startsWith("failed ").contains("there is no row c");
    assertThat(answers.get(2)).startsWith("failed ").contains("there is no command sing");
    assertThat(answers.get(3)).startsWith("failed ");
    assertThat(answers.get(4)).startsWith("step ");
  }
}
