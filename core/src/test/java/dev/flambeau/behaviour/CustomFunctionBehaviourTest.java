package dev.flambeau.behaviour;

import static dev.flambeau.GraphOption.CREATE_GRAPH;
import static dev.flambeau.Torch.noGrad;
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
import org.jspecify.annotations.Nullable;

/** A user's own operations: behaviours 79 to 91. */
final class CustomFunctionBehaviourTest {
  private static double[] values(@Nullable Tensor x) {
    if (x == null) throw new AssertionError("there is no gradient");
    return x.toDoubleArray();
  }

  private static String nodeName(Tensor x) {
    return x.gradFn() == null ? "none" : x.gradFn().name();
  }

  /** y = a · b + c · a · b. */
  private static class MulAdd extends Function {
    final double c;

    MulAdd(double c) {
      this.c = c;
    }

    @Override
    protected Tensor forward(Context ctx, Tensor... x) {
      ctx.saveForBackward(x[0], x[1]);
      return x[0].mul(x[1]).mul(1 + c);
    }

    @Override
    protected @Nullable Tensor[] backward(Context ctx, Tensor... g) {
      return new @Nullable Tensor[] {g[0].mul(ctx.saved(1)).mul(1 + c), g[0].mul(ctx.saved(0)).mul(1 + c)};
    }
  }

  /** Gives its only input back, squared; may be differentiated once. */
  private static final class SquareOnce extends Function {
    @Override
    protected Tensor forward(Context ctx, Tensor... x) {
      ctx.saveForBackward(x[0]);
      return x[0].mul(x[0]);
    }

    @Override
    protected @Nullable Tensor[] backward(Context ctx, Tensor... g) {
      return new @Nullable Tensor[] {g[0].mul(ctx.saved(0)).mul(2)};
    }

    @Override
    protected boolean onceDifferentiable() { return true; }
  }

  /** What a test writes in one line. */
  private static final class Made extends Function {
    interface Forward {
      Tensor[] apply(Context ctx, Tensor... x);
    }

    interface Backward {
      @Nullable Tensor[] apply(Context ctx, Tensor... g);
    }

    private final Forward forward;
    private final Backward backward;

    Made(Forward forward, Backward backward) {
      this.forward = forward;
      this.backward = backward;
    }

    @Override
    protected Tensor[] forwardAll(Context ctx, Tensor... x) { return forward.apply(ctx, x); }

    @Override
    protected @Nullable Tensor[] backward(Context ctx, Tensor... g) { return backward.apply(ctx, g); }
  }

  private static Tensor[] all(Tensor... tensors) { return tensors; }

  private static @Nullable Tensor[] gradients(@Nullable Tensor... tensors) { return tensors; }

  @Behaviour(79)
  void gradientsOfGradientsPassThroughBackward() {
    Tensor x = tensor(2.).requiresGrad_();
    Tensor y = tensor(3.).requiresGrad_();
    Tensor z = new MulAdd(1).apply(x, y);
    assertThat(nodeName(z)).isEqualTo("MulAddBackward");
    List<Tensor> g = Autograd.grad(List.of(z), List.of(x, y), List.of(), CREATE_GRAPH);
    assertThat(values(g.get(0))).containsExactly(6);
    g.get(0).mul(g.get(1)).backward();
    assertThat(values(x.grad())).containsExactly(12);
    assertThat(values(y.grad())).containsExactly(8);

    Tensor w = tensor(3.).requiresGrad_();
    Tensor once =
        Autograd.grad(List.of(new SquareOnce().apply(w)), List.of(w), List.of(tensor(1.).requiresGrad_()), CREATE_GRAPH)
            .getFirst();
    assertThat(values(once)).containsExactly(6);
    assertThatThrownBy(once::backward).isInstanceOf(UnsupportedOperationException.class).hasMessageContaining("once");
  }

  @Behaviour(80)
  void missingGradientsAreZerosOrNull() {
    Tensor x = tensor(2.).requiresGrad_();
    List<String> seen = new ArrayList<>();
    Made.Backward look = (_, g) -> {
      seen.add(g[1] == null ? "null" : String.valueOf(g[1].item()));
      return gradients(g[0]);
    };
    new Made((_, in) -> all(in[0].mul(2), in[0].mul(3)), look).applyAll(x)[0].backward();
    new Made((ctx, in) -> {
      ctx.setMaterializeGrads(false);
      return all(in[0].mul(2), in[0].mul(3));
    }, look).applyAll(x)[0].backward();
    assertThat(seen).containsExactly("0.0", "null");

    Tensor same = new Made((_, in) -> in, (_, g) -> gradients(g[0].mul(10))).applyAll(x)[0];
    assertThat(same).isNotSameAs(x);
    assertThat(nodeName(same)).isEqualTo("MadeBackward");
    Tensor before = x.grad();
    x.grad(null);
    same.backward();
    assertThat(values(x.grad())).containsExactly(10);
    assertThat(before).isNotNull();
  }

