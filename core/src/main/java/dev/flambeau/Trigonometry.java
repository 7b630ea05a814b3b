package dev.flambeau;

import dev.flambeau.scalar.Scalar;

/** Trigonometric and hyperbolic functions, their inverses, angles. */
final class Trigonometry {
  static final Sin SIN = new Sin();
  static final Cos COS = new Cos();
  static final Tan TAN = new Tan();
  static final Asin ASIN = new Asin();
  static final Acos ACOS = new Acos();
  static final Atan ATAN = new Atan();
  static final Sinh SINH = new Sinh();
  static final Cosh COSH = new Cosh();
  static final Tanh TANH = new Tanh();
  static final Asinh ASINH = new Asinh();
  static final Acosh ACOSH = new Acosh();
  static final Atanh ATANH = new Atanh();
  static final Atan2 ATAN2 = new Atan2();
  static final Sinc SINC = new Sinc();
  static final Rad2Deg RAD2DEG = new Rad2Deg();
  static final Deg2Rad DEG2RAD = new Deg2Rad();

  private Trigonometry() {}

  /** y = sin x;  dx = g · cos x. */
  record Sin() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].sin(); }
  }

  /** y = cos x;  dx = −g · sin x. */
  record Cos() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].cos(); }
  }

  /** y = tan x;  dx = g · (1 + y²). */
  record Tan() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].tan(); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) { return y.square().add(1); }
  }

  /** y = asin x;  dx = g / √(1 − x²). */
  record Asin() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].asin(); }
  }

  /** y = acos x;  dx = −g / √(1 − x²). */
  record Acos() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].acos(); }
  }

  /** y = atan x;  dx = g / (1 + x²). */
  record Atan() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].atan(); }
  }

  /** y = sinh x;  dx = g · cosh x. */
  record Sinh() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].sinh(); }
  }

  /** y = cosh x;  dx = g · sinh x. */
  record Cosh() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].cosh(); }
  }

  /** y = tanh x;  dx = g · (1 − y²). */
  record Tanh() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].tanh(); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) { return Scalar.constant(1).sub(y.square()); }
  }

  /** y = asinh x;  dx = g / √(x² + 1). */
  record Asinh() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].asinh(); }
  }

  /** y = acosh x;  dx = g / √(x² − 1). */
  record Acosh() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].acosh(); }
  }

  /** y = atanh x;  dx = g / (1 − x²). */
  record Atanh() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].atanh(); }
  }

  /** y = angle of the point (b, a);  da = g · b / (a² + b²), db = −g · a / (a² + b²), 0 at the origin. */
  record Atan2() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].atan2(x[1]); }
  }

  /** y = sin(πx) / πx, 1 at 0;  dx = g · (cos(πx) − y) / x, 0 at 0. */
  record Sinc() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].eq(0).select(1, x[0].mul(Math.PI).sin().div(x[0].mul(Math.PI))); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) {
      Scalar p = x[0].mul(Math.PI);
      return x[0].eq(0).select(0, p.cos().mul(p).sub(p.sin()).div(p.mul(x[0])));
    }
  }

  /** y = x · 180 / π;  dx = g · 180 / π. */
  record Rad2Deg() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].mul(180 / Math.PI); }
  }

  /** y = x · π / 180;  dx = g · π / 180. */
  record Deg2Rad() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].mul(Math.PI / 180); }
  }
}
