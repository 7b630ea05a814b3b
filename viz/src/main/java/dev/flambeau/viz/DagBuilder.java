package dev.flambeau.viz;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.flambeau.Autograd;
import dev.flambeau.DType;
import dev.flambeau.Edge;
import dev.flambeau.GradientEdge;
import dev.flambeau.Metadata;
import dev.flambeau.Node;
import dev.flambeau.Tensor;
import dev.flambeau.viz.Dag.Arrow;
import dev.flambeau.viz.Dag.Box;
import dev.flambeau.viz.Dag.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Walks from the roots to the leaves. */
final class DagBuilder {
  private static final String LEAF_NODE = "AccumulateGrad";
  private static final int OUTPUTS_SHOWN = 3;

  private final Map<GradientEdge, String> names = new HashMap<>();
  private final List<Box> boxes = new ArrayList<>();
  private final List<Arrow> arrows = new ArrayList<>();
  private final Map<Node, Integer> boxOf = new IdentityHashMap<>();

  DagBuilder(Map<String, Tensor> names) {
    // In a fixed order, so that of several names for one tensor always the same one counts.
    for (Map.Entry<String, Tensor> each : new TreeMap<>(names).entrySet()) {
      Tensor tensor = each.getValue();
      if (tensor.requiresGrad()) this.names.putIfAbsent(Autograd.gradientEdge(tensor), each.getKey());
    }
  }

  Dag build(List<Tensor> tensors) {
    if (tensors.isEmpty()) throw new IllegalArgumentException("Dag.of: at least one tensor is needed to draw a graph");
    for (int i = 0; i < tensors.size(); i++) {
      if (!tensors.get(i).requiresGrad()) {
        String shape = Arrays.toString(tensors.get(i).shape());
        throw new IllegalArgumentException("Dag.of: tensor " + i + " of shape " + shape
            + " does not require grad, so no graph led to it; call requiresGrad_() on what it is made from");
      }
    }
    List<GradientEdge> roots = tensors.stream().map(Autograd::gradientEdge).toList();
    for (GradientEdge root : roots) {
      String unnamed = roots.size() > 1 ? "output " + boxes.size() : "output";
      add(Kind.ROOT, names.getOrDefault(root, unnamed), metadata(root.node(), root.outputNr()));
    }
    roots.forEach(names::remove);
    for (GradientEdge root : roots) visitAll(root.node());
    for (int i = 0; i < roots.size(); i++) arrows.add(new Arrow(box(roots.get(i).node()), i));
    return new Dag(boxes, arrows);
  }

  /** Depth first, inputs in their order; without recursion, as graphs can be deeper than any stack. */
  private void visitAll(Node from) {
    Deque<Node> ahead = new ArrayDeque<>(List.of(from));
    List<Node> visited = new ArrayList<>();
    while (!ahead.isEmpty()) {
      Node function = ahead.pop();
      if (boxOf.containsKey(function)) continue;
      visit(function);
      visited.add(function);
      for (Edge edge : function.nextFunctions().reversed()) if (edge.node() != null) ahead.push(edge.node());
    }
    for (Node function : visited) {
      for (Edge edge : function.nextFunctions()) {
        if (edge.node() != null) arrows.add(new Arrow(box(edge.node()), box(function)));
      }
    }
  }

  private void visit(Node function) {
    boolean leaf = function.name().equals(LEAF_NODE);
    boxOf.put(function, add(Kind.FUNCTION, function.name(), leaf ? "" : outputs(function)));
    if (leaf) {
      String name = names.getOrDefault(new GradientEdge(function, 0), "tensor");
      arrows.add(new Arrow(add(Kind.LEAF, name, metadata(function, 0)), box(function)));
    }
  }

  private int box(Node function) { return Objects.requireNonNull(boxOf.get(function)); }

  @CanIgnoreReturnValue
  private int add(Kind kind, String title, String detail) {
    boxes.add(new Box(kind, title, detail));
    return boxes.size() - 1;
  }

  private String outputs(Node function) {
    int count = function.inputMetadata().size();
    StringBuilder text = new StringBuilder();
    for (int slot = 0; slot < Math.min(count, OUTPUTS_SHOWN); slot++) {
      if (slot > 0) text.append(", ");
      String name = names.get(new GradientEdge(function, slot));
      if (name != null) text.append(name).append(' ');
      text.append(metadata(function, slot));
    }
    if (count > OUTPUTS_SHOWN) text.append(", … ").append(count).append(" outputs");
    return text.toString();
  }

  private static String metadata(Node node, int slot) {
    Metadata of = node.inputMetadata().get(slot);
    String shape = of.shape().rank() == 0 ? "scalar" : of.shape().toString();
    DType dtype = of.dtype();
    return dtype == DType.FLOAT32 ? shape : shape + " " + dtype.name().toLowerCase(Locale.ROOT);
  }
}
