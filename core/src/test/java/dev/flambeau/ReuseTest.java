package dev.flambeau;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flambeau.array.TestSpares;
import dev.flambeau.optim.SGD;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A sweep uses the memory of gradients again that nobody holds. What a user's code has seen stays as it was, and results are, to the bit, those of a
 * sweep that is recorded and so uses nothing again.
 */
final class ReuseTest {
  private static final int N = 6;
  private static final int GRAPHS = 400;

  /** A tensor that somebody kept, and what it held when it was kept. */
  private record Kept(Tensor tensor, double[] values) {}

  /** One random graph with everything by which a gradient reaches a user's code. */
  private static final class Run {
    final Random random;
    final boolean recorded;
    final List<Kept> kept = new ArrayList<>();
    final List<Tensor> leaves = new ArrayList<>();
    final List<Tensor> all = new ArrayList<>();
    final List<double[]> seen = new ArrayList<>();

    Run(long seed, boolean recorded) {
      this.random = new Random(seed);
      this.recorded = recorded;
      Torch.manualSeed(seed);
    }

    void keep(@Nullable Tensor t) {
      if (t == null) return;
      kept.add(new Kept(t.detach(), t.toDoubleArray()));
      seen.add(t.toDoubleArray());
    }

    Tensor any() { return all.get(random.nextInt(all.size())); }

    Tensor step() {
      Tensor a = any();
      Tensor b = any();
      return switch (random.nextInt(28)) {
        case 0 -> a.add(b);
        case 1 -> a.mul(b);
        case 2 -> a.sub(b);
        case 3 -> a.relu();
        case 4 -> a.tanh();
        case 5 -> a.sigmoid().mul(a);
        case 6 -> a.matmul(b.mul(0.1));
        case 7 -> a.t();
        case 8 -> a.reshape(4, 9).reshape(N, N);
        case 9 -> Torch.cat(List.of(a.narrow(0, 0, 2), b.narrow(0, 2, 4)), 0);
        case 10 -> a.sum(1).unsqueeze(1).expand(N, N).mul(0.1);
        case 11 -> a.add(a);
        case 12 -> new Keeper(this).apply(a);
        case 13 -> a.softmax(1);
        case 14 -> a.mean().add(b);
        case 15 -> b.clone().mul_(0.5).add_(a);
        case 16 -> a.indexSelect(0, Torch.tensor(new long[] {5, 0, 0, 3, 2, 1}));
        case 17 -> a.add(b.select(0, random.nextInt(N)));
        case 18 -> a.to(DType.FLOAT64).mul(0.5).to(DType.FLOAT32);
        case 19 -> Torch.where(a.gt(b), a, b);
        case 20 -> a.neg().add(b);
        case 21 -> a.unsqueeze(0).expand(3, N, N).sum(0).mul(0.3);
        case 22 -> {
          Tensor y = b.mul(0.9);
          y.narrow(1, 0, 3).copy_(a.narrow(1, 0, 3));
          yield y;
        }
        case 23 -> a.addcmul(any().mul(0.2), b);
        case 24 -> {
          Tensor first = a.narrow(1, 0, 2);
          Tensor second = b.narrow(1, 1, 4);
          yield Torch.cat(List.of(second, first), 1);
        }
        case 25 -> a.tanh().add(a);
        case 26 -> a.sigmoid().relu().exp();
        default -> a.div(b.mul(b).add(1));
      };
    }

    void watch(Tensor y) {
      if (!y.requiresGrad()) return;
      switch (random.nextInt(12)) {
        case 0 -> y.registerHook(g -> {
          keep(g);
          return null;
        });
        case 1 -> y.registerHook(g -> g == null ? null : g.mul(2.0));
        case 2 -> y.registerHook(g -> {
          keep(g);
          return g;
        });
        case 3 -> y.registerHook(g -> {
          keep(g == null ? null : g.t());
          return g == null ? null : g.t().t();
        });
        case 4 -> {
          if (!y.isLeaf()) y.retainGrad();
        }
        case 5 -> node(y).registerHook((results, gradients) -> {
          results.forEach(this::keep);
          gradients.forEach(this::keep);
          return null;
        });
        case 6 -> node(y).registerPrehook(gradients -> {
          gradients.forEach(this::keep);
          return null;
        });
        default -> {
        }
      }
    }

    private static Node node(Tensor y) { return Autograd.gradientEdge(y).node(); }

    GraphOption[] options(GraphOption... more) {
      List<GraphOption> options = new ArrayList<>(List.of(more));
      if (recorded) options.add(GraphOption.CREATE_GRAPH);
      return options.toArray(GraphOption[]::new);
    }

