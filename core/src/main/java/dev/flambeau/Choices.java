package dev.flambeau;

import dev.flambeau.scalar.Scalar;

/** One of several numbers, or a number pushed into a range. */
final class Choices {
  static final Where WHERE = new Where();
  static final Maximum MAXIMUM = new Maximum();
  static final Minimum MINIMUM = new Minimum();
  static final Fmax FMAX = new Fmax();
  static final Fmin FMIN = new Fmin();
  static final Clamp CLAMP = new Clamp();
  static final ClampNumbers CLAMP_NUMBERS = new ClampNumbers();
  static final ClampMin CLAMP_MIN_NUMBER = new ClampMin("ClampMin", 0);
  static final ClampMin CLAMP_MIN = new ClampMin("ClampMin", 1);
  static final ClampMin CLAMP_ONLY_MIN = new ClampMin("Clamp", 0);
  static final ClampMax CLAMP_MAX_NUMBER = new ClampMax("ClampMax", 0);
  static final ClampMax CLAMP_MAX = new ClampMax("ClampMax", 1);
  static final ClampMax CLAMP_ONLY_MAX = new ClampMax("Clamp", 0);
  static final Copysign COPYSIGN = new Copysign();
  static final Heaviside HEAVISIDE = new Heaviside();
  static final NanToNum NAN_TO_NUM = new NanToNum();

  private Choices() {}

  /** y = a where the condition is true, else b;  da = g where it is true, db = g where it is false. */
  record Where() implements Pointwise {
    @Override
    public Typing typing() { return Typing.CHOICE; }

    @Override
    public Scalar of(Scalar... x) { return x[0].select(x[1], x[2]); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) {
      return switch (i) {
        case 1 -> x[0].select(1, 0);
        case 2 -> x[0].select(0, 1);
        default -> Scalar.constant(0);
      };
    }
  }

  /** y = the larger of a and b, NaN if one is;  da = g where a is y, g / 2 where both are. */
  record Maximum() implements Pointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].max(x[1]); }
  }

  /** y = the smaller of a and b, NaN if one is;  da = g where a is y, g / 2 where both are. */
  record Minimum() implements Pointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].min(x[1]); }
  }

  /** y = the larger of a and b that is not NaN;  da = g where a is y, else db = g. */
  record Fmax() implements Pointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].ge(x[1]).or(x[1].isNan()).select(x[0], x[1]); }
  }

  /** y = the smaller of a and b that is not NaN;  da = g where a is y, else db = g. */
  record Fmin() implements Pointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].le(x[1]).or(x[1].isNan()).select(x[0], x[1]); }
  }

  /** y = x pushed into l … u;  dx = g inside, bounds included, dl = g below l, du = g above u. */
  record Clamp() implements Pointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].max(x[1]).min(x[2]); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) {
      return switch (i) {
        case 0 -> x[0].ge(x[1]).and(x[0].le(x[2])).select(1, 0);
        case 1 -> x[1].lt(x[2]).and(x[0].lt(x[1])).select(1, 0);
        default -> x[0].gt(x[2]).or(x[2].lt(x[1])).select(1, 0);
      };
    }
  }

  /** y = x pushed into l … u, for numbers l, u;  dx = g inside, bounds included. */
  record ClampNumbers() implements Pointwise {
    @Override
    public String name() { return "Clamp"; }

    @Override
    public int overload() { return 1; }

    @Override
    public Scalar of(Scalar... x) { return x[0].max(x[1]).min(x[2]); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) { return x[0].ge(x[1]).and(x[0].le(x[2])).select(1, 0); }
  }

  /** y = max(x, l);  dx = g where x ≥ l, dl = g below. */
  record ClampMin(String name, int overload) implements Pointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].max(x[1]); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) {
      return i == 0 ? x[0].ge(x[1]).select(1, 0) : x[0].lt(x[1]).select(1, 0);
    }
  }

  /** y = min(x, u);  dx = g where x ≤ u, du = g above. */
  record ClampMax(String name, int overload) implements Pointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].min(x[1]); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) {
      return i == 0 ? x[0].le(x[1]).select(1, 0) : x[0].gt(x[1]).select(1, 0);
    }
  }

  /** y = |a| with the sign of b;  da = g · y / a, 0 at 0, db = 0. */
  record Copysign() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return Comparisons.isNegative(x[1]).select(x[0].abs().neg(), x[0].abs()); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) {
      return i == 0 ? x[0].eq(0).select(0, y.div(x[0])) : Scalar.constant(0);
    }
  }

  /** y = 0 below 0, b at 0, 1 above;  has no derivative. */
  record Heaviside() implements Pointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].eq(0).select(x[1], x[0].gt(0).select(1, 0)); }
  }

  /** y = x, but numbers for NaN, ∞ and −∞;  dx = g where x is finite. */
  record NanToNum() implements Pointwise {
    @Override
    public Scalar of(Scalar... x) {
      return x[0].isNan().select(x[1], x[0].isInf().select(x[0].gt(0).select(x[2], x[3]), x[0]));
    }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) { return x[0].isNan().or(x[0].isInf()).select(0, 1); }
  }
}
