package dev.flambeau.behaviour;

import static dev.flambeau.GraphOption.ALLOW_UNUSED;
import static dev.flambeau.GraphOption.CREATE_GRAPH;
import static dev.flambeau.GraphOption.MATERIALIZE_GRADS;
import static dev.flambeau.GraphOption.RETAIN_GRAPH;
import static dev.flambeau.GraphOption.inputs;
import static dev.flambeau.Torch.nodeCreationHook;
import static dev.flambeau.Torch.noGrad;
import static dev.flambeau.Torch.ones;
import static dev.flambeau.Torch.stack;
import static dev.flambeau.Torch.tensor;
import static dev.flambeau.behaviour.Probes.accumulator;
import static dev.flambeau.behaviour.Probes.isCollected;
import static dev.flambeau.behaviour.Probes.next;
import static dev.flambeau.behaviour.Probes.node;
import static dev.flambeau.behaviour.Probes.value;
import static dev.flambeau.behaviour.Probes.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flambeau.Autograd;
import dev.flambeau.Context;
import dev.flambeau.DType;
import dev.flambeau.Differentiable;
import dev.flambeau.Edge;
import dev.flambeau.Function;
import dev.flambeau.GradientEdge;
import dev.flambeau.GraphOption;
import dev.flambeau.Metadata;
import dev.flambeau.Node;
import dev.flambeau.Tensor;
import dev.flambeau.array.Shape;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The graph and its nodes: behaviours 36 to 48. */
final class GraphBehaviourTest {
  /** y = 2 x. */
  private static final class Twice extends Function {
    @Override
    protected Tensor forward(Context ctx, Tensor... x) { return x[0].mul(2); }

    @Override
    protected Tensor[] backward(Context ctx, Tensor... g) { return new Tensor[] {g[0].mul(2)}; }
  }

  /** The sum of a matrix of shape (2, 3), and the sums of its columns. */
  private static final class Sums extends Function {
    @Override
    protected Tensor[] forwardAll(Context ctx, Tensor... x) { return new Tensor[] {x[0].sum(), x[0].sum(0)}; }

    @Override
    protected Tensor[] backward(Context ctx, Tensor... g) { return new Tensor[] {g[0].add(g[1]).expand(2, 3)}; }
  }

  private static Tensor leaf(double... values) { return tensor(values).requiresGrad_(); }

  private static Tensor number(double value) { return tensor(value).requiresGrad_(); }

  private static Tensor grad(Differentiable output, Differentiable input, GraphOption... options) {
    return Autograd.grad(List.of(output), List.of(input), List.of(), options).getFirst();
  }

  @Behaviour(36)
  void nodesKnowWhereGradientsGo() {
    Tensor x = leaf(1, 2);
    Tensor y = leaf(3, 4);
    Tensor a = x.add(y);
    assertThat(node(a).nextFunctions()).extracting(e -> e.node() == null ? "" : e.node().name())
        .containsExactly("AccumulateGrad", "AccumulateGrad");
    assertThat(next(node(a), 0)).isNotSameAs(next(node(a), 1)).isSameAs(accumulator(x));
    Tensor b = a.add(5);
    assertThat(node(b).nextFunctions()).containsExactly(new Edge(node(a), 0), new Edge(null, 0));
    Tensor[] parts = b.chunk(2);
    assertThat(node(parts[0])).isSameAs(node(parts[1]));
    assertThat(node(parts[1].mul(2)).nextFunctions().getFirst()).isEqualTo(new Edge(node(parts[0]), 1));
    assertThat(parts[1].outputNr()).isEqualTo(1);
    assertThat(x.gradFn()).isNull();
  }

