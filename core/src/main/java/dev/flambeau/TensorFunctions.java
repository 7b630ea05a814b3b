package dev.flambeau;

import java.util.Arrays;

/** Functions of real numbers, element by element, and what neurons apply. */
public sealed interface TensorFunctions permits TensorPointwise {
  /** This tensor. */
  Tensor self();

  /** y = eˣ;  dx = g · y. */
  default Tensor exp() { return Op.apply(Exponentials.EXP, self()); }

  /** y = 2ˣ;  dx = g · y · log 2. */
  default Tensor exp2() { return Op.apply(Exponentials.EXP2, self()); }

  /** y = eˣ − 1;  dx = g · (y + 1). */
  default Tensor expm1() { return Op.apply(Exponentials.EXPM1, self()); }

  /** y = log x;  dx = g / x. */
  default Tensor log() { return Op.apply(Exponentials.LOG, self()); }

  /** y = log₂ x;  dx = g / (x · log 2). */
  default Tensor log2() { return Op.apply(Exponentials.LOG2, self()); }

  /** y = log₁₀ x;  dx = g / (x · log 10). */
  default Tensor log10() { return Op.apply(Exponentials.LOG10, self()); }

  /** y = log(1 + x);  dx = g / (1 + x). */
  default Tensor log1p() { return Op.apply(Exponentials.LOG1P, self()); }

  /** y = log(eˣ + exp(other));  the gradient is shared in the ratio of the two. */
  default Tensor logaddexp(Tensor other) { return Op.apply(Exponentials.LOGADDEXP, self(), other); }

  /** y = log₂(2ˣ + 2 to the power of other);  the gradient is shared in the ratio of the two. */
  default Tensor logaddexp2(Tensor other) { return Op.apply(Exponentials.LOGADDEXP2, self(), other); }

  /** y = x · log(other), 0 where x = 0;  dx = g · log(other), dother = g · x / other. */
  default Tensor xlogy(Tensor other) { return Op.apply(Exponentials.XLOGY, self(), other); }

  /** y = x · log(other), 0 where x = 0;  dx = g · log(other). */
  default Tensor xlogy(double other) {
    return Op.apply(Exponentials.XLOGY_NUMBER, self(), Numbers.beside(self(), other));
  }

  /** y = log(x / (1 − x));  dx = g / (x · (1 − x)). */
  default Tensor logit() { return Op.apply(Exponentials.LOGIT, self()); }

  /** y = log(z / (1 − z)), z being x pushed into ε … 1 − ε;  dx = g / (x · (1 − x)) there, 0 outside. */
  default Tensor logit(double eps) { return Op.apply(Exponentials.LOGIT_WITHIN, self(), Numbers.beside(self(), eps)); }

  /** y = sin x;  dx = g · cos x. */
  default Tensor sin() { return Op.apply(Trigonometry.SIN, self()); }

  /** y = cos x;  dx = −g · sin x. */
  default Tensor cos() { return Op.apply(Trigonometry.COS, self()); }

  /** y = tan x;  dx = g · (1 + y²). */
  default Tensor tan() { return Op.apply(Trigonometry.TAN, self()); }

  /** y = asin x;  dx = g / √(1 − x²). */
  default Tensor asin() { return Op.apply(Trigonometry.ASIN, self()); }

  /** y = acos x;  dx = −g / √(1 − x²). */
  default Tensor acos() { return Op.apply(Trigonometry.ACOS, self()); }

  /** y = atan x;  dx = g / (1 + x²). */
  default Tensor atan() { return Op.apply(Trigonometry.ATAN, self()); }

  /** y = sinh x;  dx = g · cosh x. */
  default Tensor sinh() { return Op.apply(Trigonometry.SINH, self()); }

  /** y = cosh x;  dx = g · sinh x. */
  default Tensor cosh() { return Op.apply(Trigonometry.COSH, self()); }

  /** y = tanh x;  dx = g · (1 − y²). */
  default Tensor tanh() { return Op.apply(Trigonometry.TANH, self()); }

  /** y = asinh x;  dx = g / √(x² + 1). */
  default Tensor asinh() { return Op.apply(Trigonometry.ASINH, self()); }

  /** y = acosh x;  dx = g / √(x² − 1). */
  default Tensor acosh() { return Op.apply(Trigonometry.ACOSH, self()); }

  /** y = atanh x;  dx = g / (1 − x²). */
  default Tensor atanh() { return Op.apply(Trigonometry.ATANH, self()); }

  /** Angle of the point (other, x);  dx = g · other / r², dother = −g · x / r², 0 at the origin, r being its distance. */
  default Tensor atan2(Tensor other) { return Op.apply(Trigonometry.ATAN2, self(), other); }

  /** y = sin(πx) / πx, 1 at 0;  dx = g · (cos(πx) − y) / x, 0 at 0. */
  default Tensor sinc() { return Op.apply(Trigonometry.SINC, self()); }

