package dev.flambeau.behaviour;

import static dev.flambeau.GraphOption.RETAIN_GRAPH;
import static dev.flambeau.GraphOption.inputs;
import static dev.flambeau.Torch.enableGrad;
import static dev.flambeau.Torch.noGrad;
import static dev.flambeau.Torch.ones;
import static dev.flambeau.Torch.tensor;
import static dev.flambeau.behaviour.Probes.accumulator;
import static dev.flambeau.behaviour.Probes.isCollected;
import static dev.flambeau.behaviour.Probes.node;
import static dev.flambeau.behaviour.Probes.value;
import static dev.flambeau.behaviour.Probes.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flambeau.Autograd;
import dev.flambeau.Context;
import dev.flambeau.DType;
import dev.flambeau.Function;
import dev.flambeau.GraphOption;
import dev.flambeau.HookHandle;
import dev.flambeau.Node;
import dev.flambeau.Tensor;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Hooks: behaviours 49 to 62. */
final class HookBehaviourTest {
  /** y = x, in new storage; no gradient comes back. */
  private static final class Dropping extends Function {
    @Override
    protected Tensor forward(Context ctx, Tensor... x) { return x[0].clone(); }

    @Override
    protected @Nullable Tensor[] backward(Context ctx, Tensor... g) { return new @Nullable Tensor[] {null}; }
  }

  /** {2 x, 3 x}. */
  private static final class TwiceAndThrice extends Function {
    @Override
    protected Tensor[] forwardAll(Context ctx, Tensor... x) { return new Tensor[] {x[0].mul(2), x[0].mul(3)}; }

    @Override
    protected Tensor[] backward(Context ctx, Tensor... g) { return new Tensor[] {g[0].mul(2).add(g[1].mul(3))}; }
  }

  /** y = x; runs {@code work} in backward. */
  private static final class Working extends Function {
    private final Runnable work;

    Working(Runnable work) {
      this.work = work;
    }

    @Override
    protected Tensor forward(Context ctx, Tensor... x) { return x[0].clone(); }

    @Override
    protected Tensor[] backward(Context ctx, Tensor... g) {
      work.run();
      return g;
    }
  }

  private static Tensor leaf(double... values) { return tensor(values).requiresGrad_(); }

  private static Tensor number(double value) { return tensor(value).requiresGrad_(); }

  private static UnaryOperator<@Nullable Tensor> times(double factor) { return g -> g == null ? null : g.mul(factor); }

  private static UnaryOperator<@Nullable List<@Nullable Tensor>> allTimes(double factor) {
    return all -> all == null ? null : all.stream().map(g -> g == null ? null : g.mul(factor)).toList();
  }

  private static BinaryOperator<@Nullable List<@Nullable Tensor>> resultsTimes(double factor) {
    return (results, _) -> allTimes(factor).apply(results);
  }

  private static UnaryOperator<@Nullable Tensor> noting(List<String> log, String what) {
    return _ -> {
      log.add(what);
      return null;
    };
  }

  private static UnaryOperator<@Nullable List<@Nullable Tensor>> notingAll(List<String> log, String what) {
    return _ -> {
      log.add(what);
      return null;
    };
  }

  private static BinaryOperator<@Nullable List<@Nullable Tensor>> notingResults(List<String> log, String what) {
    return (_, _) -> {
      log.add(what);
      return null;
    };
  }

  private static double grad(Tensor output, Tensor input, GraphOption... options) {
    return value(Autograd.grad(List.of(output), List.of(input), List.of(), options).getFirst());
  }

