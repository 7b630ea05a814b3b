package dev.flambeau.behaviour;

import static dev.flambeau.GraphOption.ALLOW_UNUSED;
import static dev.flambeau.GraphOption.CREATE_GRAPH;
import static dev.flambeau.GraphOption.GRADS_BATCHED;
import static dev.flambeau.GraphOption.MATERIALIZE_GRADS;
import static dev.flambeau.GraphOption.RETAIN_GRAPH;
import static dev.flambeau.GraphOption.inputs;
import static dev.flambeau.Torch.enableGrad;
import static dev.flambeau.Torch.full;
import static dev.flambeau.Torch.noGrad;
import static dev.flambeau.Torch.ones;
import static dev.flambeau.Torch.onesLike;
import static dev.flambeau.Torch.tensor;
import static dev.flambeau.Torch.zeros;
import static dev.flambeau.behaviour.Probes.isCollected;
import static dev.flambeau.behaviour.Probes.node;
import static dev.flambeau.behaviour.Probes.value;
import static dev.flambeau.behaviour.Probes.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.flambeau.Autograd;
import dev.flambeau.Context;
import dev.flambeau.DType;
import dev.flambeau.Function;
import dev.flambeau.GraphOption;
import dev.flambeau.Tensor;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Backward and grad: behaviours 1 to 35. */
final class BasicBackwardBehaviourTest {
  private static final String SECOND = "Trying to backward through the graph a second time (or directly access saved "
      + "tensors after they have already been freed). Saved intermediate values of the graph are freed when you call "
      + ".backward() or autograd.grad(). Specify retain_graph=True if you need to backward through the graph a second "
      + "time or if you need to access saved tensors after calling backward.";

  /** Returns its first input as it is, and the sum of both. */
  private static final class Pass extends Function {
    @Override
    protected Tensor[] forwardAll(Context ctx, Tensor... x) { return new Tensor[] {x[0], x[0].add(x[1])}; }

    @Override
    protected Tensor[] backward(Context ctx, Tensor... g) { return new Tensor[] {g[0].add(g[1]), g[1]}; }
  }

  /** Gives its gradient to both inputs, and keeps it. */
  private static final class Share extends Function {
    @Nullable Tensor given;

    @Override
    protected Tensor forward(Context ctx, Tensor... x) { return x[0].add(x[1]); }

    @Override
    protected Tensor[] backward(Context ctx, Tensor... g) {
      given = g[0];
      return new Tensor[] {g[0], g[0]};
    }
  }

  /** Gives gradients of float64 to a tensor of float32. */
  private static final class Wide extends Function {
    @Override
    protected Tensor forward(Context ctx, Tensor... x) { return x[0].mul(3); }

    @Override
    protected Tensor[] backward(Context ctx, Tensor... g) { return new Tensor[] {g[0].mul(3).to(DType.FLOAT64)}; }
  }

  private static Tensor leaf(double... values) { return tensor(values).requiresGrad_(); }

  private static Tensor grad(Tensor output, Tensor input, Tensor weight, GraphOption... options) {
    return Autograd.grad(List.of(output), List.of(input), List.of(weight), options).getFirst();
  }

  @Behaviour(1)
  void backwardOfAPolynomialWeighsWithTheGivenGradient() {
    Tensor x = leaf(1, 2, 3);
    Tensor y = leaf(4, 5, 6);
    Tensor z = leaf(2, -1, 0.5);
    x.mul(y).add(z.mul(z).mul(x)).add(z.mul(2)).backward(tensor(1., -2., 0.5));
    assertThat(values(x.grad())).containsExactly(8, -12, 3.125);
    assertThat(values(y.grad())).containsExactly(1, -4, 1.5);
    assertThat(values(z.grad())).containsExactly(6, 4, 2.5);

    Tensor bare = leaf(1, 1);
    bare.backward(tensor(3., 4.));
    assertThat(values(bare.grad())).containsExactly(3, 4);
  }

