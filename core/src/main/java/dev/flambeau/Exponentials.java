package dev.flambeau;

import dev.flambeau.scalar.Scalar;

/** Exponentials and logarithms. */
final class Exponentials {
  static final Exp EXP = new Exp();
  static final Exp2 EXP2 = new Exp2();
  static final Expm1 EXPM1 = new Expm1();
  static final Log LOG = new Log();
  static final Log2 LOG2 = new Log2();
  static final Log10 LOG10 = new Log10();
  static final Log1P LOG1P = new Log1P();
  static final Logaddexp LOGADDEXP = new Logaddexp();
  static final Logaddexp2 LOGADDEXP2 = new Logaddexp2();
  static final Xlogy XLOGY = new Xlogy(0);
  static final Xlogy XLOGY_NUMBER = new Xlogy(2);
  static final Logit LOGIT = new Logit();
  static final LogitWithin LOGIT_WITHIN = new LogitWithin();

  private static final double LN2 = 0.6931471805599453;

  private Exponentials() {}

  /** y = eˣ;  dx = g · y. */
  record Exp() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].exp(); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) { return y; }
  }

  /** y = 2ˣ;  dx = g · y · log 2. */
  record Exp2() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].exp2(); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) { return y.mul(LN2); }
  }

  /** y = eˣ − 1;  dx = g · (y + 1). */
  record Expm1() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].expm1(); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) { return y.add(1); }
  }

  /** y = log x;  dx = g / x. */
  record Log() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].log(); }
  }

  /** y = log₂ x;  dx = g / (x · log 2). */
  record Log2() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].log2(); }
  }

  /** y = log₁₀ x;  dx = g / (x · log 10). */
  record Log10() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].log10(); }
  }

  /** y = log(1 + x);  dx = g / (1 + x). */
  record Log1P() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].log1p(); }
  }

  /** y = log(eᵃ + eᵇ);  da = g · σ(a − b), db = g · σ(b − a). */
  record Logaddexp() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) {
      Scalar gap = x[0].sub(x[1]).abs();
      return x[0].isInf().and(x[0].eq(x[1])).select(x[0], x[0].max(x[1]).add(gap.neg().exp().log1p()));
    }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) { return x[i].sub(x[1 - i]).sigmoid(); }
  }

  /** y = log₂(2ᵃ + 2ᵇ);  da = g · σ((a − b) · log 2), db = g · σ((b − a) · log 2). */
  record Logaddexp2() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) {
      Scalar gap = x[0].sub(x[1]).abs();
      return x[0].isInf().and(x[0].eq(x[1])).select(x[0], x[0].max(x[1]).add(gap.neg().exp2().log1p().mul(1 / LN2)));
    }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) { return x[i].sub(x[1 - i]).mul(LN2).sigmoid(); }
  }

  /** y = a · log b, 0 where a = 0;  da = g · log b, db = g · a / b. */
  record Xlogy(int overload) implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) {
      return x[1].isNan().select(x[1], x[0].eq(0).select(0, x[0].mul(x[1].log())));
    }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) {
      return i == 0 ? x[0].eq(0).and(x[1].le(0)).select(0, x[1].log()) : x[0].div(x[1]);
    }
  }

  /** y = log(x / (1 − x));  dx = g / (x · (1 − x)), NaN outside of 0 … 1. */
  record Logit() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].div(Scalar.constant(1).sub(x[0])).log(); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) {
      return x[0].lt(0).or(x[0].gt(1)).select(Double.NaN, x[0].mul(Scalar.constant(1).sub(x[0])).reciprocal());
    }
  }

  /** y = logit of x pushed into ε … 1 − ε;  dx = g / (x · (1 − x)) there, 0 outside. */
  record LogitWithin() implements RealPointwise {
    @Override
    public String name() { return "Logit"; }

    @Override
    public Scalar of(Scalar... x) {
      Scalar z = x[0].max(x[1]).min(Scalar.constant(1).sub(x[1]));
      return z.div(Scalar.constant(1).sub(z)).log();
    }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) {
      return x[0].lt(x[1]).or(x[0].gt(Scalar.constant(1).sub(x[1]))).select(0,
          x[0].mul(Scalar.constant(1).sub(x[0])).reciprocal());
    }
  }
}