  @Behaviour(81)
  void wrongGradientsAreRefused() {
    Tensor x = ones(2).requiresGrad_();
    Tensor few = new Made((_, in) -> all(in[0].add(in[1])), (_, g) -> gradients(g[0])).applyAll(x, x)[0];
    assertThatThrownBy(() -> few.sum().backward()).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2").hasMessageContaining("1");
    Tensor many = new Made((_, in) -> all(in[0].mul(1)), (_, g) -> gradients(g[0], g[0])).applyAll(x)[0];
    assertThatThrownBy(() -> many.sum().backward()).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("MadeBackward");
    new Made((_, in) -> all(in[0].mul(1)), (_, g) -> gradients(g[0], null)).applyAll(x)[0].sum().backward();
    Tensor unfit = new Made((_, in) -> all(in[0].mul(1)), (_, _) -> gradients(ones(3))).applyAll(x)[0];
    assertThatThrownBy(() -> unfit.sum().backward()).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[3]").hasMessageContaining("[2]");
    assertThat(values(x.grad())).containsExactly(1, 1);
  }

  @Behaviour(83)
  void outputsCanBeMarkedAsNotDifferentiable() {
    Tensor x = tensor(1., -2.).requiresGrad_();
    Tensor[] out = new Made((ctx, in) -> {
      Tensor sign = in[0].sign();
      ctx.markNonDifferentiable(sign);
      return all(in[0].abs(), sign);
    }, (_, g) -> {
      assertThat(values(g[1])).containsExactly(0, 0);
      return gradients(g[0]);
    }).applyAll(x);
    assertThat(out[0].requiresGrad()).isTrue();
    assertThat(out[1].requiresGrad()).isFalse();
    out[0].mul(out[1]).sum().backward();
    assertThat(values(x.grad())).containsExactly(1, -1);
  }

  @Behaviour(84)
  void inputsChangedInPlaceAreMarkedAndReturned() {
    Made twice = new Made((ctx, in) -> {
      in[0].mul_(2);
      ctx.markDirty(in[0]);
      return all(in[0]);
    }, (_, g) -> gradients(g[0].mul(2)));
    Tensor x = tensor(1., 2.).requiresGrad_();
    Tensor y = x.mul(1);
    assertThat(twice.apply(y)).isSameAs(y);
    assertThat(nodeName(y)).isEqualTo("MadeBackward");
    y.sum().backward();
    assertThat(values(x.grad())).containsExactly(2, 2);
    assertThatThrownBy(() -> twice.apply(ones(1).requiresGrad_())).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("leaf");

    Made forgets = new Made((ctx, in) -> {
      ctx.markDirty(in[0]);
      return all(in[0].mul(2));
    }, (_, g) -> gradients(g[0]));
    assertThatThrownBy(() -> forgets.apply(x.mul(1))).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("return");

    Tensor[] duplicate = new Made((_, in) -> {
      Tensor z = in[0].mul(3);
      return all(z, z);
    }, (_, g) -> gradients(g[0].add(g[1]).mul(3))).applyAll(x);
    assertThat(duplicate[0]).isSameAs(duplicate[1]);
    assertThat(duplicate[0].outputNr()).isEqualTo(1);
  }

  @Behaviour(85)
  void viewsReturnedByAFunctionCannotBeChangedInPlace() {
    Tensor x = ones(2, 2).requiresGrad_();
    Tensor row =
        new Made((_, in) -> all(in[0].get(0)), (_, g) -> gradients(ones(2, 2).mul(g[0].sum()))).apply(x.mul(1));
    assertThatThrownBy(() -> row.add_(1)).isInstanceOf(IllegalStateException.class).hasMessageContaining("clone");
    Made twice = new Made((ctx, in) -> {
      in[0].mul_(2);
      ctx.markDirty(in[0]);
      return all(in[0]);
    }, (_, g) -> gradients(g[0].mul(2)));
    Tensor base = x.mul(1);
    Tensor view = base.get(0);
    assertThat(twice.apply(view)).isSameAs(view);
    base.sum().backward();
    assertThat(values(x.grad())).containsExactly(2, 2, 1, 1);
    assertThatThrownBy(() -> twice.apply(x.get(0))).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("view of a leaf");
  }

