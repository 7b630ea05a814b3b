package dev.flambeau.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A Markdown table whose columns line up in a terminal as well: the first to the left, the others to the right. */
final class Table {
  private final List<List<String>> lines = new ArrayList<>();

  Table(List<String> titles) { lines.add(List.copyOf(titles)); }

  /** @throws IllegalArgumentException if the number of cells is not that of the titles */
  void add(List<String> cells) {
    int columns = lines.getFirst().size();
    if (cells.size() != columns) {
      throw new IllegalArgumentException("expected " + columns + " cells, got " + cells.size());
    }
    lines.add(List.copyOf(cells));
  }

  @Override
  public String toString() {
    int[] widths = IntStream.range(0, lines.getFirst().size())
        .map(c -> lines.stream().mapToInt(l -> l.get(c).length()).max().orElse(0)).toArray();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      List<String> cells = lines.get(i);
      text.append(IntStream.range(0, widths.length).mapToObj(c -> padded(cells.get(c), widths[c], c > 0))
          .collect(Collectors.joining(" | ", "| ", " |\n")));
      if (i == 0) {
        text.append(IntStream.range(0, widths.length).mapToObj(c -> "-".repeat(widths[c] + 1) + (c > 0 ? ":" : "-"))
            .collect(Collectors.joining("|", "|", "|\n")));
      }
    }
    return text.toString();
  }

  private static String padded(String cell, int width, boolean right) {
    String space = " ".repeat(width - cell.length());
    return right ? space + cell : cell + space;
  }
}
