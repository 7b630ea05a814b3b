package dev.flambeau;

import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.kernel.Formula;
import dev.flambeau.kernel.Loops;
import dev.flambeau.scalar.Scalar;
import java.util.List;

/** What neurons apply. */
final class Activations {
  static final Sigmoid SIGMOID = new Sigmoid();
  static final Relu RELU = new Relu();
  static final Hardtanh HARDTANH = new Hardtanh();
  static final LeakyRelu LEAKY_RELU = new LeakyRelu();
  static final LeakyReluInPlace LEAKY_RELU_IN_PLACE = new LeakyReluInPlace();
  static final PreluKernel PRELU = new PreluKernel();
  static final Elu ELU = new Elu();
  static final EluInPlace ELU_IN_PLACE = new EluInPlace();
  static final Celu CELU = new Celu(0);
  static final Celu CELU_IN_PLACE = new Celu(1);
  static final Gelu GELU = new Gelu();
  static final GeluTanh GELU_TANH = new GeluTanh();
  static final Silu SILU = new Silu();
  static final Mish MISH = new Mish();
  static final Softplus SOFTPLUS = new Softplus();
  static final Hardsigmoid HARDSIGMOID = new Hardsigmoid();
  static final Hardswish HARDSWISH = new Hardswish();
  static final LogSigmoid LOG_SIGMOID = new LogSigmoid();
  static final Threshold THRESHOLD = new Threshold(0);
  static final Threshold THRESHOLD_IN_PLACE = new Threshold(1);
  static final Hardshrink HARDSHRINK = new Hardshrink();
  static final Softshrink SOFTSHRINK = new Softshrink();

  static final double SELU_ALPHA = 1.6732632423543772;
  static final double SELU_SCALE = 1.0507009873554805;

  private static final double ROOT_HALF = 0.7071067811865476;
  private static final double ROOT_TWO_OVER_PI = 0.7978845608028654;

  private static final Formula GATE = Formula.of(Scalar.arg(0).mul(Scalar.arg(1).sigmoid()), 2);

  private Activations() {}