  /** y = x · 180 / π;  dx = g · 180 / π. */
  default Tensor rad2deg() { return Op.apply(Trigonometry.RAD2DEG, self()); }

  /** y = x · π / 180;  dx = g · π / 180. */
  default Tensor deg2rad() { return Op.apply(Trigonometry.DEG2RAD, self()); }

  /** y = erf x;  dx = g · 2/√π · exp(−x²). */
  default Tensor erf() { return Op.apply(ErrorAndGamma.ERF, self()); }

  /** y = 1 − erf x;  dx = −g · 2/√π · exp(−x²). */
  default Tensor erfc() { return Op.apply(ErrorAndGamma.ERFC, self()); }

  /** y = erf⁻¹ x;  dx = g · √π/2 · exp(y²). */
  default Tensor erfinv() { return Op.apply(ErrorAndGamma.ERFINV, self()); }

  /** y = log |Γ(x)|;  dx = g · ψ(x). */
  default Tensor lgamma() { return Op.apply(ErrorAndGamma.LGAMMA, self()); }

  /** y = ψ(x);  dx = g · ψ′(x). */
  default Tensor digamma() { return Op.apply(ErrorAndGamma.DIGAMMA, self()); }

  /** y = ψ⁽ⁿ⁾(x), the n-th derivative of {@link #digamma};  dx = g · ψ⁽ⁿ⁺¹⁾(x). */
  default Tensor polygamma(int n) {
    if (n < 0) throw Errors.argument("polygamma", "the order of the derivative must be at least 0, but is " + n);
    return Op.apply(new ErrorAndGamma.Polygamma(n), self());
  }

  /** y = ⌊x⌋;  dx = 0. */
  default Tensor floor() { return Op.apply(Rounding.FLOOR, self()); }

  /** y = ⌈x⌉;  dx = 0. */
  default Tensor ceil() { return Op.apply(Rounding.CEIL, self()); }

  /** y = the nearest integer, ties to the even one;  dx = 0. */
  default Tensor round() { return Op.apply(Rounding.ROUND, self()); }

  /** y = the integer part of x;  dx = 0. */
  default Tensor trunc() { return Op.apply(Rounding.TRUNC, self()); }

  /** y = x − trunc x;  dx = g. */
  default Tensor frac() { return Op.apply(Rounding.FRAC, self()); }

  /** y = x rounded to so many decimals, negative ones being before the point, ties to even;  dx = 0. */
  default Tensor round(int decimals) {
    Tensor power = Numbers.beside(self(), Math.pow(10, Math.abs(decimals)));
    return Op.apply(decimals >= 0 ? Rounding.ROUND_FINER : Rounding.ROUND_COARSER, self(), power);
  }

  /** y = 1 / (1 + e⁻ˣ);  dx = g · y · (1 − y). */
  default Tensor sigmoid() { return Op.apply(Activations.SIGMOID, self()); }

  /** y = max(x, 0);  dx = g where x > 0. */
  default Tensor relu() { return Op.apply(Activations.RELU, self()); }

  /** y = x pushed into 0 … 6;  dx = g inside, bounds excluded. */
  default Tensor relu6() { return hardtanh(0, 6); }

  /** y = x pushed into −1 … 1;  dx = g inside, bounds excluded. */
  default Tensor hardtanh() { return hardtanh(-1, 1); }

  /** y = x pushed into min … max;  dx = g inside, bounds excluded. */
  default Tensor hardtanh(double min, double max) {
    double least = Numbers.fit("hardtanh", min, !(min > max), "a minimum of at most " + max);
    return Op.apply(Activations.HARDTANH, self(), Numbers.within("hardtanh", self(), least),
        Numbers.within("hardtanh", self(), max));
  }

  /** y = x where x > 0, else 0.01 · x. */
  default Tensor leakyRelu() { return leakyRelu(0.01); }

  /** y = x where x > 0, else s · x;  dx = g or s · g. */
  default Tensor leakyRelu(double negativeSlope) {
    return Op.apply(Activations.LEAKY_RELU, self(), Numbers.beside(self(), negativeSlope));
  }

  /** y = x where x > 0, else w · x, with one weight for all or one for each index of dimension 1;  dx = g or w · g, dw = x · g where x ≤ 0. */
  default Tensor prelu(Tensor weight) {
    int rank = self().dim();
    long channels = rank < 2 ? 1 : self().size(1);
    if (weight.dim() > 1 || weight.numel() != 1 && weight.numel() != channels) {
      throw Errors.argument("prelu",
          "expected one weight, or " + channels + ", one for each index of dimension 1 of " + self().array().shape()
              + ", but got " + weight.array().shape());
    }
    long[] shape = new long[rank];
    Arrays.fill(shape, 1);
    if (rank >= 2) shape[1] = weight.numel();
    return Op.apply(Activations.PRELU, self(), weight.reshape(shape));
  }

