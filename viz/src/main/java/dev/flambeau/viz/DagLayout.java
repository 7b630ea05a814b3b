package dev.flambeau.viz;

import dev.flambeau.viz.Dag.Arrow;
import dev.flambeau.viz.Dag.Box;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.OrderingStrategy;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/** Where boxes and arrows go, from leaves down to roots: by the layered algorithm of the Eclipse Layout Kernel. */
record DagLayout(ElkNode graph, List<ElkNode> boxes, List<ElkEdge> arrows) {
  static {
    LayoutMetaDataService.getInstance().registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
  }

  static DagLayout of(Dag dag) {
    ElkNode graph = ElkGraphUtil.createGraph();
    graph.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
    graph.setProperty(LayeredOptions.DIRECTION, Direction.DOWN);
    graph.setProperty(LayeredOptions.EDGE_ROUTING, EdgeRouting.SPLINES);
    graph.setProperty(LayeredOptions.CONSIDER_MODEL_ORDER_STRATEGY, OrderingStrategy.NODES_AND_EDGES);
    graph.setProperty(LayeredOptions.RANDOM_SEED, 1);
    graph.setProperty(LayeredOptions.PADDING, new ElkPadding(24));
    graph.setProperty(LayeredOptions.SPACING_NODE_NODE, 28.0);
    graph.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, 34.0);

    List<ElkNode> boxes = new ArrayList<>();
    for (Box box : dag.boxes()) {
      ElkNode node = ElkGraphUtil.createNode(graph);
      node.setDimensions(Letters.width(box), Letters.height(box));
      boxes.add(node);
    }
    List<ElkEdge> arrows = new ArrayList<>();
    for (Arrow arrow : dag.arrows()) {
      arrows.add(ElkGraphUtil.createSimpleEdge(boxes.get(arrow.from()), boxes.get(arrow.to())));
    }
    new RecursiveGraphLayoutEngine().layout(graph, new BasicProgressMonitor());
    return new DagLayout(graph, boxes, arrows);
  }
}
