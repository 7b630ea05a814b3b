package dev.flambeau;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds every package to its budget of lines in docs/decisions/000-size.md. */
class SizeBudgetTest {
  private static final Path BUDGETS = Path.of("..", "docs", "decisions", "000-size.md");
  private static final Path SOURCES = Path.of("src", "main", "java", "dev", "flambeau");
  private static final Pattern ROW = Pattern.compile("\\| *(\\w+) *\\| *([\\d,]+) *\\|");

  @Test
  void noPackageOutgrowsItsBudget() throws IOException {
    Map<String, Integer> budgets = budgets();
    List<String> complaints = new ArrayList<>();
    lines().forEach((name, lines) -> {
      int budget = budgets.getOrDefault(name, 0);
      System.out.printf("%,7d of %,5d lines  %s%n", lines, budget, name);
      if (budget == 0) complaints.add(name + " has no budget");
      else if (lines > budget) complaints.add(name + " has " + lines + " lines, and a budget of " + budget);
    });
    assertThat(complaints).as("docs/decisions/000-size.md").isEmpty();
  }

  private static Map<String, Integer> budgets() throws IOException {
    Map<String, Integer> budgets = new TreeMap<>();
    for (String line : Files.readAllLines(BUDGETS)) {
      var row = ROW.matcher(line);
      if (row.matches()) budgets.put(row.group(1), Integer.parseInt(row.group(2).replace(",", "")));
    }
    assertThat(budgets).containsKeys("array", "root");
    return budgets;
  }

  private static Map<String, Integer> lines() throws IOException {
    Map<String, Integer> lines = new TreeMap<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        Path inside = SOURCES.relativize(file);
        String name = inside.getNameCount() == 1 ? "root" : inside.getName(0).toString();
        lines.merge(name, Files.readAllLines(file).size(), Integer::sum);
      }
    }
    return lines;
  }
}
