package dev.flambeau.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ContenderTest {
  private final ByteArrayOutputStream commands = new ByteArrayOutputStream();

  private Contender answering(String answers) throws IOException {
    return new Contender("peer", new ByteArrayInputStream(answers.getBytes(StandardCharsets.UTF_8)), commands,
        () -> {});
  }

  @Test
  void aConversation() throws IOException {
    Contender peer =
        answering("ready 1.2, 2 threads\ndone\nstep 12.5\ntimes - - 1.0 2.0\nbytes 5e6\nbytes -\nfolder a b\n");
    assertThat(peer.version()).isEqualTo("1.2, 2 threads");
    peer.result("add-2x2", Path.of("out.bin"));
    assertThat(peer.warm("add-2x2", 300)).isEqualTo(12.5);
    assertThat(peer.times("add-2x2", 5, 2, 10).nanos()).containsExactly(1.0, 2.0);
    assertThat(peer.memory("resident", "mlp", 3)).isEqualTo(5e6);
    assertThat(peer.memory("reachable", "mlp", 3)).isNaN();
    assertThat(peer.folder()).isEqualTo(Path.of("a b"));
    assertThat(commands).hasToString("""
        result add-2x2 out.bin
        warm add-2x2 300
        row add-2x2 5 2 10
        resident mlp 3
        reachable mlp 3
        folder
        """);
  }

  @Test
  void aLibrarysOwnLinesAreSkipped() throws IOException {
    assertThat(answering("loading natives\n\nready 1\nhello\nstep 3\n").warm("mlp", 1)).isEqualTo(3);
  }

  @Test
  void aFailureIsReportedWithItsReason() throws IOException {
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> answering("failed no module named torch\n"))
        .withMessage("no module named torch");
    Contender peer = answering("ready 1\nfailed there is no row mlp\n");
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> peer.warm("mlp", 1))
        .withMessage("there is no row mlp");
  }

  @Test
  void theEndOfAProcessIsNoticed() throws IOException {
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> answering("")).withMessage("peer has stopped");
    Contender peer = answering("ready 1\n");
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> peer.warm("mlp", 1)).withMessage("peer has stopped");
  }

  @Test
  void anAnswerToAnotherQuestionIsAnError() throws IOException {
    Contender peer = answering("ready 1\ndone\n");
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> peer.warm("mlp", 1))
        .withMessageContaining("not step");
  }
}
