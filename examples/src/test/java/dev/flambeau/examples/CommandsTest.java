package dev.flambeau.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.flambeau.Torch;
import dev.flambeau.io.Checkpoint;
import dev.flambeau.io.TrainingCheckpoint;
import dev.flambeau.nn.Linear;
import dev.flambeau.vision.ResNet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
  static Stream<Arguments> mistakes() {
    return Stream.of(arguments("digits --batch 0", "--batch"), arguments("digits --batch 1438", "--batch"),
        arguments("digits --epochs 0", "--epochs"), arguments("digits --lr 0", "--lr"),
        arguments("digits --lr NaN", "--lr"), arguments("digits --lr fast", "--lr"), arguments("digits --lr", "--lr"),
        arguments("digits --steps 0", "--steps"), arguments("digits --speed 3", "--speed"),
        arguments("finetune --epochs 0", "--epochs"), arguments("finetune --batch 1", "--batch"),
        arguments("finetune --size 8", "--size"), arguments("finetune --data nowhere", "nowhere"),
        arguments("finetune --weights nowhere", "nowhere"), arguments("finetune --resume nowhere", "nowhere"),
        arguments("train nothing", "nothing"), arguments("train", "data"),
        arguments("train mnist --data nowhere", "nowhere"),
        arguments("train digits --lr 0", "--lr"), arguments("transformer nowhere", "nowhere"),
        arguments("tutorial nothing", "nothing"), arguments("nothing", "nothing"), arguments("--nothing", "--nothing"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsOneLineAndExitCode2(String line, String named) throws Exception {
    Captured printed = Captured.of(() -> assertThat(Commands.execute(line.split(" "))).isEqualTo(2));
    assertThat(printed.out()).isEmpty();
    assertThat(printed.err().lines()).hasSize(1).first().asString().startsWith("flambeau: ").contains(named);
  }

  private static void refuses(String named, String... line) throws Exception {
    Captured printed = Captured.of(() -> assertThat(Commands.execute(line)).isEqualTo(1));
    assertThat(printed.err().lines().filter(l -> l.startsWith("flambeau: "))).hasSize(1).first().asString()
        .contains(named);
    assertThat(printed.err()).doesNotContain("\tat ");
  }

  @Test
  void whatIsWrongWithAFileIsOneLine(@TempDir Path folder) throws Exception {
    Path text = Files.write(folder.resolve("text"), new byte[] {'a', (byte) 0xff});
    refuses("text is not a text in UTF-8", "transformer", text.toString());
    refuses("text is there, but is no folder", "train", "digits", "--out", text.toString());
    Path other = folder.resolve("other.pth");
    TrainingCheckpoint.of(new Linear(2, 2).stateDict(), Map.of()).save(other);
    refuses("other.pth is not of this training: loadStateDict: ", "train", "digits", "--resume", other.toString());
    Path weights = folder.resolve("weights.pth");
    Checkpoint.save(weights, Map.of("conv1.weight", Torch.ones(2)));
    refuses("weights.pth does not hold the weights of ResNet-18: ", "finetune", "--weights", weights.toString());
  }

  @Test
  void aPictureThatCannotBeReadIsNamed(@TempDir Path folder) throws Exception {
    for (String name : List.of("train/a/1.png", "train/b/1.png")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "no picture");
    }
    String data = folder.toString();
    refuses("none of pictures to be tried on", "finetune", "--data", data);
    Path own = folder.resolve("train");
    for (int i = 2; i < 5; i++) Files.writeString(own.resolve("a/" + i + ".png"), "no picture");
    Path weights = folder.resolve("weights.pth");
    Checkpoint.save(weights, ResNet.resnet18().stateDict());
    refuses("cannot be read as a picture", "finetune", "--data", own.toString(), "--weights", weights.toString(),
        "--out",
        folder.resolve("out").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"help", "--help"})
  void helpListsAllSubCommands(String help) throws Exception {
    Captured printed = Captured.of(() -> assertThat(Commands.execute(help)).isZero());
    assertThat(printed.out()).contains("tour", "tutorial", "digits", "finetune", "train", "transformer", "sine",
        "jshell", "bench");
  }

  @Test
  void tutorialNamesAreListed() throws Exception {
    Captured printed = Captured.of(() -> assertThat(Commands.execute("tutorial", "names")).isZero());
    assertThat(printed.out().lines())
        .containsExactly("autograd", "variable", "storch", "gentle-notebook", "gentle-script");
  }

  @Test
  void withoutATerminalTrainingPrintsPlainLines() throws Exception {
    Captured printed = Captured.of(StandardCharsets.US_ASCII,
        () -> assertThat(Commands.execute("digits", "--steps", "20")).isZero());
    assertThat(printed.out()).doesNotContain("\r", "\u001b", "?").contains(" 50 %  step 10 of 20  loss ",
        "heap after collection at 100 %: ");
    assertThat(printed.out().lines().filter(line -> line.contains("step"))).hasSize(10);
  }
}
