package dev.flambeau.viz;

import static dev.flambeau.Torch.ones;
import static dev.flambeau.Torch.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flambeau.DType;
import dev.flambeau.Tensor;
import dev.flambeau.viz.Dag.Arrow;
import dev.flambeau.viz.Dag.Box;
import dev.flambeau.viz.Dag.Kind;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class DagTest {
  private final Tensor a = tensor(2., 3.).requiresGrad_();
  private final Tensor b = tensor(6., 4.).requiresGrad_();
  /** Q = 3a³ − b² */
  private final Tensor q = a.pow(3).mul(3).sub(b.pow(2));
  private final Dag dag = Dag.of(q, Map.of("a", a, "b", b, "Q", q));

  @Test
  void showsTheGraphOfTheGentleIntroduction() {
    assertThat(dag.boxes()).containsExactly(
        new Box(Kind.ROOT, "Q", "[2]"),
        new Box(Kind.FUNCTION, "SubBackward0", "[2]"),
        new Box(Kind.FUNCTION, "MulBackward0", "[2]"),
        new Box(Kind.FUNCTION, "PowBackward0", "[2]"),
        new Box(Kind.FUNCTION, "AccumulateGrad", ""),
        new Box(Kind.LEAF, "a", "[2]"),
        new Box(Kind.FUNCTION, "PowBackward0", "[2]"),
        new Box(Kind.FUNCTION, "AccumulateGrad", ""),
        new Box(Kind.LEAF, "b", "[2]"));
    assertThat(dag.arrows()).containsExactlyInAnyOrder(arrow(5, 4), arrow(4, 3), arrow(3, 2), arrow(2, 1),
        arrow(8, 7), arrow(7, 6), arrow(6, 1), arrow(1, 0));
  }

  @Test
  void aLeafUsedTwiceIsOneBox() {
    Tensor y = a.mul(a).add(a);
    assertThat(Dag.of(y).boxes().stream().filter(box -> box.kind() == Kind.LEAF)).hasSize(1);
    assertThat(Dag.of(y).arrows()).hasSize(6);
  }

  @Test
  void severalRootsShareTheirGraph() {
    Tensor y = a.mul(b);
    Dag both = Dag.of(y.sum(), y.mean());
    assertThat(titles(both)).containsOnlyOnce("MulBackward0").contains("output 0", "output 1");
    assertThat(both.title()).isEqualTo("Backward graph of output 0, output 1");
  }

  @Test
  void namesMayStandForAnyTensorAndNamesOfOthersAreIgnored() {
    Tensor half = a.mul(b);
    Dag named = Dag.of(half.sum(), Map.of("half", half, "q", q, "plain", ones(2)));
    assertThat(named.boxes())
        .contains(new Box(Kind.FUNCTION, "MulBackward0", "half [2]"), new Box(Kind.ROOT, "output", "scalar"));
  }

  @Test
  void aLeafMayBeTheRoot() {
    Dag alone = Dag.of(a, Map.of("a", a));
    assertThat(alone.boxes()).extracting(Box::kind).containsExactly(Kind.ROOT, Kind.FUNCTION, Kind.LEAF);
  }

  @Test
  void otherDtypesThanFloat32AreShown() {
    Tensor y = ones(DType.FLOAT64, 3).requiresGrad_().mul(2);
    assertThat(Dag.of(y).boxes().getFirst().detail()).isEqualTo("[3] float64");
  }

  @Test
  void theSameGraphGivesTheSameText() {
    Dag again = new DagTest().dag;
    assertThat(again.toDot()).isEqualTo(dag.toDot());
    assertThat(again.toSvg()).isEqualTo(dag.toSvg());
  }

  @Test
  void whatHappensLaterDoesNotChangeThePicture() {
    String before = dag.toDot();
    q.sum().backward();
    a.requiresGrad_(false);
    assertThat(dag.toDot()).isEqualTo(before);
  }

  @Test
  void aTensorWithoutAGraphIsRefused() {
    assertThatThrownBy(() -> Dag.of(q, ones(3))).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tensor 1").hasMessageContaining("[3]").hasMessageContaining("requiresGrad_()");
    assertThatThrownBy(Dag::of).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void dotQuotesWhatItMust() {
    assertThat(Dag.of(q, Map.of("say \"a\\b\"\nc", a)).toDot()).contains("label=\"say \\\"a\\\\b\\\"\\nc\\n[2]\"");
  }

  @Test
  void svgIsWellFormedAndNeedsNothingElse() throws Exception {
    String svg = Dag.of(q, Map.of("<a> & \"b\" \u0007 \ud83d\ude00 \ud800", a)).toSvg();
    Document document = parsed(svg);
    assertThat(document.getDocumentElement().getAttribute("viewBox")).startsWith("0 0 ");
    assertThat(texts(document)).contains("<a> & \"b\"   \ud83d\ude00  ", "SubBackward0", "[2]");
    assertThat(svg.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http", "href", "@import", "<script");
  }

  @Test
  void boxesStandApartWithinTheImage() throws Exception {
    Document document = parsed(dag.toSvg());
    NodeList rects = document.getElementsByTagName("rect");
    Element image = (Element) rects.item(0);
    List<double[]> boxes = new ArrayList<>();
    for (int i = 1; i < rects.getLength(); i++) boxes.add(box((Element) rects.item(i)));
    assertThat(boxes).hasSize(dag.boxes().size());
    for (double[] one : boxes) {
      assertThat(one[0]).isNotNegative();
      assertThat(one[2]).isLessThanOrEqualTo(Double.parseDouble(image.getAttribute("width")));
      assertThat(one[3]).isLessThanOrEqualTo(Double.parseDouble(image.getAttribute("height")));
      for (double[] other : boxes) {
        if (one == other) continue;
        assertThat(one[2] < other[0] || other[2] < one[0] || one[3] < other[1] || other[3] < one[1]).isTrue();
      }
    }
  }

  @Test
  void htmlHoldsTheImage() {
    assertThat(dag.toHtml()).startsWith("<!DOCTYPE html>").contains("<title>Backward graph of Q</title>", dag.toSvg());
  }

  @Test
  void aGraphOf150000NodesNeedsNoDeepStackButIsNoPicture() {
    Tensor x = tensor(1.).requiresGrad_();
    for (int i = 0; i < 150_000; i++) x = x.mul(2);
    Dag deep = Dag.of(x);
    assertThat(deep.toDot().lines().count()).isGreaterThan(300_000);
    assertThatThrownBy(deep::toSvg).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2000").hasMessageContaining("toDot()");
    assertThatThrownBy(deep::toHtml).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTangleIsNoPicture() {
    Tensor x = a;
    for (int i = 0; i < 400; i++) x = x.mul(b);
    Dag tangle = Dag.of(x);
    assertThatThrownBy(tangle::toSvg).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rows").hasMessageContaining("toDot()");
  }

  private static Arrow arrow(int from, int to) { return new Arrow(from, to); }

  private static List<String> titles(Dag dag) { return dag.boxes().stream().map(Box::title).toList(); }

  private static Document parsed(String svg) throws Exception {
    InputSource source = new InputSource(new StringReader(svg));
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(source);
  }

  private static List<String> texts(Document document) {
    NodeList nodes = document.getElementsByTagName("text");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) texts.add(nodes.item(i).getTextContent());
    return texts;
  }

  private static double[] box(Element rect) {
    double x = Double.parseDouble(rect.getAttribute("x"));
    double y = Double.parseDouble(rect.getAttribute("y"));
    double width = Double.parseDouble(rect.getAttribute("width"));
    double height = Double.parseDouble(rect.getAttribute("height"));
    return new double[] {x, y, x + width, y + height};
  }
}
