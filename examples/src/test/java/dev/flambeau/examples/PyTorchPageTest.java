package dev.flambeau.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/pytorch.md names only what exists. */
class PyTorchPageTest {
  private static final Pattern NAME = Pattern.compile("`((?:[a-z]+\\.)*[A-Z]\\w+)(?:\\.(\\w+))?`");

  @Test
  void everyNameInTheRightColumnExists() throws IOException {
    String page = Files.readString(Path.of("../docs/pytorch.md"));
    List<String> missing = new ArrayList<>();
    int names = 0;
    for (String line : page.substring(page.indexOf("## Tensors")).lines().filter(l -> l.startsWith("| `")).toList()) {
      Matcher name = NAME.matcher(line.split("\\|")[2]);
      while (name.find()) {
        names++;
        if (!exists(name.group(1), name.group(2))) missing.add(name.group());
      }
    }
    assertThat(missing).isEmpty();
    assertThat(names).isGreaterThan(100);
  }

  private static boolean exists(String type, String member) {
    try {
      Class<?> found = Class.forName("dev.flambeau." + type);
      return member == null || Arrays.stream(found.getMethods()).map(Method::getName).anyMatch(member::equals);
    } catch (ClassNotFoundException _) {
      return false;
    }
  }
}
