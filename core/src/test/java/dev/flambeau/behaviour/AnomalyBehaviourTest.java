package dev.flambeau.behaviour;

import static dev.flambeau.Torch.noGrad;
import static dev.flambeau.Torch.ones;
import static dev.flambeau.Torch.tensor;
import static dev.flambeau.Torch.zeros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flambeau.Autograd;
import dev.flambeau.Context;
import dev.flambeau.DType;
import dev.flambeau.Function;
import dev.flambeau.Tensor;
import org.jspecify.annotations.Nullable;

/** Anomaly mode, printing, and the rest: behaviours 108 to 113, and 115. */
final class AnomalyBehaviourTest {
  /** Gives NaN in backward. */
  private static final class MyFunc extends Function {
    @Override
    protected Tensor forward(Context ctx, Tensor... x) { return x[0].mul(1); }

    @Override
    protected @Nullable Tensor[] backward(Context ctx, Tensor... g) {
      return new @Nullable Tensor[] {g[0].mul(Double.NaN)};
    }
  }

  private static double[] values(@Nullable Tensor x) {
    if (x == null) throw new AssertionError("there is no gradient");
    return x.toDoubleArray();
  }

  @Behaviour(108)
  void nanIsToldWithItsNodeItsOutputAndTheLineThatMadeIt() {
    Tensor x = ones(2).requiresGrad_();
    try (var _ = Autograd.detectAnomaly()) {
      Tensor y = new MyFunc().apply(x).sum();
      assertThatThrownBy(y::backward).isInstanceOf(IllegalStateException.class).hasMessageContaining("MyFuncBackward")
          .hasMessageContaining("output 0")
          .hasMessageContaining("AnomalyBehaviourTest.java");
      Tensor z = x.sub(1).sqrt().mul(0).sum();
      assertThatThrownBy(z::backward).isInstanceOf(IllegalStateException.class).hasMessageContaining("SqrtBackward0")
          .hasMessageContaining("AnomalyBehaviourTest.java");
    }
    try (var _ = Autograd.detectAnomaly(false)) {
      assertThatCode(() -> new MyFunc().apply(x).sum().backward()).doesNotThrowAnyException();
    }
    assertThatCode(() -> new MyFunc().apply(x).sum().backward()).doesNotThrowAnyException();
  }

  @Behaviour(109)
  void tensorsPrintTheirHistory() {
    Tensor a = ones(2, 2);
    assertThat(a).hasToString("tensor([[1., 1.],\n        [1., 1.]])");
    a.requiresGrad_();
    assertThat(a).hasToString("tensor([[1., 1.],\n        [1., 1.]], requires_grad=True)");
    assertThat(a.mul(2)).hasToString("tensor([[2., 2.],\n        [2., 2.]], grad_fn=<MulBackward0>)");
    Tensor b = a.mul(1);
    Tensor view;
    try (var _ = noGrad()) {
      view = b.get(0);
    }
    b.add_(1);
    assertThat(view).hasToString("tensor([2., 2.], grad_fn=<Invalid>)");
  }

  @Behaviour(110)
  void castsAreDifferentiable() {
    Tensor x = ones(2).requiresGrad_();
    x.to(DType.FLOAT64).mul(3).to(DType.FLOAT32).sum().backward();
    assertThat(values(x.grad())).containsExactly(3, 3);
    assertThat(x.grad()).satisfies(g -> assertThat(g.dtype()).isEqualTo(DType.FLOAT32));
    assertThat(x.to(DType.INT64).requiresGrad()).isFalse();
    assertThat(x.to(DType.FLOAT32)).isSameAs(x);
  }

  @Behaviour(111)
  void integerResultsNeverRequireGrad() {
    Tensor x = tensor(3., 1., 2.).requiresGrad_();
    assertThat(x.argmax().requiresGrad()).isFalse();
    assertThat(x.argsort(0, false).requiresGrad()).isFalse();
    assertThat(x.gt(1).requiresGrad()).isFalse();
    assertThat(x.sort(0, false).values().requiresGrad()).isTrue();
    assertThat(x.sort(0, false).indices().requiresGrad()).isFalse();
    assertThat(x.max(0).indices().requiresGrad()).isFalse();
    assertThat(x.countNonzero().requiresGrad()).isFalse();
  }

  @Behaviour(112)
  void gradientsFollowTheConventionsWhereThereIsNoDerivative() {
    Tensor x = tensor(1., 1., 0.).requiresGrad_();
    x.max().backward();
    assertThat(values(x.grad())).containsExactly(0.5, 0.5, 0);
    Tensor r = zeros(1).requiresGrad_();
    r.relu().add(r.abs()).add(r.sign()).sum().backward();
    assertThat(values(r.grad())).containsExactly(0);
    Tensor w = zeros(1).requiresGrad_();
    dev.flambeau.Torch.where(w.gt(0), w.log(), w).sum().backward();
    assertThat(values(w.grad())[0]).isNaN();
    Tensor p = zeros(1).requiresGrad_();
    p.pow(0).sum().backward();
    assertThat(p.grad() == null || values(p.grad())[0] == 0).isTrue();
  }

  @Behaviour(113)
  void aMissingDerivativeIsAnErrorInBackwardOnly() {
    Tensor x = tensor(2.5, 1., 2.5).requiresGrad_();
    Tensor y = x.unique();
    assertThat(y.toDoubleArray()).containsExactly(1, 2.5);
    assertThat(y.requiresGrad()).isTrue();
    assertThatThrownBy(() -> y.sum().backward()).isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("unique");
    x.mul(2).sum().backward();
    assertThat(values(x.grad())).containsExactly(2, 2, 2);
  }

  @Behaviour(115)
  void gradcheckFindsWhatIsWrong() {
    Tensor x = tensor(0.3, -0.7).to(DType.FLOAT64).detach().requiresGrad_();
    assertThat(Autograd.gradcheck(in -> in[0].sin(), x)).isTrue();
    assertThat(Autograd.gradgradcheck(in -> in[0].sin(), x)).isTrue();
    Function wrong = new Function() {
      @Override
      protected Tensor forward(Context ctx, Tensor... in) { return in[0].sin(); }

      @Override
      protected @Nullable Tensor[] backward(Context ctx, Tensor... gradients) {
        return new @Nullable Tensor[] {gradients[0].mul(2)};
      }
    };
    assertThatThrownBy(() -> Autograd.gradcheck(in -> wrong.apply(in), x))
        .isInstanceOf(dev.flambeau.GradcheckException.class)
        .hasMessageContaining("input 0").hasMessageContaining("numerical").hasMessageContaining("analytical");
    assertThat(dev.flambeau.Gradcheck.DEFAULT.quiet().check(in -> wrong.apply(in), x)).isFalse();
    assertThatThrownBy(() -> Autograd.gradcheck(in -> in[0].sin(), x.detach()))
        .isInstanceOf(IllegalArgumentException.class);
    Tensor repeated = tensor(1.).to(DType.FLOAT64).expand(3).requiresGrad_();
    assertThatThrownBy(() -> Autograd.gradcheck(in -> in[0].sin(), repeated))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("stride 0");
  }
}
