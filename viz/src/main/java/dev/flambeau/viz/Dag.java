package dev.flambeau.viz;

import dev.flambeau.Tensor;
import java.util.List;
import java.util.Map;

/**
 * A picture of the graph that backward walks: boxes are leaf tensors (blue), backward functions (grey) and the tensors
 * that backward starts from (green); arrows point in the direction of the forward pass.
 *
 * <pre>{@code
 * Files.writeString(Path.of("graph.svg"), Dag.of(loss, Map.of("w", w, "b", b)).toSvg());
 * }</pre>
 *
 * <p>A picture of the moment: what happens to the tensors afterwards does not change it. The same graph always gives
 * the same text.
 */
public final class Dag {
  /** What a box stands for. */
  enum Kind { LEAF, FUNCTION, ROOT }

  /**
   * One box.
   *
   * @param detail a second, smaller line, or empty
   */
  record Box(Kind kind, String title, String detail) {}

  /** The result of box {@code from} goes into box {@code to}. */
  record Arrow(int from, int to) {}

  private final List<Box> boxes;
  private final List<Arrow> arrows;

  Dag(List<Box> boxes, List<Arrow> arrows) {
    this.boxes = List.copyOf(boxes);
    this.arrows = List.copyOf(arrows);
  }

  /**
   * The graph that these tensors were made by.
   *
   * @throws IllegalArgumentException if there is no tensor, or one does not require grad
   */
  public static Dag of(Tensor... roots) { return of(List.of(roots), Map.of()); }

  /**
   * The graph that {@code root} was made by, with names for leaves, for the root, or for anything between.
   *
   * @throws IllegalArgumentException if {@code root} does not require grad
   */
  public static Dag of(Tensor root, Map<String, Tensor> names) { return of(List.of(root), names); }

  /**
   * The graph that {@code roots} were made by, with names for any of its tensors; those of other tensors are ignored.
   *
   * @throws IllegalArgumentException if there is no root, or one does not require grad
   */
  public static Dag of(List<Tensor> roots, Map<String, Tensor> names) { return new DagBuilder(names).build(roots); }

  List<Box> boxes() { return boxes; }

  List<Arrow> arrows() { return arrows; }

  /** The graph in the DOT language of Graphviz; for graphs of any size. */
  public String toDot() { return DotWriter.write(this); }

  /**
   * The graph as an SVG image that stands alone.
   *
   * @throws IllegalArgumentException if it is too large for a picture: more than 2,000 boxes, or too many long arrows
   */
  public String toSvg() { return SvgWriter.write(this); }

  /**
   * The graph as a web page that stands alone.
   *
   * @throws IllegalArgumentException if it is too large for a picture: more than 2,000 boxes, or too many long arrows
   */
  public String toHtml() {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>%s</title>
        <style>
          body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: #ffffff; }
          svg { margin: 1rem; }
        </style>
        </head>
        <body>
        %s</body>
        </html>
        """.formatted(SvgWriter.escape(title()), toSvg());
  }

  /** What the picture shows, as in {@code Backward graph of Q}. */
  String title() {
    List<String> roots = boxes.stream().filter(box -> box.kind() == Kind.ROOT).map(Box::title).toList();
    return "Backward graph of " + String.join(", ", roots);
  }
}
