package dev.flambeau.viz;

import dev.flambeau.viz.Dag.Arrow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The rows of a drawing from top to bottom: a box stands below all boxes that lead to it. */
final class Rows {
  private Rows() {}

  /** How many rows all arrows together go down. */
  static long arrowLength(Dag dag) {
    int[] row = of(dag);
    return dag.arrows().stream().mapToLong(arrow -> row[arrow.to()] - row[arrow.from()]).sum();
  }

  private static int[] of(Dag dag) {
    List<List<Integer>> below = new ArrayList<>();
    for (int i = 0; i < dag.boxes().size(); i++) below.add(new ArrayList<>());
    int[] missing = new int[below.size()];
    for (Arrow arrow : dag.arrows()) {
      below.get(arrow.from()).add(arrow.to());
      missing[arrow.to()]++;
    }
    Deque<Integer> ready = new ArrayDeque<>();
    for (int i = 0; i < missing.length; i++) if (missing[i] == 0) ready.add(i);
    int[] row = new int[missing.length];
    while (!ready.isEmpty()) {
      int box = ready.remove();
      for (int next : below.get(box)) {
        row[next] = Math.max(row[next], row[box] + 1);
        if (--missing[next] == 0) ready.add(next);
      }
    }
    return row;
  }
}