  @Behaviour(2)
  void severalRootsAddUpInWhatTheyShare() {
    Tensor a = leaf(1, 2);
    Tensor b = leaf(3, 4);
    Tensor c = leaf(5, 6);
    Autograd.backward(List.of(a.mul(b), b.mul(c)), List.of(tensor(1., 2.), tensor(10., 20.)));
    assertThat(values(a.grad())).containsExactly(3, 8);
    assertThat(values(b.grad())).containsExactly(1 + 50, 4 + 120);
    assertThat(values(c.grad())).containsExactly(30, 80);
  }

  @Behaviour(3)
  void aRootWithoutHistoryIsAnErrorEvenAmongOthers() {
    Tensor x = leaf(1, 2);
    List<Tensor> roots = List.of(x.mul(2), tensor(1., 2.));
    List<Tensor> gradients = List.of(ones(2), ones(2));
    assertThatThrownBy(() -> Autograd.backward(roots, gradients)).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("output 1");
    assertThat(x.grad()).isNull();
  }

  @Behaviour(4)
  void aRootMayBeAnAncestorOfAnother() {
    Tensor x = leaf(1, 2);
    Tensor y = x.pow(2);
    Autograd.backward(List.of(y, y.pow(3)), List.of(tensor(1., 1.), tensor(1., 0.5)));
    assertThat(values(x.grad())).containsExactly(2 + 6, 4 + 96);
  }

  @Behaviour(5)
  void aRootGivenTwiceCountsTwice() {
    Tensor a = leaf(2);
    Tensor b = leaf(3);
    Tensor y = a.mul(b);
    Autograd.backward(List.of(y, y), List.of(tensor(new double[] {1}), tensor(new double[] {1})));
    assertThat(value(a.grad())).isEqualTo(6);
    assertThat(value(b.grad())).isEqualTo(4);
  }

  @Behaviour(6)
  void inputsNameTheLeavesThatAccumulate() {
    Tensor x = leaf(2);
    Tensor y = leaf(3);
    Tensor out = x.mul(x).mul(y);
    out.backward(RETAIN_GRAPH, inputs(x));
    assertThat(value(x.grad())).isEqualTo(12);
    assertThat(y.grad()).isNull();
    out.backward(RETAIN_GRAPH, inputs(x, y));
    assertThat(value(x.grad())).isEqualTo(24);
    assertThat(value(y.grad())).isEqualTo(4);
    assertThatThrownBy(() -> out.backward(inputs())).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("inputs");
    Tensor constant = ones(1);
    assertThatThrownBy(() -> out.backward(inputs(x, constant))).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("input 1");
    assertThat(value(x.grad())).isEqualTo(24);
  }

  @Behaviour(7)
  void anInputThatIsNoLeafGetsItsGradToo() {
    Tensor x = leaf(2);
    Tensor y = x.mul(3);
    Tensor aside = x.mul(5);
    Tensor out = y.mul(y);
    out.backward(RETAIN_GRAPH, inputs(y, aside));
    assertThat(value(y.grad())).isEqualTo(12);
    assertThat(aside.grad()).isNull();
    assertThat(x.grad()).isNull();
    out.backward(inputs(x, y));
    assertThat(value(x.grad())).isEqualTo(36);
    assertThat(value(y.grad())).isEqualTo(24);
  }

  @Behaviour(8)
  void numbersWithoutDimensionsHaveGradients() {
    Tensor x = tensor(2.).requiresGrad_();
    Tensor y = tensor(3.).requiresGrad_();
    x.mul(x).add(y.mul(x)).add(y).backward();
    assertThat(value(x.grad())).isEqualTo(7);
    assertThat(value(y.grad())).isEqualTo(3);
    assertThat(Autograd.grad(x.pow(3), x).getFirst().dim()).isZero();
  }