  /** y = x where x > 0, else eˣ − 1;  dx = g or g · eˣ. */
  default Tensor elu() { return elu(1); }

  /** y = x where x > 0, else α · (eˣ − 1);  dx = g or g · α · eˣ. */
  default Tensor elu(double alpha) {
    return Op.apply(Activations.ELU, self(), Numbers.beside(self(), alpha), Numbers.beside(self(), 1.0));
  }

  /** As {@link #elu} with the α and the scale that keep mean 0 and variance 1. */
  default Tensor selu() {
    return Op.apply(Activations.ELU, self(), Numbers.beside(self(), Activations.SELU_ALPHA),
        Numbers.beside(self(), Activations.SELU_SCALE));
  }

  /** y = x where x > 0, else eˣ − 1;  dx = g or g · eˣ. */
  default Tensor celu() { return celu(1); }

  /** y = x where x > 0, else α · (exp(x/α) − 1);  dx = g or g · exp(x/α). */
  default Tensor celu(double alpha) {
    return Op.apply(Activations.CELU, self(),
        Numbers.beside(self(), Numbers.fit("celu", alpha, alpha != 0, "an alpha other than 0")));
  }

  /**
   * y = a · σ(b) for the halves a, b of x along {@code dim};  da = g · σ(b), db = g · a · σ(b) · (1 − σ(b)).
   *
   * @throws IllegalArgumentException if the dimension has an odd size
   */
  default Tensor glu(int dim) {
    int d = Dims.wrap("glu", dim, self().dim());
    if (self().dim() == 0 || self().size(d) % 2 != 0)
      throw Errors.argument("glu", "the shape " + self().array().shape() + " has no halves along dimension " + dim);
    return Op.apply(new Activations.Glu(d), self());
  }

  /** y = x · Φ(x), Φ being the normal distribution. */
  default Tensor gelu() { return Op.apply(Activations.GELU, self()); }

  /** {@link #gelu} with a hyperbolic tangent for the normal distribution. */
  default Tensor geluTanh() { return Op.apply(Activations.GELU_TANH, self()); }

  /** y = x · σ(x);  dx = g · σ(x) · (1 + x · (1 − σ(x))). */
  default Tensor silu() { return Op.apply(Activations.SILU, self()); }

  /** y = x · tanh(log(1 + eˣ)). */
  default Tensor mish() { return Op.apply(Activations.MISH, self()); }

  /** y = log(1 + eˣ);  dx = g · σ(x). */
  default Tensor softplus() { return softplus(1, 20); }

  /** y = log(1 + exp(βx)) / β, x itself where βx is above the threshold;  dx = g · σ(βx). */
  default Tensor softplus(double beta, double threshold) {
    return Op.apply(Activations.SOFTPLUS, self(), Numbers.beside(self(), beta), Numbers.beside(self(), threshold));
  }

  /** y = x / (1 + |x|);  dx = g / (1 + |x|)². */
  default Tensor softsign() { return self().div(self().abs().add(1)); }

  /** y = (x + 3) / 6 pushed into 0 … 1;  dx = g / 6 for −3 &lt; x &lt; 3. */
  default Tensor hardsigmoid() { return Op.apply(Activations.HARDSIGMOID, self()); }

  /** y = x · hardsigmoid x;  dx = g · (x/3 + 1/2) for −3 &lt; x &lt; 3, 0 below, g above. */
  default Tensor hardswish() { return Op.apply(Activations.HARDSWISH, self()); }

  /** y = log σ(x);  dx = g · σ(−x). */
  default Tensor logsigmoid() { return Op.apply(Activations.LOG_SIGMOID, self()); }

  /** y = x above the threshold, else the value;  dx = g above. */
  default Tensor threshold(double threshold, double value) {
    return Op.apply(Activations.THRESHOLD, self(), Numbers.within("threshold", self(), threshold),
        Numbers.within("threshold", self(), value));
  }

  /** y = x, but 0 for −0.5 ≤ x ≤ 0.5. */
  default Tensor hardshrink() { return hardshrink(0.5); }

  /** y = x, but 0 for −λ ≤ x ≤ λ;  dx = g elsewhere. */
  default Tensor hardshrink(double lambda) {
    return Op.apply(Activations.HARDSHRINK, self(), Numbers.beside(self(), lambda));
  }

  /** y = x moved by 0.5 towards 0. */
  default Tensor softshrink() { return softshrink(0.5); }

  /** y = x moved by λ towards 0, 0 for −λ ≤ x ≤ λ;  dx = g elsewhere. */
  default Tensor softshrink(double lambda) {
    return Op.apply(Activations.SOFTSHRINK, self(),
        Numbers.beside(self(), Numbers.fit("softshrink", lambda, lambda >= 0, "a lambda of at least 0")));
  }

  /** y = x − tanh x;  dx = g · tanh² x. */
  default Tensor tanhshrink() { return self().sub(tanh()); }
}
