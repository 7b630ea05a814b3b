package dev.flambeau.nn;

/** x · Φ(x), Φ being the normal distribution (<a href="https://arxiv.org/abs/1606.08415">Hendrycks &amp; Gimpel 2016</a>). */
public final class GELU extends Stateless {
  /** Exact. */
  public GELU() { this("none"); }

  /** Exact for "none", with a hyperbolic tangent for "tanh". */
  public GELU(String approximate) { super(x -> Functional.gelu(x, approximate), "approximate", approximate); }
}
