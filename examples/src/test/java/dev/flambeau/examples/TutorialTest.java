package dev.flambeau.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tutorials print what they print in PyTorch. */
class TutorialTest {
  @ParameterizedTest
  @EnumSource
  void printsWhatPyTorchPrints(Tutorial tutorial) throws Exception {
    String printed = Captured.of(tutorial::run).out();
    assertThat(printed.replaceAll("0x[0-9a-f]+", "0x...")).isEqualTo(inJava(golden(tutorial)));
  }

  @Test
  void theGentleIntroductionSaysWhereItsPictureIs() throws Exception {
    Matcher said = Pattern.compile("drawn in (\\S+\\.svg) \\(and, for Graphviz, in (\\S+\\.dot)\\)")
        .matcher(Captured.of(Tutorial.GENTLE_SCRIPT::run).err());
    assertThat(said.find()).isTrue();
    assertThat(Files.readString(Path.of(said.group(1)))).startsWith("<svg").contains("SubBackward0");
    assertThat(Files.readString(Path.of(said.group(2)))).startsWith("digraph").contains("SubBackward0");
  }

  private static String golden(Tutorial tutorial) throws Exception {
    try (InputStream file = TutorialTest.class.getResourceAsStream("/golden/tutorial-" + tutorial.title() + ".txt")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** What is no tensor prints as in Java: at the end of a line, True, False and None become true, false and null. */
  private static String inJava(String python) {
    return python.replaceAll("(?m)(^| )True$", "$1true").replaceAll("(?m)(^| )False$", "$1false")
        .replaceAll("(?m)(^| )None$", "$1null");
  }
}
