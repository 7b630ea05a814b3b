package dev.flambeau;

import dev.flambeau.scalar.Scalar;

/** Powers and roots. */
final class Powers {
  static final Pow POW = new Pow();
  static final PowReal POW_REAL = new PowReal();
  static final PowBase POW_BASE = new PowBase();
  static final Sqrt SQRT = new Sqrt();
  static final Rsqrt RSQRT = new Rsqrt();
  static final Hypot HYPOT = new Hypot();

  private Powers() {}

  /** y = aᵇ;  da = g · b · aᵇ⁻¹, db = g · y · log(a). */
  record Pow() implements Pointwise {
    @Override
    public int overload() { return 1; }

    @Override
    public Typing typing() { return Typing.NUMERIC; }

    @Override
    public Scalar of(Scalar... x) { return x[0].pow(x[1]); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) {
      return i == 0 ? x[1].eq(0).select(0, x[1].mul(x[0].pow(x[1].sub(1)))) : exponentSlope(y, x[0], x[1]);
    }
  }

  /** y = xᵉ for one of the common exponents;  dx = g · e · xᵉ⁻¹. */
  record PowNumber(double exponent) implements RealPointwise {
    @Override
    public String name() { return "Pow"; }

    @Override
    public Scalar of(Scalar... x) { return x[0].pow(exponent); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) {
      return exponent == 0 ? Scalar.constant(0) : x[0].pow(exponent - 1).mul(exponent);
    }
  }

  /** y = xᵉ for a number e;  dx = g · e · xᵉ⁻¹. */
  record PowReal() implements RealPointwise {
    @Override
    public String name() { return "Pow"; }

    @Override
    public Scalar of(Scalar... x) { return x[0].pow(x[1]); }
  }

  /** y = bˣ for a number b;  dx = g · y · log(b). */
  record PowBase() implements Pointwise {
    @Override
    public String name() { return "Pow"; }

    @Override
    public int overload() { return 2; }

    @Override
    public Typing typing() { return Typing.NUMERIC; }

    @Override
    public Scalar of(Scalar... x) { return x[1].pow(x[0]); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) { return exponentSlope(y, x[1], x[0]); }
  }

  /** y = √x;  dx = g / 2y. */
  record Sqrt() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].sqrt(); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) { return Scalar.constant(0.5).div(y); }
  }

  /** y = 1 / √x;  dx = −g · y³ / 2. */
  record Rsqrt() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].rsqrt(); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) { return y.pow(3).mul(-0.5); }
  }

  /** y = √(a² + b²) without overflow;  da = g · a / y, db = g · b / y. */
  record Hypot() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) {
      Scalar a = x[0].abs();
      Scalar b = x[1].abs();
      Scalar large = a.max(b);
      Scalar ratio = a.min(b).div(large);
      return a.isInf().or(b.isInf()).select(Double.POSITIVE_INFINITY,
          large.eq(0).select(0, large.mul(ratio.square().add(1).sqrt())));
    }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) { return x[i].div(y); }
  }

  /** The common exponents, whose powers are products, quotients and roots. */
  static boolean isCommon(double exponent) {
    return Math.abs(exponent) <= 2 && exponent == Math.rint(exponent) || exponent == 3 || Math.abs(exponent) == 0.5;
  }

  /** An exponent of integers, which must not be negative. */
  static long ofIntegers(long exponent) {
    if (exponent < 0) throw Errors.argument("pow", "an integer to the power of " + exponent
        + " is no integer; convert the tensor with to(DType.FLOAT32), or use pow(" + exponent + ".0)");
    return exponent;
  }

  /** ∂y/∂b for y = aᵇ: 0, not NaN, where a = 0 and b is not negative. */
  private static Scalar exponentSlope(Scalar y, Scalar a, Scalar b) {
    return a.eq(0).and(b.ge(0)).select(0, y.mul(a.log()));
  }
}
