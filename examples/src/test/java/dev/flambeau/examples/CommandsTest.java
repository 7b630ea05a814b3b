package dev.flambeau.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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