  @Behaviour(37)
  void nodesCanBeCalled() {
    Tensor x = leaf(3);
    Node square = node(x.pow(2));
    assertThatThrownBy(() -> square.call(ones(1), ones(1))).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected 1")
        .hasMessageContaining("got 2");
    assertThatThrownBy(square::call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("expected 1")
        .hasMessageContaining("got 0");
    assertThat(value(square.call(tensor(new double[] {10})).getFirst())).isEqualTo(60);
    assertThat(node(x.mul(2)).call((Tensor) null).getFirst()).isNull();
  }

  @Behaviour(38)
  void savedValuesCanBeReadUntilTheyAreFreed() {
    Tensor x = leaf(1, 2);
    Tensor y = x.exp();
    Tensor z = y.mul(x);
    assertThat(node(z).savedTensors()).hasSize(2);
    assertThat(node(z).savedTensors().get(1)).as("a saved input is the object itself").isSameAs(x);
    Tensor output = node(y).savedTensors().getFirst();
    assertThat(output).isNotSameAs(y);
    assertThat(output.toDoubleArray()).containsExactly(y.toDoubleArray());
    assertThat(output.gradFn()).isSameAs(y.gradFn());
    z.sum().backward(RETAIN_GRAPH);
    assertThat(node(z).savedTensors()).hasSize(2);
    z.sum().backward();
    for (Node freed : List.of(node(y), node(z))) {
      assertThatThrownBy(freed::savedTensors).isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("directly access saved tensors after they have already been freed");
    }
  }

  @Behaviour(39)
  void nodesKnowShapeAndDtypeOfEachOutput() {
    Tensor x = ones(DType.FLOAT64, 2, 3).requiresGrad_();
    assertThat(node(x.mul(2)).inputMetadata()).containsExactly(new Metadata(Shape.of(2, 3), DType.FLOAT64));
    assertThat(node(x.to(DType.FLOAT32)).inputMetadata()).containsExactly(new Metadata(Shape.of(2, 3), DType.FLOAT32));
    assertThat(node(x.split(2, 1)[0]).inputMetadata())
        .containsExactly(new Metadata(Shape.of(2, 2), DType.FLOAT64), new Metadata(Shape.of(2, 1), DType.FLOAT64));
    assertThat(node(new Sums().applyAll(x)[1]).inputMetadata())
        .containsExactly(new Metadata(Shape.of(), DType.FLOAT64), new Metadata(Shape.of(3), DType.FLOAT64));
    assertThat(accumulator(x).inputMetadata()).containsExactly(new Metadata(Shape.of(2, 3), DType.FLOAT64));
    assertThat(node(x.mul(2)).metadata()).isEmpty();
  }

  @Behaviour(40)
  void anEdgeStandsForItsTensor() {
    Tensor x = tensor(new double[][] {{1, 2, 3}, {4, 5, 6}}).requiresGrad_();
    for (Tensor t : new Tensor[] {x, x.mul(3), new Twice().apply(x), x.chunk(2)[1], new Sums().applyAll(x)[1]}) {
      Tensor out = t.mul(t).sum();
      Tensor direct = grad(out, t, RETAIN_GRAPH);
      assertThat(values(grad(out, Autograd.gradientEdge(t)))).containsExactly(direct.toDoubleArray());
    }
    assertThat(Autograd.gradientEdge(x).node()).isSameAs(accumulator(x));
    assertThat(Autograd.gradientEdge(x.chunk(2)[1]).outputNr()).isEqualTo(1);
    assertThatThrownBy(() -> Autograd.gradientEdge(ones(2))).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new GradientEdge(accumulator(x), 1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("AccumulateGrad");
  }

  @Behaviour(40)
  void anEdgeOutlivesChangesOfItsTensor() {
    Tensor x = leaf(1, 2).mul(1);
    GradientEdge before = Autograd.gradientEdge(x);
    x.mul_(2);
    List<Tensor> g = Autograd.grad(List.of(x.sum()), List.of(before, x), List.of());
    assertThat(values(g.get(0))).containsExactly(2, 2);
    assertThat(values(g.get(1))).containsExactly(1, 1);

    Tensor y = leaf(1, 2);
    GradientEdge edge = Autograd.gradientEdge(y);
    Tensor out = y.mul(3).sum();
    noGrad(() -> y.data(ones(2)));
    assertThat(values(grad(out, edge))).containsExactly(3, 3);
  }

  @Behaviour(40)
  void edgesAsInputsOfBackwardAndWithUnusedOnes() {
    Tensor x = leaf(1, 2).mul(1);
    Tensor y = leaf(3, 4).mul(1);
    GradientEdge ofX = Autograd.gradientEdge(x);
    GradientEdge ofY = Autograd.gradientEdge(y);
    Tensor both = x.mul(2).add(y).sum();
    List<Tensor> g = Autograd.grad(List.of(both), List.of(ofX, ofY), List.of());
    assertThat(values(g.get(0))).containsExactly(2, 2);
    assertThat(values(g.get(1))).containsExactly(1, 1);

    Tensor out = x.sum();
    assertThat(Autograd.grad(List.of(out), List.of(ofX, y), List.of(), MATERIALIZE_GRADS).get(1).toDoubleArray())
        .containsExactly(0, 0);
    assertThat(Autograd.grad(List.of(out), List.of(x, ofY), List.of(), ALLOW_UNUSED).get(1)).isNull();
    assertThatThrownBy(() -> Autograd.grad(List.of(out), List.of(x, ofY), List.of(), MATERIALIZE_GRADS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("input 1").hasMessageContaining("edge");

    Tensor leaf = leaf(5, 6);
    Tensor product = leaf.mul(leaf);
    x.mul(product).sum().backward(inputs(Autograd.gradientEdge(leaf), ofX, ofY));
    assertThat(values(leaf.grad())).containsExactly(10, 24);
  }

  @Behaviour(41)
  void anEdgeCanBeARoot() {
    Tensor x = leaf(1, 2);
    Tensor middle = x.mul(x).sum();
    GradientEdge edge = Autograd.gradientEdge(middle);
    Tensor out = middle.pow(2);
    Tensor whole = grad(out, x, RETAIN_GRAPH);
    Tensor outer = grad(out, edge, RETAIN_GRAPH);
    Tensor staged = Autograd.grad(List.of(edge), List.of(x), List.of(outer), RETAIN_GRAPH).getFirst();
    assertThat(staged.toDoubleArray()).containsExactly(whole.toDoubleArray()).containsExactly(20, 40);
    Autograd.backward(List.of(edge, out), List.of(), RETAIN_GRAPH);
    assertThat(values(x.grad())).containsExactly(2 + 20, 4 + 40);

    List<Tensor> wrong = List.of(ones(3));
    assertThatThrownBy(() -> Autograd.grad(List.of(edge), List.of(x), wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[3]").hasMessageContaining("[]");
    GradientEdge vector = Autograd.gradientEdge(x.mul(2));
    assertThatThrownBy(() -> grad(vector, x)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("grad can be implicitly created only for scalar outputs");
    assertThat(values(Autograd.grad(List.of(vector), List.of(x), List.of(tensor(3, 4))).getFirst()))
        .as("cast from integers")
        .containsExactly(6, 8);
  }

  @Behaviour(42)
  void whateverMadeATensorIsANode() {
    Tensor x = leaf(1, 2);
    Tensor changed = x.mul(1);
    changed.narrow(0, 0, 1).add_(1);
    List<Node> nodes = List.of(node(x.exp()), node(x.get(0)), node(x.max(0).values()), node(new Twice().apply(x)),
        node(changed), accumulator(x));
    assertThat(nodes).extracting(Node::name).containsExactly("ExpBackward0", "SelectBackward0", "MaxBackward0",
        "TwiceBackward", "CopySlices", "AccumulateGrad");
    assertThat(node(x.exp()).toString()).matches("<ExpBackward0 object at 0x[0-9a-f]+>");
  }

  @Behaviour(43)
  void eachBackwardHasANumber() {
    Tensor x = leaf(1, 2);
    List<Long> ids = new ArrayList<>();
    x.registerHook(_ -> {
      ids.add(Autograd.currentGraphTaskId());
      return null;
    });
    assertThat(Autograd.currentGraphTaskId()).isEqualTo(-1);
    x.mul(2).sum().backward();
    x.mul(2).sum().backward();
    assertThat(ids).hasSize(2).doesNotHaveDuplicates().doesNotContain(-1L);
    assertThat(Autograd.currentGraphTaskId()).isEqualTo(-1);
    assertThatThrownBy(Autograd::executionOrder).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no backward");
  }

  /** Runs backward, and compares the order told before with the order seen; gives the names. */
  private static List<String> order(List<Tensor> roots, GraphOption... options) {
    List<Node> seen = new ArrayList<>();
    List<Node> told = new ArrayList<>();
    List<Node> all = new ArrayList<>();
    for (Tensor root : roots) collect(node(root), all);
    for (Node each : all) {
      each.registerPrehook(_ -> {
        seen.add(each);
        return null;
      });
    }
    roots.getFirst().registerHook(_ -> {
      told.addAll(Autograd.executionOrder());
      return null;
    });
    Autograd.backward(roots, List.of(), options);
    assertThat(told).containsExactlyElementsOf(seen);
    return told.stream().map(Node::name).toList();
  }

  private static void collect(Node node, List<Node> all) {
    if (all.contains(node)) return;
    all.add(node);
    for (Edge edge : node.nextFunctions()) if (edge.node() != null) collect(edge.node(), all);
  }

  @Behaviour(43)
  void theOrderOfExecutionIsKnownBeforehand() {
    assertThat(order(List.of(number(1).sin().exp().mul(2))))
        .containsExactly("MulBackward0", "ExpBackward0",
            "SinBackward0", "AccumulateGrad");

    Tensor a = number(1);
    Tensor b = number(2);
    Tensor sin = b.sin();
    Tensor cos = a.cos();
    assertThat(order(List.of(sin.mul(cos)))).as("latest first, leaves at once")
        .containsExactly("MulBackward0", "CosBackward0", "AccumulateGrad", "SinBackward0", "AccumulateGrad");

    assertThat(order(List.of(stack(a, b, number(3), number(4), number(5)).sum()))).hasSize(7)
        .startsWith("SumBackward0", "StackBackward0")
        .endsWith("AccumulateGrad");
    assertThat(order(List.of(a.addcmul(b, number(3)))))
        .containsExactly("AddcmulBackward0", "AccumulateGrad",
            "AccumulateGrad", "AccumulateGrad");

    Tensor two = a.mul(2);
    assertThat(order(List.of(two.sin(), two.exp(), two.cos())))
        .containsExactly("CosBackward0", "ExpBackward0", "SinBackward0", "MulBackward0", "AccumulateGrad");
    Tensor ab = a.mul(b);
    assertThat(order(List.of(ab.sin()), inputs(a))).containsExactly("SinBackward0", "MulBackward0", "AccumulateGrad");
    Tensor onPath = a.mul(2);
    assertThat(order(List.of(onPath.sin()), inputs(a, onPath))).containsExactly("SinBackward0", "MulBackward0",
        "AccumulateGrad");
  }

  @Behaviour(44)
  void sequenceNumbersOrderOnlyWhatIsReady() {
    Tensor x = leaf(1, 2);
    Tensor y = leaf(3, 4);
    Tensor z = leaf(5, 6);
    Tensor a = x.add(y);
    Tensor b = y.add(z);
    Tensor c = a.add(b);
    assertThat(node(a).sequenceNr()).isLessThan(node(b).sequenceNr());
    node(a).setSequenceNr(1_000_000_100L);
    node(b).setSequenceNr(1_000_000_099L);
    node(c).setSequenceNr(1_000_000_098L);
    List<String> order = new ArrayList<>();
    c.registerHook(_ -> note(order, "c"));
    b.registerHook(_ -> note(order, "b"));
    a.registerHook(_ -> note(order, "a"));
    c.sum().backward();
    assertThat(order).containsExactly("c", "a", "b");
    assertThat(node(a).sequenceNr()).isEqualTo(1_000_000_100L);
    assertThat(values(x.grad())).containsExactly(1, 1);
    assertThat(values(y.grad())).containsExactly(2, 2);
    assertThat(values(z.grad())).containsExactly(1, 1);
  }

  private static @Nullable Tensor note(List<String> order, String name) {
    order.add(name);
    return null;
  }

  @Behaviour(45)
  void whetherANodeRunsIsKnownDuringBackward() {
    Tensor a = leaf(1, 2);
    Tensor other = leaf(3, 4);
    Tensor b = a.mul(other);
    Tensor aside = b.cos();
    Tensor c = new Twice().apply(b);
    List<Node> nodes = List.of(accumulator(a), accumulator(other), node(b), node(aside), node(c));
    List<List<Boolean>> seen = new ArrayList<>();
    b.registerHook(_ -> {
      seen.add(nodes.stream().map(Autograd::willExecute).toList());
      return null;
    });
    Tensor out = c.sum();
    out.backward(RETAIN_GRAPH, inputs(a, b));
    out.backward(RETAIN_GRAPH);
    Tensor _ = grad(out, b, RETAIN_GRAPH);
    assertThat(seen).containsExactly(List.of(true, false, true, false, true), List.of(true, true, true, false, true),
        List.of(false, false, true, false, true));
    assertThatThrownBy(() -> Autograd.willExecute(node(out))).isInstanceOf(IllegalStateException.class);
  }

  @Behaviour(46)
  void whatRunsInBackwardKnowsItsNode() {
    Tensor x = number(2);
    Tensor y = x.mul(3);
    Tensor z = new Twice().apply(y.pow(2));
    List<String> seen = new ArrayList<>();
    Runnable look = () -> {
      Node now = Autograd.currentNode();
      seen.add(now == null ? "none" : now.name());
    };
    y.registerHook(_ -> {
      look.run();
      return null;
    });
    node(y).registerPrehook(_ -> {
      look.run();
      return null;
    });
    node(y).registerHook((_, _) -> {
      look.run();
      return null;
    });
    x.registerPostAccumulateGradHook(_ -> look.run());
    y.registerHook(_ -> {
      Autograd.queueCallback(look);
      return null;
    });
    z.backward(RETAIN_GRAPH);
    assertThat(seen).containsExactly("MulBackward0", "MulBackward0", "MulBackward0", "AccumulateGrad", "none");
    look.run();
    assertThat(seen).last().isEqualTo("none");

    List<String> made = new ArrayList<>();
    Tensor root = z.pow(2);
    try (var _ = nodeCreationHook(n -> made
        .add(Autograd.currentNode() == null ? "none" : Autograd.currentNode().name() + " makes " + n.name()))) {
      root.backward(CREATE_GRAPH);
    }
    assertThat(made).contains("TwiceBackward makes MulBackward0").doesNotContain("none")
        .anyMatch(m -> m.startsWith("PowBackward0"));
  }

  @Behaviour(47)
  void deepGraphsNeedNoStack() {
    int depth = 150_000;
    Tensor x = leaf(1);
    Tensor y = x;
    for (int i = 0; i < depth; i++) y = y.add(1);
    y.backward();
    assertThat(value(x.grad())).isEqualTo(1);
    x.grad(null);
    assertThat(value(grad(y, x))).isEqualTo(1);

    Tensor branched = x;
    Tensor before = x;
    for (int i = 0; i < depth / 2; i++) {
      Tensor next = branched.add(before);
      before = branched.mul(0);
      branched = next;
    }
    branched.sum().backward();
    assertThat(value(x.grad())).isEqualTo(2);

    Tensor own = x;
    Identity identity = new Identity();
    for (int i = 0; i < depth / 2; i++) own = identity.apply(own);
    assertThat(value(grad(own, x))).isEqualTo(1);
    own.retainGrad();
    assertThat(own.toString()).contains("IdentityBackward");
  }

  /** y = x, in new storage. */
  private static final class Identity extends Function {
    @Override
    protected Tensor forward(Context ctx, Tensor... x) { return x[0].clone(); }

    @Override
    protected Tensor[] backward(Context ctx, Tensor... g) { return g; }
  }

  @Behaviour(48)
  void droppedGraphsAreCollectedWhateverHangsOnThem() throws InterruptedException {
    assertThat(isCollected(hookedOnItself())).as("hooks that hold their tensor").isTrue();
    assertThat(isCollected(retaining())).as("retained gradients").isTrue();
    assertThat(isCollected(holdingItsOwnNode())).as("notes on nodes").isTrue();
    assertThat(isCollected(traced())).as("parents in anomaly mode").isTrue();
  }

  private static WeakReference<Node> hookedOnItself() {
    Tensor x = leaf(1, 2);
    Tensor y = x.mul(x);
    y.registerHook(g -> g == null ? null : g.mul(y));
    node(y).registerHook((_, _) -> List.of(x, y));
    x.registerPostAccumulateGradHook(_ -> assertThat(y.isLeaf()).isFalse());
    Autograd.registerMultiGradHook(List.of(x, y), _ -> assertThat(y.isLeaf()).isFalse());
    y.sum().backward();
    return new WeakReference<>(node(y));
  }

  private static WeakReference<Tensor> retaining() {
    Tensor x = leaf(1, 2);
    Tensor y = x.mul(x);
    y.retainGrad();
    Tensor out = y.sum();
    out.backward(CREATE_GRAPH);
    x.grad(y.grad());
    return new WeakReference<>(x);
  }

  private static WeakReference<Node> holdingItsOwnNode() {
    Tensor y = leaf(1, 2).mul(2).sum();
    node(y).metadata().put("loop", y);
    return new WeakReference<>(node(y));
  }

  private static WeakReference<Node> traced() {
    try (var _ = Autograd.detectAnomaly()) {
      Tensor x = leaf(1, 2);
      Tensor y = x.mul(x).sum();
      Tensor g = grad(y, x, CREATE_GRAPH);
      assertThat(values(grad(g.mul(g).sum(), x))).containsExactly(8, 16);
      return new WeakReference<>(node(y));
    }
  }

  @Behaviour(48)
  void retainingAGradientDoesNotKeepTheTensor() throws InterruptedException {
    Tensor x = leaf(1, 2);
    List<WeakReference<Tensor>> middle = new ArrayList<>();
    Tensor out = through(x, middle);
    assertThat(isCollected(middle.getFirst())).isTrue();
    out.backward();
    assertThat(values(x.grad())).containsExactly(6, 6);
  }

  private static Tensor through(Tensor x, List<WeakReference<Tensor>> middle) {
    Tensor y = x.mul(2);
    y.retainGrad();
    middle.add(new WeakReference<>(y));
    return y.mul(3).sum();
  }
}
