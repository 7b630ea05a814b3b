package dev.flambeau.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flambeau.golden.GoldenCase;
import dev.flambeau.golden.GoldenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** {@code docs/ops.md} is printed from the catalogue; {@code mvn -pl core test -Dtest=OpsPageTest -Dops.write} prints it anew. */
final class OpsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "ops.md");

  private static final Map<String, String> TITLES = Map.ofEntries(
      Map.entry("pointwise", "Element by element"),
      Map.entry("reductions", "Reductions"),
      Map.entry("linalg", "Linear algebra"),
      Map.entry("views", "Views"),
      Map.entry("indexing", "Indexing"),
      Map.entry("arranging", "Arranging"),
      Map.entry("losses", "Losses"),
      Map.entry("inplace", "In place"),
      Map.entry("further", "Further"),
      Map.entry("recurrent", "Recurrence and attention"),
      Map.entry("convolution", "Convolutions"),
      Map.entry("spatial", "Pooling, normalisation, sizes, distances"));

  /** What the golden files hold of one operation. */
  private static final class Line {
    final Set<String> variants = new TreeSet<>();
    final Set<String> dtypes = new TreeSet<>();
    final Set<String> nodes = new TreeSet<>();
    int cases;
    int gradients;
    int second;

    void add(GoldenCase c) {
      variants.add(c.key());
      cases++;
      c.inputs().stream().limit(1).forEach(x -> dtypes.add(x.dtype()));
      String made = c.gradFn();
      if (made != null) nodes.add(made);
      if (c.gradInputs().stream().anyMatch(Objects::nonNull)) gradients++;
      if (c.secondOrder().stream().anyMatch(Objects::nonNull)) second++;
    }
  }

  @Test
  void isUpToDate() throws IOException {
    String page = page();
    if (System.getProperty("ops.write") != null) Files.writeString(PAGE, page);
    assertThat(Files.readString(PAGE)).as("docs/ops.md is not what the catalogue says; print it anew with -Dops.write")
        .isEqualTo(page);
  }

  private static String page() {
    StringBuilder text = new StringBuilder("""
        # Operations

        Printed from the operation catalogue. For each operation: how many variants and cases are held against PyTorch 2.13, in how many of the cases gradients
        and gradients of gradients are too, the dtypes of the first operand, and the nodes that it leaves in the graph.
        """);
    int all = 0;
    Set<String> operations = new TreeSet<>();
    for (String family : GoldenFile.OPS) {
      String title = TITLES.get(family);
      if (title == null) continue;
      Map<String, Line> lines = new TreeMap<>();
      for (GoldenCase c : GoldenFile.ops(family)) {
        if (c.refused() || Catalogue.all().get(c.key()) == null) continue;
        lines.computeIfAbsent(c.key().replaceFirst("\\..*", ""), _ -> new Line()).add(c);
        all++;
      }
      operations.addAll(lines.keySet());
      text.append("\n## ").append(title).append(
          "\n\n| operation | variants | cases | gradients | second | dtypes | nodes |\n|---|---|---|---|---|---|---|\n");
      lines.forEach((name,
          line) -> text.append(String.format("| `%s` | %d | %d | %s | %s | %s | %s |%n", name, line.variants.size(),
              line.cases, orDash(line.gradients),
              orDash(line.second), String.join(" ", line.dtypes), String.join(" ", line.nodes))));
    }
    return text.append("\n").append(operations.size()).append(" operations, ").append(all).append(" cases.\n")
        .toString().replace("\r", "");
  }

  private static String orDash(int n) { return n == 0 ? "–" : String.valueOf(n); }
}