  @Behaviour(49)
  void hooksAreCalledChangeGradientsAndCanBeRemoved() {
    Tensor x = leaf(1, 1);
    Tensor y = leaf(4, 4);
    int[] calls = {0};
    Tensor z = x.pow(2).add(x.mul(y)).add(y);
    HookHandle first = z.registerHook(_ -> count(calls, 1));
    z.backward(ones(2), RETAIN_GRAPH);
    assertThat(calls[0]).isEqualTo(1);
    HookHandle second = z.registerHook(_ -> count(calls, 10));
    z.backward(ones(2), RETAIN_GRAPH);
    assertThat(calls[0]).isEqualTo(12);
    second.remove();
    second.remove();
    z.backward(ones(2), RETAIN_GRAPH);
    assertThat(calls[0]).isEqualTo(13);
    first.close();

    z.registerHook(times(2));
    y.grad(null);
    z.backward(ones(2), RETAIN_GRAPH);
    assertThat(values(y.grad())).containsExactly(4, 4);
    y.registerHook(times(3));
    y.grad(null);
    z.backward(ones(2), RETAIN_GRAPH);
    assertThat(values(y.grad())).containsExactly(12, 12);
    assertThat(calls[0]).isEqualTo(13);

    HookHandle wrong = z.registerHook(_ -> ones(3));
    assertThatThrownBy(() -> z.backward(ones(2), RETAIN_GRAPH)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hook")
        .hasMessageContaining("[3]").hasMessageContaining("[2]");
    wrong.remove();
    z.registerHook(_ -> ones(DType.FLOAT64, 2));
    assertThatThrownBy(() -> z.backward(ones(2))).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("float64")
        .hasMessageContaining("float32");
    assertThatThrownBy(() -> ones(2).registerHook(times(2))).isInstanceOf(IllegalStateException.class);
  }

  private static @Nullable Tensor count(int[] calls, int weight) {
    calls[0] += weight;
    return null;
  }

  @Behaviour(50)
  void hooksSeeMissingGradientsAsNullAndLeavesThenKeepNone() {
    Tensor x = leaf(1, 2);
    Tensor y = x.mul(1);
    List<String> log = new ArrayList<>();
    x.registerHook(g -> {
      log.add("leaf " + g);
      return null;
    });
    y.registerHook(g -> {
      log.add("middle " + g);
      return null;
    });
    node(y).registerHook((results, gradients) -> {
      log.add("node " + results + gradients);
      return null;
    });
    y.retainGrad();
    new Dropping().apply(y).sum().backward();
    assertThat(log).containsExactly("middle null", "node [null, null][null]", "leaf null");
    assertThat(x.grad()).isNull();
    assertThat(y.grad()).isNull();

    Tensor z = leaf(1, 2);
    z.registerHook(HookBehaviourTest::negated);
    z.mul(2).sum().backward();
    assertThat(values(z.grad())).containsExactly(-2, -2);
  }

  private static @Nullable Tensor negated(@Nullable Tensor g) { return g == null ? null : g.neg(); }

  @Behaviour(51)
  void tensorHooksRunBeforeRetainingAndBeforeNodePrehooks() {
    Tensor x = number(1);
    Tensor y = x.clone();
    List<Double> received = new ArrayList<>();
    node(y).registerPrehook(allTimes(10));
    node(y).registerPrehook(g -> {
      received.add(value(g == null ? null : g.getFirst()));
      return null;
    });
    y.registerHook(times(2));
    y.retainGrad();
    y.registerHook(times(3));
    Tensor out = y.clone();
    assertThat(grad(out, y, RETAIN_GRAPH)).isEqualTo(6);
    assertThat(received).isEmpty();
    y.grad(null);
    out.backward();
    assertThat(value(y.grad())).isEqualTo(6);
    assertThat(received).containsExactly(60.);
    assertThat(value(x.grad())).isEqualTo(60);

    Tensor leaf = number(1);
    accumulator(leaf).registerPrehook(allTimes(10));
    leaf.registerHook(times(2));
    leaf.registerHook(times(3));
    Tensor product = leaf.mul(5);
    assertThat(grad(product, leaf, RETAIN_GRAPH)).isEqualTo(30);
    product.backward();
    assertThat(value(leaf.grad())).isEqualTo(300);
  }

  @Behaviour(52)
  void postAccumulateHooksRunAfterPrehooksAndBeforePostHooks() {
    Tensor x = number(1);
    Node end = accumulator(x);
    end.registerHook((_, _) -> changeGrad(x, g -> g.sub(5)));
    x.registerPostAccumulateGradHook(t -> changeGrad(t, g -> g.mul(2)));
    end.registerPrehook(all -> all == null ? null : List.of(requireOne(all).add(1)));
    x.registerHook(times(3));
    x.mul(1).backward();
    assertThat(value(x.grad())).as("(1 · 3 + 1) · 2 − 5").isEqualTo(3);
  }

  private static Tensor requireOne(List<@Nullable Tensor> all) {
    Tensor only = all.getFirst();
    if (only == null) throw new AssertionError("there is no gradient");
    return only;
  }

  private static @Nullable List<@Nullable Tensor> changeGrad(Tensor t, UnaryOperator<Tensor> change) {
    t.grad(change.apply(tensor(value(t.grad()))));
    return null;
  }

  @Behaviour(53)
  void postAccumulateHooksCanStepWhileBackwardRuns() {
    Tensor a = leaf(1, 2);
    Tensor b = leaf(3, 4);
    for (Tensor parameter : List.of(a, b)) {
      parameter.registerPostAccumulateGradHook(p -> {
        try (var _ = noGrad()) {
          p.sub_(p.grad(), 0.5);
        }
        p.grad(null);
      });
    }
    for (int i = 0; i < 2; i++) a.mul(2).add(b).sum().backward();
    assertThat(a.grad()).isNull();
    assertThat(a.toDoubleArray()).containsExactly(-1, 0);
    assertThat(b.toDoubleArray()).containsExactly(2, 3);

    Tensor c = number(1);
    List<String> log = new ArrayList<>();
    HookHandle first = c.registerPostAccumulateGradHook(t -> log.add("first " + value(t.grad())));
    c.registerPostAccumulateGradHook(t -> log.add("second " + value(t.grad())));
    c.mul(3).backward();
    first.remove();
    c.mul(3).backward();
    assertThat(log).containsExactly("first 3.0", "second 3.0", "second 6.0");
    Tensor middle = c.mul(2);
    assertThatThrownBy(() -> middle.registerPostAccumulateGradHook(_ -> log.add("never")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("lea");
    assertThatThrownBy(() -> ones(1).registerPostAccumulateGradHook(_ -> log.add("never")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Behaviour(53)
  void hooksOnALeafGoWithIt() throws InterruptedException {
    assertThat(isCollected(hookedLeaf())).isTrue();
  }

  private static WeakReference<Tensor> hookedLeaf() {
    Tensor x = leaf(1, 2);
    x.registerPostAccumulateGradHook(t -> x.grad(t.grad()));
    x.mul(2).sum().backward();
    return new WeakReference<>(x);
  }

  @Behaviour(54)
  void hooksOfAWholeGraphRunInOrder() {
    Tensor a = number(1);
    Tensor b = number(2);
    Tensor p = a.mul(2);
    Tensor q = b.mul(3);
    Tensor z = p.add(q);
    List<String> log = new ArrayList<>();
    hookAll(log, "a", a, accumulator(a));
    hookAll(log, "b", b, accumulator(b));
    hookAll(log, "p", p, node(p));
    hookAll(log, "q", q, node(q));
    hookAll(log, "z", z, node(z));
    for (Tensor leaf : List.of(a, b))
      leaf.registerPostAccumulateGradHook(t -> log.add((t == a ? "a" : "b") + " accumulated"));
    z.registerHook(_ -> {
      Autograd.queueCallback(() -> log.add("done"));
      return null;
    });
    z.backward();
    assertThat(log).hasSize(23).containsExactly("z tensor", "z tensor again", "z pre", "z post", "q tensor",
        "q tensor again", "q pre", "q post",
        "b tensor", "b tensor again", "b pre", "b accumulated", "b post", "p tensor", "p tensor again", "p pre",
        "p post",
        "a tensor", "a tensor again", "a pre", "a accumulated", "a post", "done");
  }

  private static void hookAll(List<String> log, String name, Tensor tensor, Node node) {
    node.registerHook(notingResults(log, name + " post"));
    node.registerPrehook(notingAll(log, name + " pre"));
    tensor.registerHook(noting(log, name + " tensor"));
    tensor.registerHook(noting(log, name + " tensor again"));
  }

  @Behaviour(55)
  void prehooksOfANodeFormAChain() {
    Tensor a = number(1);
    Tensor b = a.mul(5);
    node(b).registerPrehook(allTimes(2));
    node(b).registerPrehook(_ -> null);
    node(b).registerPrehook(allTimes(3));
    b.clone().backward();
    assertThat(value(a.grad())).isEqualTo(30);

    Tensor c = number(1);
    Tensor[] both = new TwiceAndThrice().applyAll(c);
    node(both[0]).registerPrehook(all -> {
      assertThat(all).hasSize(2);
      return allTimes(10).apply(all);
    });
    both[0].add(both[1]).backward();
    assertThat(value(c.grad())).isEqualTo(50);

    Tensor d = number(1);
    Tensor e = d.mul(5);
    node(e).registerPrehook(_ -> Arrays.asList((Tensor) null));
    e.clone().backward();
    assertThat(d.grad()).isNull();
    node(e).registerPrehook(_ -> List.of(tensor(1.), tensor(1.)));
    assertThatThrownBy(() -> e.clone().backward()).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected 1")
        .hasMessageContaining("got 2");
  }

  @Behaviour(55)
  void prehooksMayBeRemovedBeforeAndDuringBackward() {
    Tensor a = number(1);
    Tensor b = a.clone();
    HookHandle removed = node(b).registerPrehook(allTimes(7));
    HookHandle[] handles = new HookHandle[2];
    handles[0] = node(b).registerPrehook(all -> {
      handles[0].remove();
      handles[1].remove();
      return allTimes(2).apply(all);
    });
    handles[1] = node(b).registerPrehook(allTimes(3));
    removed.remove();
    Tensor out = b.clone();
    out.backward(RETAIN_GRAPH);
    assertThat(value(a.grad())).as("this backward still runs both").isEqualTo(6);
    out.backward();
    assertThat(value(a.grad())).isEqualTo(7);
  }

  private static List<String> calls(boolean backward, boolean ofLeaf, boolean ofMiddle) {
    Tensor a = number(1);
    Tensor b = a.mul(2);
    Tensor c = b.mul(2);
    List<String> log = new ArrayList<>();
    for (Tensor t : List.of(a, b)) {
      String name = t == a ? "a" : "b";
      Node node = t == a ? accumulator(a) : node(b);
      t.registerHook(noting(log, name + " tensor"));
      node.registerPrehook(notingAll(log, name + " pre"));
      node.registerHook(notingResults(log, name + " post"));
    }
    a.registerPostAccumulateGradHook(_ -> log.add("accumulated"));
    List<Tensor> wanted = new ArrayList<>();
    if (ofLeaf) wanted.add(a);
    if (ofMiddle) wanted.add(b);
    if (backward) {
      c.backward(inputs(wanted.toArray(new Tensor[0])));
    } else {
      assertThat(Autograd.grad(List.of(c), wanted, List.of())).doesNotContainNull();
      assertThat(a.grad()).isNull();
    }
    return log;
  }

  @Behaviour(56)
  void whichHooksRunDependsOnWhatIsAskedFor() {
    String[] whole = {"b tensor", "b pre", "b post", "a tensor", "a pre", "accumulated", "a post"};
    assertThat(calls(false, false, true)).containsExactly("b tensor");
    assertThat(calls(false, true, false)).containsExactly("b tensor", "b pre", "b post", "a tensor");
    assertThat(calls(false, true, true)).containsExactly("b tensor", "b pre", "b post", "a tensor");
    assertThat(calls(true, false, true)).containsExactly("b tensor", "b pre", "b post");
    assertThat(calls(true, true, false)).containsExactly(whole);
    assertThat(calls(true, true, true)).containsExactly(whole);
  }

  @Behaviour(57)
  void hooksOfAnAccumulatorSeeWhatTensorHooksMade() {
    Tensor a = number(3);
    List<Double> seen = new ArrayList<>();
    accumulator(a).registerPrehook(all -> {
      seen.add(value(all == null ? null : requireOne(all)));
      return null;
    });
    accumulator(a).registerHook((results, all) -> {
      assertThat(results).isEmpty();
      seen.add(value(all == null ? null : requireOne(all)));
      return null;
    });
    a.registerHook(times(2));
    a.clone().backward();
    assertThat(seen).containsExactly(2., 2.);

    Tensor b = number(1);
    Tensor c = number(1);
    c.registerHook(_ -> {
      throw new AssertionError("not asked for");
    });
    accumulator(c).registerHook((_, _) -> {
      throw new AssertionError("not asked for");
    });
    b.add(c.clone()).backward(inputs(b));
    assertThat(value(b.grad())).isEqualTo(1);
    assertThat(c.grad()).isNull();
  }

  @Behaviour(58)
  void hooksStayWithTheValueThatTheyWereRegisteredOn() {
    Tensor a = leaf(1);
    Tensor b = a.clone();
    List<Double> old = new ArrayList<>();
    List<Double> fresh = new ArrayList<>();
    b.registerHook(g -> {
      old.add(value(g));
      return times(2).apply(g);
    });
    b.mul_(2);
    b.registerHook(g -> {
      fresh.add(value(g));
      return times(2).apply(g);
    });
    b.mul_(3);
    b.sum().backward();
    assertThat(fresh).containsExactly(3.);
    assertThat(old).containsExactly(12.);
    assertThat(value(a.grad())).isEqualTo(24);

    Tensor c = leaf(1);
    Tensor[] both = new TwiceAndThrice().applyAll(c);
    List<Double> seen = new ArrayList<>();
    for (Tensor each : both) {
      each.registerHook(g -> {
        seen.add(value(g));
        return null;
      });
    }
    both[1].mul_(5);
    both[0].add(both[1]).sum().backward();
    assertThat(seen).containsExactly(1., 5.);
    assertThat(value(c.grad())).isEqualTo(17);
  }

  @Behaviour(58)
  void hooksOnViewsOfAChangedBaseNoLongerFire() {
    Tensor base = leaf(1, 2).clone();
    Tensor view = base.narrow(0, 0, 2);
    Tensor other = base.narrow(0, 0, 2);
    List<String> log = new ArrayList<>();
    view.registerHook(noting(log, "old view"));
    other.registerHook(noting(log, "old other"));
    view.mul_(2);
    other.registerHook(noting(log, "new other"));
    view.add(other).sum().backward();
    assertThat(log).containsExactly("new other");
  }

  @Behaviour(59)
  void retainedGradientsAreThoseOfTheNewestValue() {
    Tensor a = leaf(1, 2);
    Tensor b = a.clone();
    b.retainGrad();
    b.retainGrad();
    assertThat(b.retainsGrad()).isTrue();
    b.mul_(2);
    b.mul_(5);
    b.sum().backward();
    assertThat(values(b.grad())).containsExactly(1, 1);
    assertThat(values(a.grad())).containsExactly(10, 10);

    Tensor c = a.mul(3);
    c.retainGrad();
    Tensor out = c.mul(2).sum();
    out.backward(RETAIN_GRAPH);
    Tensor first = c.grad();
    out.backward();
    assertThat(values(c.grad())).containsExactly(4, 4);
    assertThat(values(first)).as("added out of place").containsExactly(2, 2);

    a.retainGrad();
    assertThat(a.retainsGrad()).as("a leaf has its gradient anyway").isFalse();
    assertThatThrownBy(() -> ones(1).retainGrad()).isInstanceOf(IllegalStateException.class);
  }

  @Behaviour(59)
  void retainingWorksOnViewsAndOnOneOfSeveralOutputs() {
    Tensor base = leaf(1, 2).mul(1);
    Tensor view = base.narrow(0, 0, 1);
    view.retainGrad();
    base.retainGrad();
    view.mul_(3);
    assertThat(node(view).name()).isEqualTo("AsStridedBackward0");
    view.mul(7).sum().backward();
    assertThat(values(view.grad())).containsExactly(7);
    assertThat(values(base.grad())).containsExactly(7, 0);

    Tensor a = leaf(1);
    Tensor[] both = new TwiceAndThrice().applyAll(a);
    both[0].retainGrad();
    both[1].retainGrad();
    both[0].mul_(4);
    both[0].add(both[1]).mul(2).sum().backward();
    assertThat(values(both[0].grad())).containsExactly(2);
    assertThat(values(both[1].grad())).containsExactly(2);
    assertThat(values(a.grad())).containsExactly(4 * 2 * 2 + 3 * 2);
  }

  @Behaviour(59)
  void retainingSeesAllTensorHooks() {
    for (boolean retainFirst : new boolean[] {true, false}) {
      Tensor y = number(1).clone();
      if (retainFirst) y.retainGrad();
      y.registerHook(times(2));
      y.retainGrad();
      y.registerHook(times(2));
      y.clone().backward();
      assertThat(value(y.grad())).isEqualTo(4);
    }
  }

  @Behaviour(60)
  void oneHookOnSeveralTensorsWaitsForAllThatBackwardReaches() {
    Tensor t1 = leaf(1, 2).mul(1);
    Tensor t2 = leaf(3, 4);
    Tensor t3 = new Dropping().apply(leaf(5, 6));
    Tensor t4 = leaf(7, 8).mul(1);
    List<List<Boolean>> seen = new ArrayList<>();
    HookHandle handle = Autograd.registerMultiGradHook(List.of(t1, t2, t3, t4),
        all -> seen.add(all.stream().map(g -> g != null).toList()));
    Tensor out = t2.mul(t3).sum();
    out.backward(RETAIN_GRAPH, inputs(t2, t3));
    assertThat(seen).containsExactly(List.of(false, true, true, false));
    out.backward(RETAIN_GRAPH, inputs(t1, t4));
    assertThat(seen).hasSize(1);
    out.backward(RETAIN_GRAPH, inputs(t1, t3));
    assertThat(seen).hasSize(2).last().isEqualTo(List.of(false, false, true, false));
    t1.add(new Dropping().apply(t2)).sum().backward();
    assertThat(seen).as("a missing gradient counts as arrived").hasSize(3).last()
        .isEqualTo(List.of(true, false, false, false));
    handle.remove();
    out.backward();
    assertThat(seen).hasSize(3);
  }

  @Behaviour(60)
  void oneHookOnSeveralTensorsCanTakeTheFirstGradient() {
    Tensor t1 = leaf(1, 2).mul(1);
    Tensor t2 = leaf(3, 4).mul(1);
    Tensor t3 = leaf(5, 6);
    List<double[]> seen = new ArrayList<>();
    HookHandle handle = Autograd.registerAnyGradHook(List.of(t1, t2, t3), g -> seen.add(values(g)));
    Tensor out = t1.mul(2).add(t2.mul(3)).add(t3.mul(4));
    out.sum().backward(RETAIN_GRAPH);
    assertThat(seen).hasSize(1);
    assertThat(seen.getFirst()).as("the latest node runs first, and feeds a leaf").containsExactly(4, 4);
    out.sum().backward(RETAIN_GRAPH, inputs(t1));
    assertThat(seen).hasSize(2).last().isEqualTo(new double[] {2, 2});
    handle.remove();
    out.sum().backward();
    assertThat(seen).hasSize(2);
    assertThatThrownBy(() -> Autograd.registerAnyGradHook(List.of(t1, ones(2)), _ -> seen.clear()))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Autograd.registerMultiGradHook(List.of(t1, ones(2)), _ -> seen.clear()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Behaviour(60)
  void concurrentBackwardsDoNotMixInAHookOnSeveralTensors() throws InterruptedException, ExecutionException {
    Tensor t1 = leaf(1, 2);
    Tensor t2 = leaf(3, 4);
    Tensor t3 = leaf(5, 6);
    List<List<Boolean>> all = new ArrayList<>();
    AtomicInteger any = new AtomicInteger();
    AtomicInteger entered = new AtomicInteger();
    Autograd.registerMultiGradHook(List.of(t1, t2, t3), gradients -> {
      synchronized (all) {
        all.add(gradients.stream().map(g -> g != null).toList());
      }
    });
    Autograd.registerAnyGradHook(List.of(t1, t2, t3), _ -> any.incrementAndGet());
    Working failing = new Working(() -> {
      if (entered.incrementAndGet() == 1) throw new IllegalStateException("the first one fails");
    });
    Tensor out = failing.apply(t2).mul(t3).sum();
    int failed = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(5)) {
      Callable<Boolean> backward = () -> {
        out.backward(RETAIN_GRAPH, inputs(t2, t3));
        return true;
      };
      for (Future<Boolean> each : threads.invokeAll(List.of(backward, backward, backward, backward, backward))) {
        try {
          each.get();
        } catch (ExecutionException e) {
          assertThat(e.getCause()).hasMessage("the first one fails");
          failed++;
        }
      }
    }
    assertThat(failed).isEqualTo(1);
    assertThat(all).hasSize(4).containsOnly(List.of(false, true, true));
    assertThat(any.get()).isBetween(4, 5);
    out.backward(inputs(t2, t3));
    assertThat(all).hasSize(5);
  }

  @Behaviour(61)
  void aNodeHookMayBeRegisteredWhileTheNodeUnpacksItsValues() {
    Tensor x = leaf(1, 2);
    x.pow(2).sum().backward();
    double[] plain = values(x.grad());
    x.grad(null);
    Tensor square;
    try (var _ = Autograd.savedTensorsHooks(t -> t, kept -> {
      Node now = Autograd.currentNode();
      if (now != null) now.registerHook(resultsTimes(0.5));
      return kept;
    })) {
      square = x.pow(2);
    }
    square.sum().backward();
    assertThat(values(x.grad())).containsExactly(plain[0] / 2, plain[1] / 2);
  }

  @Behaviour(62)
  void callbacksRunAfterBackwardAndMayAddMore() {
    List<String> log = new ArrayList<>();
    Tensor x = leaf(1, 2);
    x.registerPostAccumulateGradHook(_ -> log.add("accumulated"));
    new Working(() -> Autograd.queueCallback(() -> {
      log.add("first");
      Autograd.queueCallback(() -> log.add("added"));
    })).apply(x).sum().backward();
    assertThat(log).containsExactly("accumulated", "first", "added");
    assertThatThrownBy(() -> Autograd.queueCallback(log::clear)).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no backward");
  }

  @Behaviour(62)
  void callbacksBelongToTheInnermostBackward() {
    assertThat(nested(true, false)).containsExactly("inner over", "outer callback");
    assertThat(nested(false, true)).containsExactly("inner callback", "inner over");
    assertThat(nested(true, true)).containsExactly("inner callback", "inner over", "outer callback");
  }

  private static List<String> nested(boolean outer, boolean inner) {
    List<String> log = new ArrayList<>();
    Working inside = new Working(() -> {
      if (inner) Autograd.queueCallback(() -> log.add("inner callback"));
    });
    Working outside = new Working(() -> {
      if (outer) Autograd.queueCallback(() -> log.add("outer callback"));
      enableGrad(() -> inside.apply(leaf(1, 2)).sum()).backward();
      log.add("inner over");
    });
    outside.apply(leaf(1, 2)).sum().backward();
    return log;
  }
}