  @Behaviour(86)
  void whatIsNotOverriddenIsToldWhenItIsNeeded() {
    Tensor x = ones(1).requiresGrad_();
    Function none = new Function() {};
    assertThatThrownBy(() -> none.apply(x)).isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("forward");
    Function forwardOnly = new Function() {
      @Override
      protected Tensor forward(Context ctx, Tensor... in) { return in[0].mul(2); }
    };
    Tensor y = forwardOnly.apply(x);
    assertThatThrownBy(y::backward).isInstanceOf(UnsupportedOperationException.class).hasMessageContaining("backward");
  }

  @Behaviour(87)
  void nothingIsRecordedWithoutGradients() {
    Tensor x = ones(1).requiresGrad_();
    try (var _ = noGrad()) {
      assertThat(new MulAdd(0).apply(x, x).requiresGrad()).isFalse();
    }
    assertThat(new MulAdd(0).apply(ones(1), ones(1)).requiresGrad()).isFalse();
    boolean[] inside = {true, false};
    Tensor y = new Made((ctx, in) -> {
      inside[0] = dev.flambeau.Torch.isGradEnabled();
      inside[1] = ctx.needsInputGrad(0) && !ctx.needsInputGrad(1) && in[0].requiresGrad();
      return all(in[0].add(in[1]));
    }, (_, g) -> gradients(g[0], null)).apply(x, ones(1));
    assertThat(inside).containsExactly(false, true);
    assertThat(y.requiresGrad()).isTrue();
  }

  @Behaviour(88)
  void savedOutputsBelongToTheNodeThatMadeThem() {
    Tensor x = tensor(2.).requiresGrad_();
    Tensor y = new Made((ctx, in) -> {
      Tensor e = in[0].exp();
      ctx.saveForBackward(e);
      return all(e);
    }, (ctx, g) -> gradients(g[0].mul(ctx.saved(0)))).apply(x);
    assertThat(Autograd.gradcheck(in -> new Made((ctx, v) -> {
      Tensor e = v[0].exp();
      ctx.saveForBackward(e);
      return all(e);
    }, (ctx, g) -> gradients(g[0].mul(ctx.saved(0)))).apply(in),
        tensor(0.5).to(dev.flambeau.DType.FLOAT64).requiresGrad_())).isTrue();
    Tensor g = Autograd.grad(List.of(y), List.of(x), List.of(), CREATE_GRAPH).getFirst();
    Tensor gg = Autograd.grad(List.of(g), List.of(x), List.of(), CREATE_GRAPH).getFirst();
    assertThat(gg.item()).isCloseTo(Math.exp(2), org.assertj.core.data.Offset.offset(1e-5));
  }

  @Behaviour(89)
  void savedTensorsAreFreedAfterBackward() {
    Context[] kept = new Context[1];
    Tensor x = ones(1).requiresGrad_();
    Tensor y = new Made((ctx, in) -> {
      kept[0] = ctx;
      ctx.saveForBackward(in[0]);
      return all(in[0].mul(2));
    }, (ctx, g) -> gradients(g[0].mul(ctx.saved(0)))).apply(x);
    y.backward();
    assertThatThrownBy(() -> kept[0].savedTensors()).isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Trying to backward through the graph a second time");
    assertThatThrownBy(y::backward).isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Trying to backward through the graph a second time");
  }

  @Behaviour(90)
  void savedTensorsCanBeFreedWhenTheyAreRead() {
    Tensor x = ones(1).requiresGrad_();
    Tensor y = new Made((ctx, in) -> {
      ctx.saveForBackward(in[0]);
      ctx.setClearSavedTensorsOnAccess(true);
      return all(in[0].mul(2));
    }, (ctx, g) -> {
      assertThat(ctx.savedTensors()).containsExactly(x);
      assertThatThrownBy(ctx::savedTensors).isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("first read");
      return gradients(g[0].mul(2));
    }).apply(x);
    y.backward();
    assertThat(values(x.grad())).containsExactly(2);
  }

  @Behaviour(91)
  void aUsersExceptionKeepsItsTypeAndTrace() {
    Tensor x = ones(1).requiresGrad_();
    Tensor y = new Made((_, in) -> all(in[0].mul(2)), (_, _) -> {
      throw new ArithmeticException("mine");
    }).apply(x);
    assertThatThrownBy(y::backward).isInstanceOf(ArithmeticException.class).hasMessage("mine")
        .satisfies(e -> assertThat(e.getStackTrace()[0].getClassName()).contains("CustomFunctionBehaviourTest"));
    x.mul(2).backward();
    assertThat(values(x.grad())).containsExactly(2);
  }
}
