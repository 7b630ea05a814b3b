package dev.flambeau.viz;

import dev.flambeau.viz.Dag.Arrow;
import dev.flambeau.viz.Dag.Box;
import java.util.List;

/** A graph in the DOT language. */
final class DotWriter {
  private DotWriter() {}

  static String write(Dag dag) {
    StringBuilder out = new StringBuilder("""
        digraph autograd {
          graph [label=%s, labelloc=t, fontname="Helvetica", fontsize=12, rankdir=TB];
          node [shape=box, style="rounded,filled", fontname="Helvetica", fontsize=12, fontcolor="%s"];
          edge [color="%s", arrowsize=0.7];
        """.formatted(quoted(dag.title()), Look.INK, Look.ARROW));
    List<Box> boxes = dag.boxes();
    for (int i = 0; i < boxes.size(); i++) {
      Box box = boxes.get(i);
      Look look = Look.of(box.kind());
      String label = box.detail().isEmpty() ? box.title() : box.title() + "\n" + box.detail();
      out.append("  n").append(i).append(" [label=").append(quoted(label)).append(", fillcolor=\"").append(look.fill())
          .append("\", color=\"").append(look.line()).append("\"];\n");
    }
    for (Arrow arrow : dag.arrows()) {
      out.append("  n").append(arrow.from()).append(" -> n").append(arrow.to()).append(";\n");
    }
    return out.append("}\n").toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "") + '"';
  }
}
