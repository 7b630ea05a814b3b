package dev.flambeau;

import dev.flambeau.scalar.Scalar;

/** The error function, the gamma function and their kin. */
final class ErrorAndGamma {
  static final Erf ERF = new Erf();
  static final Erfc ERFC = new Erfc();
  static final Erfinv ERFINV = new Erfinv();
  static final Lgamma LGAMMA = new Lgamma();
  static final Digamma DIGAMMA = new Digamma();

  private static final double HALF_ROOT_PI = 0.886226925452758;

  private ErrorAndGamma() {}

  /** y = erf x;  dx = g · 2/√π · exp(−x²). */
  record Erf() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].erf(); }
  }

  /** y = 1 − erf x;  dx = −g · 2/√π · exp(−x²). */
  record Erfc() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].erfc(); }
  }

  /** y = erf⁻¹ x;  dx = g · √π/2 · exp(y²). */
  record Erfinv() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].erfinv(); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) { return y.square().exp().mul(HALF_ROOT_PI); }
  }

  /** y = log |Γ(x)|;  dx = g · ψ(x). */
  record Lgamma() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].lgamma(); }
  }

  /** y = ψ⁽ⁿ⁾(x), the n-th derivative;  dx = g · ψ⁽ⁿ⁺¹⁾(x). */
  record Polygamma(int n) implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].polygamma(n); }
  }

  /** y = ψ(x) = d log Γ(x) / dx. */
  record Digamma() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].digamma(); }
  }
}