    void go() {
      for (int k = 0; k < 3; k++) {
        Tensor leaf = Torch.randn(N, N).requiresGrad_();
        leaves.add(leaf);
        all.add(leaf);
      }
      int steps = 4 + random.nextInt(16);
      boolean hooked = random.nextInt(4) == 0;
      try (var _ = hooked ? Autograd.savedTensorsHooks(x -> x, x -> (Tensor) x) : Torch.enableGrad()) {
        for (int k = 0; k < steps; k++) {
          Tensor y = step();
          watch(y);
          all.add(y);
        }
      }
      Tensor out = any().add(all.getLast());
      Tensor given = Torch.randn(N, N);
      keep(given);
      sweep(out, given);
      for (Tensor leaf : leaves) keep(leaf.grad());
      for (Tensor each : all) if (!each.isLeaf() && each.retainsGrad()) keep(each.grad());
      List<Tensor> wrt = List.of(any(), any(), leaves.getFirst());
      List<Tensor> found = Autograd.grad(List.of(out, all.getLast()), wrt, List.of(given, given),
          options(GraphOption.ALLOW_UNUSED, GraphOption.RETAIN_GRAPH));
      found.forEach(this::keep);
      // What was accumulated and kept as it is now may be added to: the last look at it comes after.
      for (Tensor leaf : leaves) leaf.grad(null);
      sweep(out, given);
      for (Tensor leaf : leaves) seen.add(values(leaf.grad()));
      for (Tensor each : all) if (!each.isLeaf() && each.retainsGrad()) seen.add(values(each.grad()));
    }

    private void sweep(Tensor out, Tensor given) {
      if (out.requiresGrad())
        Autograd.backward(List.of(out), Collections.singletonList(given), options(GraphOption.RETAIN_GRAPH));
    }

    private static double[] values(@Nullable Tensor t) { return t == null ? new double[0] : t.toDoubleArray(); }
  }

  /** Keeps the gradient that it gets, and passes it on. */
  private static final class Keeper extends Function {
    private final Run run;

    Keeper(Run run) {
      this.run = run;
    }

    @Override
    protected Tensor forward(Context ctx, Tensor... inputs) { return inputs[0].mul(1.5); }

    @Override
    protected @Nullable Tensor[] backward(Context ctx, Tensor... gradients) {
      run.keep(gradients[0]);
      Tensor result = gradients[0].mul(1.5);
      run.keep(result);
      return new Tensor[] {result};
    }
  }

  @Test
  void keptGradientsStayAndResultsAreThoseOfARecordedSweep() throws Exception {
    for (long seed = 0; seed < GRAPHS; seed++) {
      Run recorded = new Run(seed, true);
      recorded.go();
      Run reusing = new Run(seed, false);
      try (var _ = TestSpares.keepShort()) {
        reusing.go();
      }
      for (Kept each : reusing.kept)
        assertThat(each.tensor().toDoubleArray()).as("kept, seed %d", seed).isEqualTo(each.values());
      assertThat(reusing.seen).as("results, seed %d", seed).hasSameSizeAs(recorded.seen);
      for (int k = 0; k < recorded.seen.size(); k++)
        assertThat(reusing.seen.get(k)).as("result %d, seed %d", k, seed).isEqualTo(recorded.seen.get(k));
    }
  }

  @Test
  void aGradientReturnedByANodeThatIsRunAloneBelongsToTheCaller() throws Exception {
    try (var _ = TestSpares.keepShort()) {
      Tensor x = Torch.ones(4).requiresGrad_();
      Tensor y = x.mul(3).tanh();
      Tensor g = Autograd.gradientEdge(x.mul(2)).node().call(Torch.ones(4)).getFirst();
      assertThat(g).isNotNull();
      y.backward(g, GraphOption.RETAIN_GRAPH);
      y.backward(g);
      x.backward(g);
      x.backward(g);
      assertThat(g.toDoubleArray()).containsOnly(2.0);
    }
  }

  /** Two sweeps over a leaf with a gradient of its own, which {@code between} may look at before it is cleared. */
  private static void twoSweeps(Consumer<Tensor> between, BiConsumer<Object, Object> arrays) {
    Tensor w = Torch.rand(80, 80).requiresGrad_();
    Tensor x = Torch.rand(80, 80);
    x.matmul(w).sum().backward();
    Object first = requireNonNull(w.gradOrNull()).array().data();
    between.accept(w);
    w.grad(null);
    x.mul(2).matmul(w).sum().backward();
    Tensor second = requireNonNull(w.gradOrNull());
    arrays.accept(first, second.array().data());
    assertThat(second.toDoubleArray())
        .containsExactly(x.mul(2).transpose(0, 1).matmul(Torch.ones(80, 80)).toDoubleArray(), Offset.offset(1e-4));
  }

  @Test
  void theGradientOfALeafThatNobodySawIsUsedByTheNextSweep() {
    twoSweeps(w -> new SGD(List.of(w), 0).step(), (first, second) -> assertThat(second).isSameAs(first));
  }

  @Test
  void theGradientOfALeafThatSomebodySawIsNot() {
    List<Kept> kept = new ArrayList<>();
    twoSweeps(w -> {
      Tensor g = requireNonNull(w.grad());
      kept.add(new Kept(g, g.toDoubleArray()));
    }, (first, second) -> assertThat(second).isNotSameAs(first));
    assertThat(kept.getFirst().tensor().toDoubleArray()).isEqualTo(kept.getFirst().values());
  }

  @Test
  void norIsOneThatWasSetByHand() {
    Tensor mine = Torch.rand(80, 80);
    double[] values = mine.toDoubleArray();
    twoSweeps(w -> w.grad(mine), (first, second) -> assertThat(second).isNotSameAs(mine.array().data()));
    assertThat(mine.toDoubleArray()).isEqualTo(values);
  }
}