  /** y = σ(x) = 1 / (1 + e⁻ˣ);  dx = g · y · (1 − y). */
  record Sigmoid() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].sigmoid(); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) { return y.mul(Scalar.constant(1).sub(y)); }
  }

  /** y = max(x, 0);  dx = g where y > 0. */
  record Relu() implements Pointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].le(0).select(0, x[0]); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) { return y.le(0).select(0, 1); }
  }

  /** y = x pushed into l … u, for numbers l, u;  dx = g inside, bounds excluded. */
  record Hardtanh() implements Pointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].max(x[1]).min(x[2]); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) { return x[0].le(x[1]).or(x[0].ge(x[2])).select(0, 1); }
  }

  /** y = x where x > 0, else s · x for a number s;  dx = g or s · g. */
  record LeakyRelu() implements Pointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].gt(0).select(x[0], x[0].mul(x[1])); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) { return x[0].gt(0).select(Scalar.constant(1), x[1]); }
  }

  /** As {@link LeakyRelu} for s ≥ 0, with the derivative told from y, as x is overwritten. */
  record LeakyReluInPlace() implements Pointwise {
    @Override
    public String name() { return "LeakyRelu"; }

    @Override
    public int overload() { return 1; }

    @Override
    public Scalar of(Scalar... x) { return x[0].gt(0).select(x[0], x[0].mul(x[1])); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) { return y.gt(0).select(Scalar.constant(1), x[1]); }
  }

  /** y = x where x > 0, else w · x;  dx = g or w · g, dw = x · g where x ≤ 0. */
  record PreluKernel() implements Pointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].gt(0).select(x[0], x[0].mul(x[1])); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) {
      return i == 0 ? x[0].gt(0).select(Scalar.constant(1), x[1]) : x[0].gt(0).select(Scalar.constant(0), x[0]);
    }
  }

  /** y = s · x where x > 0, else s · α · (eˣ − 1), for numbers α, s;  dx = g · s or g · s · α · eˣ. */
  record Elu() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].gt(0).select(x[0].mul(x[2]), x[0].expm1().mul(x[1].mul(x[2]))); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) {
      return x[0].le(0).select(x[0].exp().mul(x[1].mul(x[2])), x[2]);
    }
  }

  /** As {@link Elu} for α ≥ 0, with the derivative told from y, as x is overwritten. */
  record EluInPlace() implements RealPointwise {
    @Override
    public String name() { return "Elu"; }

    @Override
    public int overload() { return 1; }

    @Override
    public Scalar of(Scalar... x) { return ELU.of(x); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) { return y.gt(0).select(x[2], y.add(x[1].mul(x[2]))); }
  }

  /** y = x where x > 0, else α · (exp(x/α) − 1) for a number α;  dx = g or g · exp(x/α). */
  record Celu(int overload) implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].gt(0).select(x[0], x[0].div(x[1]).expm1().mul(x[1])); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) { return x[0].gt(0).select(1, x[0].div(x[1]).exp()); }
  }

  /** y = x · Φ(x), Φ the normal distribution;  dx = g · (Φ(x) + x · Φ′(x)). */
  record Gelu() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].mul(x[0].mul(ROOT_HALF).erf().add(1).mul(0.5)); }
  }

  /** y = x/2 · (1 + tanh(√(2/π) · (x + 0.044715 x³))), close to {@link Gelu}. */
  record GeluTanh() implements RealPointwise {
    @Override
    public String name() { return "Gelu"; }

    @Override
    public Scalar of(Scalar... x) {
      Scalar inner = x[0].add(x[0].pow(3).mul(0.044715)).mul(ROOT_TWO_OVER_PI);
      return x[0].mul(0.5).mul(inner.tanh().add(1));
    }
  }

  /** y = x · σ(x);  dx = g · σ(x) · (1 + x · (1 − σ(x))). */
  record Silu() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].mul(x[0].sigmoid()); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) {
      return x[0].sigmoid().mul(x[0].mul(Scalar.constant(1).sub(x[0].sigmoid())).add(1));
    }
  }

  /** y = x · tanh(log(1 + eˣ));  dx = g · (t + x · σ(x) · (1 − t²)), t the hyperbolic tangent. */
  record Mish() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].mul(softplus(x[0]).tanh()); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) {
      Scalar t = softplus(x[0]).tanh();
      return t.add(x[0].mul(x[0].sigmoid()).mul(Scalar.constant(1).sub(t.square())));
    }
  }

  /** y = log(1 + exp(βx)) / β, x itself where βx > t, for numbers β, t;  dx = g · σ(βx) or g. */
  record Softplus() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) {
      Scalar scaled = x[0].mul(x[1]);
      return scaled.gt(x[2]).select(x[0], scaled.exp().log1p().div(x[1]));
    }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) {
      return x[0].mul(x[1]).gt(x[2]).select(1, x[0].mul(x[1]).sigmoid());
    }
  }

  /** y = (x + 3) / 6 pushed into 0 … 1;  dx = g / 6 for −3 < x < 3. */
  record Hardsigmoid() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].add(3).max(0).min(6).div(6); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) { return x[0].gt(-3).and(x[0].lt(3)).select(1.0 / 6, 0); }
  }

  /** y = x · (x + 3) / 6 for −3 < x < 3, 0 below, x above;  dx = g · (x/3 + 1/2), 0 or g. */
  record Hardswish() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].mul(x[0].add(3).max(0).min(6)).div(6); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) {
      return x[0].le(-3).select(0, x[0].lt(3).select(x[0].div(3).add(0.5), 1));
    }
  }

  /** y = log σ(x);  dx = g · σ(−x). */
  record LogSigmoid() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].min(0).sub(x[0].abs().neg().exp().log1p()); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) { return x[0].neg().sigmoid(); }
  }

  /** y = x where x > t, else v, for numbers t, v;  dx = g where x > t. */
  record Threshold(int overload) implements Pointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].le(x[1]).select(x[2], x[0]); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) { return x[0].le(x[1]).select(0, 1); }
  }

  /** y = x, but 0 for −λ ≤ x ≤ λ, λ a number;  dx = g where y = x. */
  record Hardshrink() implements Pointwise {
    @Override
    public Scalar of(Scalar... x) { return within(x).select(0, x[0]); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) { return within(x).select(0, 1); }
  }

  /** y = x moved by λ towards 0, and 0 for −λ ≤ x ≤ λ, λ a number;  dx = g where |x| > λ. */
  record Softshrink() implements Pointwise {
    @Override
    public Scalar of(Scalar... x) { return within(x).select(0, x[0].gt(x[1]).select(x[0].sub(x[1]), x[0].add(x[1]))); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) { return within(x).select(0, 1); }
  }

  /** y = a · σ(b) for the halves a, b of x along a dimension;  da = g · σ(b), db = g · a · σ(b) · (1 − σ(b)). */
  record Glu(int dim) implements Fused {
    @Override
    public NdArray forward(NdArray... x) {
      int[] sizes = x[0].shape().sizes();
      sizes[dim] /= 2;
      NdArray a = x[0].view(Shape.of(sizes), x[0].strides(), x[0].offset());
      NdArray b = x[0].view(a.shape(), x[0].strides(), x[0].offset() + sizes[dim] * x[0].stride(dim));
      NdArray y = NdArray.unwritten(x[0].type(), a.shape());
      Loops.map(GATE, x[0].type(), y, a, b);
      return y;
    }

    @Override
    public Saves saves(int i) { return Saves.input(0); }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) {
      Tensor[] half = s.input(0).chunk(2, dim);
      Tensor gate = half[1].sigmoid();
      Tensor open = g.mul(gate);
      return Torch.cat(List.of(open, open.mul(half[0]).mul(gate.rsub(1))), dim);
    }

    @Override
    public Tensor reference(Tensor... x) {
      Tensor[] half = x[0].chunk(2, dim);
      return half[0].mul(half[1].sigmoid());
    }
  }

  private static Scalar within(Scalar... x) { return x[0].ge(x[1].neg()).and(x[0].le(x[1])); }

  private static Scalar softplus(Scalar x) { return x.gt(20).select(x, x.exp().log1p()); }
}
