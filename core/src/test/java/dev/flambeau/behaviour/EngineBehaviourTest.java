package dev.flambeau.behaviour;

import static dev.flambeau.GraphOption.RETAIN_GRAPH;
import static dev.flambeau.Torch.enableGrad;
import static dev.flambeau.Torch.ones;
import static dev.flambeau.Torch.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flambeau.Autograd;
import dev.flambeau.Context;
import dev.flambeau.Function;
import dev.flambeau.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Reentrant and concurrent backward: behaviours 100 to 107. */
final class EngineBehaviourTest {
  private static double[] values(@Nullable Tensor x) {
    if (x == null) throw new AssertionError("there is no gradient");
    return x.toDoubleArray();
  }

  /** The identity, whose backward first runs a backward of its own, as deep as its input says. */
  private static final class Reentrant extends Function {
    private final List<String> order;
    private final int depth;

    Reentrant(List<String> order, int depth) {
      this.order = order;
      this.depth = depth;
    }

    @Override
    protected Tensor forward(Context ctx, Tensor... x) { return x[0].mul(1); }

    @Override
    protected @Nullable Tensor[] backward(Context ctx, Tensor... g) {
      order.add("reentrant");
      if (depth > 0) {
        try (var _ = enableGrad()) {
          Tensor inner = ones(1).requiresGrad_();
          new Reentrant(order, depth - 1).apply(inner).backward();
          assertThat(values(inner.grad())).containsExactly(1);
        }
      }
      return new @Nullable Tensor[] {g[0]};
    }
  }

  private static final class Identity extends Function {
    private final Runnable during;

    Identity(Runnable during) {
      this.during = during;
    }

    @Override
    protected Tensor forward(Context ctx, Tensor... x) { return x[0].mul(1); }

    @Override
    protected @Nullable Tensor[] backward(Context ctx, Tensor... g) {
      during.run();
      return new @Nullable Tensor[] {g[0]};
    }
  }

  @Behaviour(100)
  void backwardRunsWithinBackward() {
    Tensor x = tensor(2.).requiresGrad_();
    Tensor shared = tensor(3.).requiresGrad_();
    Tensor y = new Identity(() -> {
      try (var _ = enableGrad()) {
        shared.mul(shared).backward();
      }
    }).apply(x);
    y.mul(shared).backward();
    assertThat(values(x.grad())).containsExactly(3);
    assertThat(values(shared.grad())).containsExactly(6 + 2);

    Tensor failing = new Identity(() -> {
      try (var _ = enableGrad()) {
        new Identity(() -> {
          throw new ArithmeticException("child");
        }).apply(ones(1).requiresGrad_()).backward();
      }
    }).apply(x);
    assertThatThrownBy(failing::backward).isInstanceOf(ArithmeticException.class).hasMessage("child");
    Tensor hooked = x.mul(2);
    hooked.registerHook(g -> {
      try (var _ = enableGrad()) {
        Tensor z = tensor(1.).requiresGrad_();
        z.mul(4).backward();
        return g.mul(z.grad());
      }
    });
    x.grad(null);
    hooked.backward();
    assertThat(values(x.grad())).containsExactly(8);
  }

  @Behaviour(101)
  void nestedBackwardsCostNoStack() {
    for (int depth : new int[] {2_000, 200}) {
      List<String> order = new ArrayList<>();
      Tensor x = ones(1).requiresGrad_();
      new Reentrant(order, depth).apply(x).sum().backward();
      assertThat(order).hasSize(depth + 1);
      assertThat(values(x.grad())).containsExactly(1);
    }
  }

  @Behaviour(102)
  void innerBackwardsEndBeforeTheOuterGoesOn() {
    List<String> order = new ArrayList<>();
    Tensor x = tensor(6.).requiresGrad_();
    Tensor a = new Identity(() -> order.add("outer")).apply(x);
    Tensor b = new Reentrant(order, 9).apply(tensor(9.).requiresGrad_());
    a.mul(b).backward();
    assertThat(order).hasSize(11);
    assertThat(order.getLast()).isEqualTo("outer");
  }

  private static <T> List<T> onTenThreads(Callable<T> work) throws InterruptedException {
    try (ExecutorService threads = Executors.newFixedThreadPool(10)) {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < 10; i++) futures.add(threads.submit(work));
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        try {
          results.add(future.get());
        } catch (ExecutionException e) {
          throw new AssertionError(e.getCause());
        }
      }
      return results;
    }
  }

  @Behaviour(103)
  void tenThreadsShareLeavesAndGraphs() throws InterruptedException {
    Tensor x = ones(5, 5).requiresGrad_();
    assertThat(onTenThreads(() -> {
      Tensor y = x.add(3).mul(x.add(4)).mul(0.5);
      y.sum().backward();
      return true;
    })).hasSize(10);
    assertThat(values(x.grad())).containsOnly(10 * 4.5);

    Tensor z = ones(5).requiresGrad_();
    Tensor shared = z.mul(z).sum();
    assertThat(onTenThreads(() -> {
      shared.backward(RETAIN_GRAPH);
      return true;
    })).hasSize(10);
    assertThat(values(z.grad())).containsOnly(20);

    Tensor w = ones(5).requiresGrad_();
    Tensor once = w.mul(w).sum();
    List<String> outcomes = onTenThreads(() -> {
      try {
        once.backward();
        return "done";
      } catch (IllegalStateException e) {
        return String.valueOf(e.getMessage());
      }
    });
    assertThat(outcomes).contains("done")
        .allMatch(o -> o.equals("done") || o.startsWith("Trying to backward through the graph a second time"));
  }

  @Behaviour(104)
  void concurrentReadsOfAGradientSeeOneObject() throws InterruptedException {
    Tensor x = ones(5).requiresGrad_();
    x.mul(2).sum().backward();
    assertThat(onTenThreads(x::grad)).allMatch(g -> g == x.grad());
  }

  @Behaviour(105)
  void anErrorEndsTheSweepAndTheNextOneWorks() {
    Tensor x = ones(1).requiresGrad_();
    Tensor fails = new Identity(() -> {
      throw new ArithmeticException("mine");
    }).apply(x);
    Tensor other = x.mul(2).mul(3);
    assertThatThrownBy(() -> fails.add(other).backward()).isInstanceOf(ArithmeticException.class);
    x.grad(null);
    x.mul(2).backward();
    assertThat(values(x.grad())).containsExactly(2);
    assertThat(Autograd.currentGraphTaskId()).isEqualTo(-1);
  }

  @Behaviour(107)
  void aNodeCanAskWhetherTheGraphIsKept() {
    List<Boolean> kept = new ArrayList<>();
    Tensor x = ones(1).requiresGrad_();
    Tensor y = new Identity(() -> kept.add(Autograd.keepsGraph())).apply(x);
    y.backward(RETAIN_GRAPH);
    y.backward();
    assertThat(kept).containsExactly(true, false);
    assertThatThrownBy(Autograd::keepsGraph).isInstanceOf(IllegalStateException.class);
  }
}
