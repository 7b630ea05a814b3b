package dev.flambeau.viz;

import dev.flambeau.viz.Dag.Box;
import dev.flambeau.viz.Dag.Kind;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.elk.graph.ElkBendPoint;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkNode;

/** A graph as an SVG image. */
final class SvgWriter {
  private static final int MOST_BOXES = 2_000;
  /** The layout's time and memory grow with the arrows' length; at this many it takes a few seconds. */
  private static final int MOST_ROWS_OF_ARROWS = 20_000;
  private static final String DETAIL_STYLE =
      " font-size=\"" + Letters.DETAIL_SIZE + "\" fill=\"" + Look.FAINT_INK + "\"";

  private final Dag dag;
  private final StringBuilder out = new StringBuilder();

  private SvgWriter(Dag dag) {
    this.dag = dag;
  }

  static String write(Dag dag) {
    int boxes = dag.boxes().size();
    if (boxes > MOST_BOXES) throw tooLarge("it has " + boxes + " boxes, more than " + MOST_BOXES);
    long length = Rows.arrowLength(dag);
    if (length > MOST_ROWS_OF_ARROWS) {
      throw tooLarge("its arrows pass " + length + " rows of boxes, more than " + MOST_ROWS_OF_ARROWS);
    }
    return new SvgWriter(dag).write();
  }

  private static IllegalArgumentException tooLarge(String why) {
    return new IllegalArgumentException("toSvg: the graph is too large for a picture, as " + why
        + "; use toDot() and a viewer for large graphs");
  }

  private String write() {
    DagLayout layout = DagLayout.of(dag);
    String width = number(Math.ceil(layout.graph().getWidth()));
    String height = number(Math.ceil(layout.graph().getHeight()));
    out.append("""
        <svg xmlns="http://www.w3.org/2000/svg" width="%1$s" height="%2$s" viewBox="0 0 %1$s %2$s" role="img">
        <title>%3$s</title>
        <defs>
          <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
            <path d="M0 0.5 8 4 0 7.5 2 4z" fill="%4$s"/>
          </marker>
        </defs>
        <rect width="%1$s" height="%2$s" fill="#ffffff"/>
        <g fill="none" stroke="%4$s" stroke-width="1.3" marker-end="url(#tip)">
        """.formatted(width, height, escape(dag.title()), Look.ARROW));
    for (ElkEdge arrow : layout.arrows()) draw(arrow);
    out.append("</g>\n<g font-family=\"").append(Letters.FONT).append("\" font-size=\"").append(Letters.TITLE_SIZE)
        .append("\" text-anchor=\"middle\" fill=\"").append(Look.INK).append("\">\n");
    for (int i = 0; i < dag.boxes().size(); i++) draw(dag.boxes().get(i), layout.boxes().get(i));
    return out.append("</g>\n</svg>\n").toString();
  }

  private void draw(Box box, ElkNode at) {
    Look look = Look.of(box.kind());
    out.append("""
        <rect x="%s" y="%s" width="%s" height="%s" rx="8" fill="%s" stroke="%s"/>
        """.formatted(number(at.getX()), number(at.getY()), number(at.getWidth()), number(at.getHeight()), look.fill(),
        look.line()));
    double x = at.getX() + at.getWidth() / 2;
    double y = at.getY() + Letters.TITLE_BASE;
    draw(box.title(), x, y, box.kind() == Kind.FUNCTION ? "" : " font-weight=\"bold\"");
    if (!box.detail().isEmpty()) draw(box.detail(), x, y + Letters.DETAIL_LINE, DETAIL_STYLE);
  }

  private void draw(String text, double x, double y, String style) {
    out.append("""
        <text x="%s" y="%s"%s>%s</text>
        """.formatted(number(x), number(y), style, escape(text)));
  }

  /** The layout's splines: after the start, every three points are two controls and an end of a cubic Bézier curve. */
  private void draw(ElkEdge arrow) {
    ElkEdgeSection section = arrow.getSections().getFirst();
    List<double[]> points = new ArrayList<>();
    for (ElkBendPoint bend : section.getBendPoints()) points.add(new double[] {bend.getX(), bend.getY()});
    points.add(new double[] {section.getEndX(), section.getEndY()});
    out.append("<path d=\"M").append(number(section.getStartX())).append(' ').append(number(section.getStartY()));
    int i = 0;
    for (; i + 3 <= points.size(); i += 3) {
      out.append('C');
      for (int k = i; k < i + 3; k++) append(points.get(k), k > i);
    }
    if (points.size() - i == 2) {
      out.append('Q');
      append(points.get(i), false);
      append(points.get(i + 1), true);
    } else if (points.size() - i == 1) {
      out.append('L');
      append(points.get(i), false);
    }
    out.append("\"/>\n");
  }

  private void append(double[] point, boolean blank) {
    if (blank) out.append(' ');
    out.append(number(point[0])).append(' ').append(number(point[1]));
  }

  /** With at most one decimal. */
  private static String number(double x) {
    long tenths = Math.round(x * 10);
    String sign = tenths < 0 ? "-" : "";
    long size = Math.abs(tenths);
    return sign + size / 10 + (size % 10 == 0 ? "" : "." + size % 10);
  }

  /** For text and attributes of XML, which has no room for control characters. */
  static String escape(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints().forEach(c -> {
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        default -> safe.appendCodePoint(isXml(c) ? c : ' ');
      }
    });
    return safe.toString();
  }

  private static boolean isXml(int c) {
    return c >= ' ' && Character.getType(c) != Character.SURROGATE && (c & 0xfffe) != 0xfffe;
  }
}
