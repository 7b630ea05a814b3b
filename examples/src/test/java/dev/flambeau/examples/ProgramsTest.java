package dev.flambeau.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flambeau.Torch;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramsTest {
  @TempDir
  Path folder;

  @Test
  void theConvolutionalNetReadsDigitsAfterOneEpoch() throws Exception {
    Captured printed = Captured.of(() -> assertThat(
        Commands.execute("train", "digits", "--epochs", "1", "--lr", "0.003", "--out", folder.toString())).isZero());
    String last = printed.out().lines().toList().getLast();
    assertThat(Double.parseDouble(last.replaceAll("[^0-9.]", ""))).isGreaterThan(85);
    assertThat(folder.resolve("digits.pth")).exists();
    assertThat(folder.resolve("digits.png")).exists();
  }

  @Test
  void theLstmTellsASineWave() {
    Torch.manualSeed(0);
    SineLstm model = new SineLstm();
    assertThat(SineLstm.train(model, 100)).isLessThan(0.02);
  }

  @Test
  void theTransformerLearnsATextThatRepeats() throws Exception {
    Path text = Files.writeString(folder.resolve("text.txt"), "abcd ".repeat(60));
    Captured printed = Captured.of(() -> assertThat(
        Commands.execute("transformer", text.toString(), "--steps", "40", "--letters", "20")).isZero());
    String last = printed.out().lines().toList().getLast();
    assertThat(Double.parseDouble(last.substring(6, last.indexOf(',')))).isLessThan(0.3);
    assertThat(printed.out()).contains("abcd abcd abcd abcd");
  }
}
