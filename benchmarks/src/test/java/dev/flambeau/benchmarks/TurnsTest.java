package dev.flambeau.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Scanner;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TurnsTest {
  private static final Spec SPEC = new Spec("add", "add", 1, 0, 1e-6);
  private static final Options OPTIONS = new Options(List.of(SPEC), Set.of(), false, false, true, false, 2, 1, 2, 1);

  @TempDir
  Path scratch;

  /** A process whose every result is {@code result} and whose every sample takes {@code nanos}. */
  private static Contender fake(String name, float result, double nanos) throws IOException {
    PipedInputStream commands = new PipedInputStream(), answers = new PipedInputStream();
    PrintStream out = new PrintStream(new PipedOutputStream(answers), true, StandardCharsets.UTF_8);
    PipedOutputStream in = new PipedOutputStream(commands);
    Thread.ofVirtual().start(() -> answer(commands, out, result, nanos));
    return new Contender(name, answers, in, out);
  }

  private static void answer(InputStream commands, PrintStream out, float result, double nanos) {
    out.println("ready fake");
    Scanner lines = new Scanner(commands, StandardCharsets.UTF_8);
    while (lines.hasNextLine()) {
      String[] words = lines.nextLine().split(" ");
      out.println(switch (words[0]) {
        case "result" -> written(result, Path.of(words[2]));
        case "warm" -> "step " + nanos;
        default -> "times 1000 0 " + nanos + " " + nanos;
      });
    }
  }

  private static String written(float result, Path file) {
    if (Float.isInfinite(result)) return "failed out of memory";
    try {
      Files.write(file, ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(result).array());
      return "done";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everybodyIsTimedAndTheRatioIsToTheFastestPeer() throws Exception {
    Outcome outcome = new Turns(OPTIONS, scratch).run(SPEC, fake("Flambeau", 1, 100),
        List.of(fake("slow", 1, 900), fake("fast", 1, 250)));
    assertThat(outcome.notes()).isEmpty();
    assertThat(outcome.difference()).isZero();
    assertThat(outcome.times()).containsOnlyKeys("Flambeau", "slow", "fast");
    assertThat(outcome.times().get("fast").nanos()).hasSize(2 * OPTIONS.rounds());
    assertThat(outcome.ratio()).isEqualTo(2.5);
  }

  @Test
  void aWrongResultIsNotTimed() throws Exception {
    Outcome outcome = new Turns(OPTIONS, scratch).run(SPEC, fake("Flambeau", 1.1f, 100), List.of(fake("peer", 1, 900)));
    assertThat(outcome.failed()).isTrue();
    assertThat(outcome.notes()).singleElement().asString().startsWith("WRONG RESULT: differs from peer by 1e-01");
  }

  @Test
  void aResultThatIsNoNumberIsWrong() throws Exception {
    Outcome outcome =
        new Turns(OPTIONS, scratch).run(SPEC, fake("Flambeau", Float.NaN, 100), List.of(fake("peer", 1, 900)));
    assertThat(outcome.failed()).isTrue();
  }

  @Test
  void aPeerThatFailsIsAbsentFromTheRow() throws Exception {
    Outcome outcome = new Turns(OPTIONS, scratch).run(SPEC, fake("Flambeau", 1, 100),
        List.of(fake("broken", Float.POSITIVE_INFINITY, 1), fake("peer", 1, 200)));
    assertThat(outcome.times()).containsOnlyKeys("Flambeau", "peer");
    assertThat(outcome.notes()).containsExactly("broken has no add: out of memory");
    assertThat(outcome.ratio()).isEqualTo(2);
  }

  @Test
  void withoutPeersThereIsNoRatio() throws Exception {
    Outcome outcome = new Turns(OPTIONS, scratch).run(SPEC, fake("Flambeau", 1, 100), List.of());
    assertThat(outcome.failed()).isFalse();
    assertThat(outcome.ratio()).isNaN();
  }
}