  @Behaviour(9)
  void onlyASingleElementHasAnImplicitGradient() {
    Tensor x = leaf(1, 2);
    Tensor y = x.mul(2);
    assertThatThrownBy(y::backward).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("grad can be implicitly created only for scalar outputs");
    List<@Nullable Tensor> missing = Collections.singletonList(null);
    assertThatThrownBy(() -> Autograd.backward(List.of(y), missing)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("grad can be implicitly created only for scalar outputs");
    assertThatThrownBy(() -> Autograd.grad(y, x)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("grad can be implicitly created only for scalar outputs");
    for (long[] shape : new long[][] {{}, {1}, {1, 1}}) {
      Tensor one = full(3., shape).requiresGrad_();
      one.mul(one).backward();
      assertThat(value(one.grad())).isEqualTo(6);
    }
    Autograd.backward(List.of(x.mul(1), x.sum()), Arrays.asList(tensor(10., 20.), null));
    assertThat(values(x.grad())).containsExactly(11, 21);
  }

  @Behaviour(10)
  void whatDoesNotRequireGradIsRefused() {
    Tensor constant = ones(1);
    Tensor x = leaf(1);
    assertThatThrownBy(constant::backward).isInstanceOf(IllegalStateException.class).hasMessageContaining("output 0");
    assertThatThrownBy(() -> Autograd.grad(constant, x)).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("output 0");
    assertThatThrownBy(() -> Autograd.grad(x.mul(2), x, constant)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("input 1");
    List<Tensor> one = List.of(ones(1));
    List<Tensor> two = List.of(x.mul(2), x.mul(3));
    assertThatThrownBy(() -> Autograd.backward(two, one)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 outputs")
        .hasMessageContaining("1 gradients");
    assertThat(x.grad()).isNull();
  }

  @Behaviour(11)
  void gradGivesHessianVectorProductsAndTouchesNoGrad() {
    Tensor x = leaf(1, 2);
    Tensor y = leaf(3, 5);
    x.pow(2).add(y.mul(x)).add(y.pow(2)).backward(ones(2), CREATE_GRAPH);
    assertThat(values(x.grad())).containsExactly(5, 9);
    assertThat(values(y.grad())).containsExactly(7, 12);
    Tensor sum = x.grad().mul(2).add(y.grad());
    assertThat(values(grad(sum, x, ones(2), CREATE_GRAPH))).containsExactly(5, 5);
    assertThat(values(x.grad())).containsExactly(5, 9);
    assertThatThrownBy(() -> grad(sum, x, ones(3))).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gradient 0")
        .hasMessageContaining("output 0")
        .hasMessageContaining("[3]").hasMessageContaining("[2]");
    assertThatThrownBy(() -> grad(sum, x, ones(1))).as("no broadcasting").isInstanceOf(IllegalArgumentException.class);
    assertThat(values(grad(x.mul(y), x, tensor(2, 3)))).as("the dtype is cast").containsExactly(6, 15);
  }

  @Behaviour(12)
  void ascentOnWhatIsNoLeaf() {
    Tensor start = leaf(1, -2);
    Tensor y = leaf(0.5, 3);
    Tensor x = start;
    for (int i = 0; i < 4; i++) {
      Tensor g = grad(x.pow(2).add(y.mul(x)), x, ones(2), CREATE_GRAPH);
      assertThat(g.toDoubleArray()).containsExactly(x.mul(2).add(y).toDoubleArray(), within(1e-6));
      x = x.add(g.mul(0.5));
    }
    assertThat(start.grad()).isNull();
    assertThat(y.grad()).isNull();
    x.backward(ones(2));
    assertThat(values(start.grad())).as("each step doubles it").containsExactly(16, 16);
    assertThat(values(y.grad())).containsExactly(7.5, 7.5);
  }

  @Behaviour(13)
  void twoOutputsOfOneNodeAreTakenAtOnce() {
    Tensor x = tensor(new double[][] {{1, 2}, {3, 4}}).requiresGrad_();
    List<@Nullable Tensor> seen = new ArrayList<>();
    x.registerHook(g -> {
      seen.add(g);
      return null;
    });
    Tensor[] halves = x.chunk(2);
    Tensor weight = tensor(new double[][] {{3, 4}});
    List<Tensor> g = Autograd.grad(List.of(halves[0].add(halves[1].mul(2))), List.of(halves[0], halves[1]),
        List.of(weight), CREATE_GRAPH);
    assertThat(values(g.get(0))).containsExactly(3, 4);
    assertThat(values(g.get(1))).containsExactly(6, 8);
    assertThat(seen).isEmpty();
    assertThat(x.grad()).isNull();
  }

  @Behaviour(14)
  void aHookOnOneOfSeveralOutputsGetsNullWhenOnlyAnotherHasAGradient() {
    Tensor x = leaf(1, 2, 3);
    Tensor[] parts = x.unbind();
    List<@Nullable Tensor> seen = new ArrayList<>();
    parts[0].registerHook(g -> {
      seen.add(g);
      return null;
    });
    parts[0].backward();
    assertThat(value(seen.getFirst())).isEqualTo(1);
    parts[2].backward();
    assertThat(seen).hasSize(2).last().isNull();
    assertThat(values(x.grad())).containsExactly(1, 0, 1);

    parts[1].registerHook(_ -> tensor(7.));
    assertThatThrownBy(parts[0]::backward).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("null must stay null");
  }

  @Behaviour(15)
  void unusedInputsAreAnErrorOrNull() {
    Tensor x = leaf(2);
    Tensor y = leaf(3);
    Tensor square = x.mul(x);
    Tensor cube = y.pow(3);
    Tensor aside = y.mul(1);
    aside.registerHook(_ -> {
      throw new AssertionError("off the path");
    });
    assertThatThrownBy(() -> Autograd.grad(List.of(square), List.of(x, y), List.of(), RETAIN_GRAPH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("input 1").hasMessageContaining("ALLOW_UNUSED");
    List<Tensor> g = Autograd.grad(List.of(square), List.of(x, y), List.of(), ALLOW_UNUSED);
    assertThat(value(g.get(0))).isEqualTo(4);
    assertThat(g.get(1)).isNull();
    assertThat(value(Autograd.grad(cube.add(x).add(aside), x).getFirst())).isEqualTo(1);
    assertThat(value(Autograd.grad(cube, y).getFirst())).as("what was off the path is not freed").isEqualTo(27);
  }

  @Behaviour(16)
  void gradNeedsInputs() {
    Tensor x = leaf(1);
    assertThatThrownBy(() -> Autograd.grad(x.mul(2))).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no inputs");
  }

  @Behaviour(17)
  void unusedInputsCanGetZeros() {
    Tensor x = leaf(2, 3);
    Tensor y = tensor(new double[][] {{1, 2}}).requiresGrad_();
    List<Tensor> g = Autograd.grad(List.of(x.sum()), List.of(x, y), List.of(), MATERIALIZE_GRADS);
    assertThat(values(g.get(1))).containsExactly(0, 0);
    assertThat(g.get(1).shape()).containsExactly(1, 2);
    assertThat(g.get(1).requiresGrad()).isFalse();
    Tensor first = Autograd.grad(List.of(x.sum()), List.of(x, y), List.of(), MATERIALIZE_GRADS, CREATE_GRAPH).get(1);
    assertThat(first.requiresGrad()).isTrue();
    Tensor second = Autograd.grad(List.of(first.sum()), List.of(x), List.of(), MATERIALIZE_GRADS).getFirst();
    assertThat(values(second)).containsExactly(0, 0);
  }

  @Behaviour(18)
  void batchedGradientsGiveABatchOfResults() {
    Tensor x = tensor(new double[][] {{1, 2}, {3, 4}}).requiresGrad_();
    Tensor y = x.mul(x);
    Tensor weights = tensor(new double[][][] {{{1, 0}, {0, 0}}, {{0, 1}, {0, 0}}, {{1, 1}, {1, 1}}});
    Tensor g = grad(y, x, weights, GRADS_BATCHED, RETAIN_GRAPH);
    assertThat(g.shape()).containsExactly(3, 2, 2);
    assertThat(g.toDoubleArray()).containsExactly(2, 0, 0, 0, 0, 4, 0, 0, 2, 4, 6, 8);
    assertThatThrownBy(() -> grad(y, x, ones(2, 2), GRADS_BATCHED)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("first dimension")
        .hasMessageContaining("batch").hasMessageContaining("[2, 2]");
    List<Tensor> uneven = List.of(ones(2, 2, 2), ones(3, 2, 2));
    assertThatThrownBy(() -> Autograd.grad(List.of(y, x.mul(2)), List.of(x), uneven, GRADS_BATCHED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gradient 1").hasMessageContaining("2").hasMessageContaining("3");
    assertThatThrownBy(() -> Autograd.grad(List.of(y), List.of(x), List.of(), GRADS_BATCHED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("batch");
    assertThat(values(grad(y, x, onesLike(y)))).as("errors freed nothing").containsExactly(2, 4, 6, 8);
  }

  @Behaviour(19)
  void backwardOnGradientsAccumulatesHessianVectorProducts() {
    Tensor x = leaf(1, 2);
    Tensor y = leaf(3, 5);
    x.pow(2).add(y.mul(x)).add(y.pow(2)).backward(ones(2), CREATE_GRAPH);
    Tensor dx = x.grad();
    Tensor dy = y.grad();
    dx.mul(2).add(dy).backward(ones(2));
    assertThat(values(x.grad())).containsExactly(5 + 5, 9 + 5);
    assertThat(values(y.grad())).containsExactly(7 + 4, 12 + 4);
  }

  @Behaviour(20)
  void backwardCanGoInStages() {
    Tensor w = leaf(1, 2, 3, 4);
    Tensor[] parts = w.mul(w).chunk(2);
    Tensor loss = parts[0].sum().mul(parts[1].sum());
    List<Tensor> stage = Autograd.grad(loss, parts);
    Autograd.backward(List.of(parts), stage);
    assertThat(values(w.grad())).containsExactly(2 * 25, 4 * 25, 6 * 5, 8 * 5);
  }

  @Behaviour(21)
  void aSecondBackwardFailsIfValuesWereSavedAndFreed() {
    Tensor x = leaf(1, 2);
    Tensor saving = x.mul(x);
    saving.backward(ones(2));
    assertThatThrownBy(() -> saving.backward(ones(2))).isInstanceOf(IllegalStateException.class).hasMessage(SECOND);
    Tensor plain = x.add(1);
    plain.backward(ones(2));
    plain.backward(ones(2));
    assertThat(values(x.grad())).containsExactly(2 + 2, 4 + 2);

    Tensor kept = x.mul(x);
    kept.backward(ones(2), RETAIN_GRAPH);
    kept.backward(ones(2), CREATE_GRAPH);
    kept.backward(ones(2));
    assertThatThrownBy(() -> kept.backward(ones(2))).isInstanceOf(IllegalStateException.class).hasMessage(SECOND);

    Tensor shared = x.exp();
    shared.sum().backward();
    assertThatThrownBy(() -> shared.mean().backward()).isInstanceOf(IllegalStateException.class).hasMessage(SECOND);
  }

  @Behaviour(22)
  void aLeafAndItsDifferentiableGradDoNotKeepEachOtherAlive() throws InterruptedException {
    assertThat(isCollected(leafWithDifferentiableGrad())).isTrue();
  }

  private static WeakReference<Tensor> leafWithDifferentiableGrad() {
    Tensor x = leaf(1, 2);
    x.mul(x).sum().backward(CREATE_GRAPH);
    assertThat(values(x.grad())).containsExactly(2, 4);
    return new WeakReference<>(x);
  }

  @Behaviour({23, 24})
  void gradIsAddedToInPlaceExceptUnderCreateGraph() {
    Tensor x = leaf(1, 2);
    x.mul(3).backward(ones(2));
    Tensor first = x.grad();
    x.mul(3).backward(ones(2));
    assertThat(x.grad()).isSameAs(first);
    assertThat(values(first)).containsExactly(6, 6);
    x.mul(3).backward(ones(2), CREATE_GRAPH);
    assertThat(x.grad()).isNotSameAs(first);
    assertThat(values(first)).containsExactly(6, 6);
    assertThat(values(x.grad())).containsExactly(9, 9);
    x.backward(ones(2));
    assertThat(values(x.grad())).containsExactly(10, 10);

    Tensor own = tensor(1., 1.);
    x.grad(own);
    x.backward(tensor(5., 6.));
    assertThat(x.grad()).isSameAs(own);
    assertThat(own.toDoubleArray()).containsExactly(6, 7);

    x.grad(ones(1).expand(2));
    assertThatThrownBy(() -> x.backward(ones(2))).as("one element in memory cannot take two")
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("clone");
  }

  @Behaviour(25)
  void gradientsMayBeEmpty() {
    Tensor x = ones(4, 0).requiresGrad_();
    Tensor y = ones(4, 1).requiresGrad_();
    for (int i = 0; i < 2; i++) x.add(y).sum().backward();
    assertThat(x.grad()).isNotNull();
    assertThat(x.grad().shape()).containsExactly(4, 0);
    assertThat(values(y.grad())).containsExactly(0, 0, 0, 0);
  }

  @Behaviour(26)
  void aGradientThatWaitsInThreePlacesIsNotChangedInAny() {
    Tensor x = ones(2, 2).requiresGrad_();
    Tensor y = ones(2, 2).requiresGrad_();
    Tensor a = x.add(3);
    Tensor b = y.add(3);
    Tensor c = x.add(3);
    Tensor straight = a.add(b).add(c);
    for (int i = 0; i < 4; i++) {
      a = a.mul(2);
      b = b.mul(2);
      c = c.mul(2);
    }
    straight.add(a.add(b).add(c)).backward(ones(2, 2));
    assertThat(values(x.grad())).containsOnly(34);
    assertThat(values(y.grad())).containsOnly(17);
  }

  @Behaviour(27)
  void gradientsOfTheUserStayAsTheyAre() {
    Tensor x = leaf(1, 2);
    Tensor first = tensor(1., 2.);
    Tensor second = tensor(10., 20.);
    Tensor y = x.clone();
    Autograd.backward(List.of(y, y, x), List.of(first, second, first));
    x.mul(1).backward(second);
    assertThat(values(x.grad())).containsExactly(22, 44);
    assertThat(first.toDoubleArray()).containsExactly(1, 2);
    assertThat(second.toDoubleArray()).containsExactly(10, 20);

    Tensor leaf = leaf(1, 2);
    leaf.backward(first);
    assertThat(leaf.grad()).isNotSameAs(first);
    leaf.grad().zero_();
    assertThat(first.toDoubleArray()).containsExactly(1, 2);
  }

  @Behaviour(28)
  void noTwoGradsShareMemoryAndNoneThatAUserHolds() {
    Tensor a = leaf(1, 2);
    Tensor b = leaf(3, 4);
    Share share = new Share();
    share.apply(a, b).mul(tensor(5., 6.)).sum().backward();
    a.grad().zero_();
    assertThat(values(b.grad())).containsExactly(5, 6);
    assertThat(values(share.given)).containsExactly(5, 6);

    Tensor c = leaf(1, 2);
    Tensor d = leaf(3, 4);
    List<Tensor> seen = new ArrayList<>();
    Tensor sum = c.add(d);
    Autograd.backward(List.of(sum.mul(sum).sum()), List.of(), RETAIN_GRAPH);
    c.grad().zero_();
    assertThat(values(d.grad())).containsExactly(8, 12);
    c.grad(null);
    c.registerHook(g -> {
      if (g != null) seen.add(g);
      return null;
    });
    Tensor product = c.mul(3);
    product.sum().backward();
    c.grad().zero_();
    assertThat(seen.getFirst().toDoubleArray()).containsExactly(3, 3);

    c.grad(null);
    List<@Nullable Tensor> taken = new ArrayList<>();
    Tensor e = leaf(1, 2);
    Probes.accumulator(e).registerHook((_, g) -> {
      taken.addAll(g);
      return null;
    });
    e.mul(4).sum().backward();
    e.mul(4).sum().backward();
    assertThat(values(taken.getFirst())).as("what a hook holds is not accumulated into").containsExactly(4, 4);
    assertThat(values(e.grad())).containsExactly(8, 8);
  }

  @Behaviour(29)
  void outputsWithoutUseCountAsZeros() {
    Tensor x = tensor(new double[][] {{1, 2, 3, 4}, {5, 6, 7, 8}}).requiresGrad_();
    x.chunk(4, 1)[2].mul(2).sum().backward();
    assertThat(values(x.grad())).containsExactly(0, 0, 2, 0, 0, 0, 2, 0);
  }

  @Behaviour(30)
  void inputsReturnedAsTheyAreAndBranchesWithoutDerivatives() {
    Tensor x = leaf(1, 2);
    Tensor y = leaf(3, 4);
    Tensor[] out = new Pass().applyAll(x, y);
    List<double[]> seen = new ArrayList<>();
    out[0].registerHook(g -> {
      seen.add(values(g));
      return null;
    });
    out[0].add(out[1]).add(x).sum().backward();
    assertThat(seen).hasSize(1);
    assertThat(seen.getFirst()).as("not what goes to x past the function").containsExactly(1, 1);
    assertThat(values(x.grad())).containsExactly(3, 3);
    assertThat(values(y.grad())).containsExactly(1, 1);

    Tensor z = tensor(new double[][] {{1, 5, 2}, {7, 4, 6}}).requiresGrad_();
    Tensor a = z.mul(2);
    a.argmax(1).unsqueeze(1).to(DType.FLOAT32).add(a).sum().backward();
    assertThat(values(z.grad())).containsOnly(2);
  }

  @Behaviour(31)
  void gradLiesInMemoryAsItsLeafDoes() {
    for (boolean broadcast : new boolean[] {true, false}) {
      Tensor dense = tensor(new double[][] {{1, 2, 3}, {4, 5, 6}}).t().requiresGrad_();
      Tensor gaps = ones(2, 4).slice(1, 0L, 4L, 2).requiresGrad_();
      (broadcast ? dense.sum() : dense.mul(ones(3, 2)).sum()).backward();
      (broadcast ? gaps.sum() : gaps.mul(ones(2, 2)).sum()).backward();
      assertThat(dense.isLeaf()).isTrue();
      assertThat(dense.strides()).containsExactly(1, 3);
      values(dense.grad());
      assertThat(dense.grad().strides()).containsExactly(1, 3);
      assertThat(gaps.strides()).containsExactly(4, 2);
      values(gaps.grad());
      assertThat(gaps.grad().strides()).containsExactly(2, 1);
    }
  }

  @Behaviour(32)
  void gradMustFitItsTensor() {
    Tensor x = leaf(1, 2);
    x.grad(tensor(3., 4.));
    assertThat(values(x.grad())).containsExactly(3, 4);
    assertThatThrownBy(() -> x.grad(ones(3))).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("[3]")
        .hasMessageContaining("[2]");
    assertThatThrownBy(() -> x.grad(tensor(1, 2))).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("int64")
        .hasMessageContaining("float32");
    assertThatThrownBy(() -> x.grad(x)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("its own");
    assertThat(values(x.grad())).containsExactly(3, 4);
    x.grad(null);
    assertThat(x.grad()).isNull();
  }

  @Behaviour(32)
  void theDtypeOfGradCanBeChosen() {
    Tensor x = leaf(1, 2);
    assertThat(x.gradDtype()).isEqualTo(DType.FLOAT32);
    new Wide().apply(x).sum().backward();
    assertThat(x.grad().dtype()).as("cast to the leaf's").isEqualTo(DType.FLOAT32);
    assertThatThrownBy(() -> x.gradDtype(DType.FLOAT64)).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("float32")
        .hasMessageContaining("float64");
    x.grad(null);
    x.gradDtype(DType.FLOAT64);
    x.mul(2).sum().backward();
    assertThat(x.grad().dtype()).isEqualTo(DType.FLOAT64);
    assertThatThrownBy(() -> x.grad(ones(2))).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("float32")
        .hasMessageContaining("float64");
    x.gradDtype(null);
    assertThat(x.gradDtype()).isNull();
    x.grad(null);
    x.mul(2).sum().backward();
    assertThat(x.grad().dtype()).isEqualTo(DType.FLOAT32);
    new Wide().apply(x).sum().backward();
    assertThat(x.grad().dtype()).as("added to in place").isEqualTo(DType.FLOAT32);
    assertThat(values(x.grad())).containsExactly(5, 5);
    x.grad(null);
    new Wide().apply(x).sum().backward();
    assertThat(x.grad().dtype()).isEqualTo(DType.FLOAT64);
    assertThatThrownBy(() -> x.mul(2).gradDtype()).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("lea");
    assertThatThrownBy(() -> x.mul(2).gradDtype(DType.FLOAT64)).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("lea");
  }

  @Behaviour(33)
  void onlyRealNumbersCanRequireGrad() {
    for (DType dtype : DType.values()) {
      Tensor x = ones(dtype, 2);
      if (dtype.isFloatingPoint()) {
        assertThat(x.requiresGrad_().requiresGrad()).isTrue();
      } else {
        assertThatThrownBy(x::requiresGrad_).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(dtype.torchName());
        assertThat(x.requiresGrad_(false).requiresGrad()).isFalse();
      }
    }
    assertThat(leaf(1, 2).to(DType.INT64).requiresGrad()).isFalse();
  }

  @Behaviour(34)
  void requiringGradSpreadsToWhatIsComputed() {
    Tensor x = ones(2);
    Tensor z = ones(2).requiresGrad_();
    Tensor a = x.add(x);
    assertThat(a.requiresGrad()).isFalse();
    Tensor b = a.add(z);
    assertThat(b.requiresGrad()).isTrue();
    assertThatThrownBy(() -> b.requiresGrad_(false)).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("leaves")
        .hasMessageContaining("detach");
    assertThat(b.requiresGrad_()).isSameAs(b);
    a.add_(z);
    assertThat(a.requiresGrad()).isTrue();
    assertThat(node(a).name()).isEqualTo("AddBackward0");
    assertThat(noGrad(() -> z.mul(2)).requiresGrad()).isFalse();
    assertThat(noGrad(() -> enableGrad(() -> z.mul(2))).requiresGrad()).isTrue();

    z.sum().backward();
    z.requiresGrad_(false);
    assertThat(values(z.grad())).containsExactly(1, 1);
    b.sum().backward();
    assertThat(values(z.grad())).as("a leaf that stopped requiring grad gets no more").containsExactly(1, 1);
  }

  @Behaviour(34)
  void tensorsMayBeChangedBeforeTheyRequireGrad() {
    Tensor x = ones(2, 2);
    Tensor row = x.get(0);
    x.add_(1);
    row.mul_(3);
    x.requiresGrad_();
    assertThat(row.requiresGrad()).as("a view follows its base").isTrue();
    x.mul(x).sum().backward();
    assertThat(values(x.grad())).containsExactly(12, 12, 4, 4);
    assertThatThrownBy(() -> x.add_(1)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> row.add_(1)).isInstanceOf(IllegalStateException.class);
    assertThat(x.toDoubleArray()).containsExactly(6, 6, 2, 2);
  }

  @Behaviour(35)
  void readingTheGradOfWhatIsNoLeafWarns() {
    Tensor x = leaf(1, 2);
    Tensor y = x.mul(2);
    Tensor z = y.mul(3);
    z.retainGrad();
    z.sum().backward();
    assertThat(warningsOn(x)).isEmpty();
    assertThat(warningsOn(z)).isEmpty();
    assertThat(warningsOn(y)).singleElement().asString().contains("not a leaf").contains("retainGrad");
    assertThat(warningsOn(y)).as("each time").hasSize(1);
  }

  private static List<String> warningsOn(Tensor x) {
    List<String> messages = new ArrayList<>();
    Handler handler = new Handler() {
      @Override
      public void publish(LogRecord entry) { messages.add(entry.getMessage()); }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
    Logger logger = Logger.getLogger("dev.flambeau");
    boolean before = logger.getUseParentHandlers();
    logger.setUseParentHandlers(false);
    logger.addHandler(handler);
    try {
      Tensor _ = x.grad();
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(before);
    }
    return messages;
  }
}
