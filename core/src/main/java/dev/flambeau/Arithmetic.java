package dev.flambeau;

import dev.flambeau.scalar.Scalar;

/** Sums, differences, products, quotients. */
final class Arithmetic {
  static final Add ADD = new Add();
  static final AddScaled ADD_SCALED = new AddScaled();
  static final Sub SUB = new Sub();
  static final SubScaled SUB_SCALED = new SubScaled();
  static final Rsub RSUB = new Rsub(0);
  static final Rsub NUMBER_RSUB = new Rsub(1);
  static final Mul MUL = new Mul();
  static final Div DIV = new Div();
  static final DivNumber DIV_NUMBER = new DivNumber();
  static final DivRounded DIV_TRUNC = new DivRounded(RoundingMode.TRUNC);
  static final DivRounded DIV_FLOOR = new DivRounded(RoundingMode.FLOOR);
  static final FloorDivide FLOOR_DIVIDE = new FloorDivide();
  static final Remainder REMAINDER_NUMBER = new Remainder(0);
  static final Remainder REMAINDER = new Remainder(1);
  static final Fmod FMOD_NUMBER = new Fmod(0);
  static final Fmod FMOD = new Fmod(1);
  static final Neg NEG = new Neg();
  static final Abs ABS = new Abs();
  static final Sign SIGN = new Sign();
  static final Reciprocal RECIPROCAL = new Reciprocal();
  static final Addcmul ADDCMUL = new Addcmul();
  static final Addcdiv ADDCDIV = new Addcdiv();
  static final Lerp LERP_NUMBER = new Lerp(0);
  static final Lerp LERP = new Lerp(1);

  private Arithmetic() {}

  /** y = a + b;  da = g, db = g. */
  record Add() implements Pointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].add(x[1]); }
  }

  /** y = a + α · b;  da = g, db = g · α. */
  record AddScaled() implements Pointwise {
    @Override
    public String name() { return "Add"; }

    @Override
    public Scalar of(Scalar... x) { return x[0].add(x[1].mul(x[2])); }
  }

  /** y = a − b;  da = g, db = −g. */
  record Sub() implements Pointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].sub(x[1]); }
  }

  /** y = a − α · b;  da = g, db = −g · α. */
  record SubScaled() implements Pointwise {
    @Override
    public String name() { return "Sub"; }

    @Override
    public Scalar of(Scalar... x) { return x[0].sub(x[1].mul(x[2])); }
  }

  /** y = b − a;  da = −g, db = g. */
  record Rsub(int overload) implements Pointwise {
    @Override
    public Scalar of(Scalar... x) { return x[1].sub(x[0]); }
  }

  /** y = a · b;  da = g · b, db = g · a. */
  record Mul() implements Pointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].mul(x[1]); }
  }

  /** y = a / b;  da = g / b, db = −g · a / b². */
  record Div() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].div(x[1]); }
  }

  /** y = a / c for a number c;  da = g / c. */
  record DivNumber() implements RealPointwise {
    @Override
    public String name() { return "Div"; }

    @Override
    public int overload() { return 1; }

    @Override
    public Scalar of(Scalar... x) { return x[0].div(x[1]); }
  }

  /** y = a / b rounded;  da = 0, db = 0. */
  record DivRounded(RoundingMode mode) implements Pointwise {
    @Override
    public String name() { return "Div"; }

    @Override
    public int overload() { return 2; }

    @Override
    public Typing typing() { return Typing.NUMERIC; }

    @Override
    public Scalar of(Scalar... x) {
      return switch (mode) {
        case TRUNC -> x[0].div(x[1]).trunc();
        case FLOOR -> x[0].floorDiv(x[1]);
      };
    }
  }

  /** y = ⌊a / b⌋; has no derivative. */
  record FloorDivide() implements Pointwise {
    @Override
    public Typing typing() { return Typing.NUMERIC; }

    @Override
    public Scalar of(Scalar... x) { return x[0].floorDiv(x[1]); }
  }

  /** y = a − b · ⌊a / b⌋;  da = g, db = −g · ⌊a / b⌋. */
  record Remainder(int overload) implements Pointwise {
    @Override
    public Typing typing() { return Typing.NUMERIC; }

    @Override
    public Scalar of(Scalar... x) { return x[0].rem(x[1]); }
  }

  /** y = a − b · trunc(a / b);  da = g, db = −g · trunc(a / b). */
  record Fmod(int overload) implements Pointwise {
    @Override
    public Typing typing() { return Typing.NUMERIC; }

    @Override
    public Scalar of(Scalar... x) { return x[0].fmod(x[1]); }
  }

  /** y = −x;  dx = −g. */
  record Neg() implements Pointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].neg(); }
  }

  /** y = |x|;  dx = g · sign(x). */
  record Abs() implements Pointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].abs(); }
  }

  /** y = sign(x);  dx = 0. */
  record Sign() implements Pointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].sign(); }
  }

  /** y = 1 / x;  dx = −g · y². */
  record Reciprocal() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].reciprocal(); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) { return y.square().neg(); }
  }

  /** y = a + v · b · c for a number v;  da = g, db = g · v · c, dc = g · v · b. */
  record Addcmul() implements Pointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].add(x[3].mul(x[1]).mul(x[2])); }
  }

  /** y = a + v · b / c for a number v;  da = g, db = g · v / c, dc = −g · v · b / c². */
  record Addcdiv() implements Pointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].add(x[3].mul(x[1]).div(x[2])); }
  }

  /** y = a + w · (b − a), exact at both ends;  da = g · (1 − w), db = g · w, dw = g · (b − a). */
  record Lerp(int overload) implements Pointwise {
    @Override
    public Scalar of(Scalar... x) {
      Scalar way = x[1].sub(x[0]);
      return x[2].abs().lt(0.5).select(x[0].add(x[2].mul(way)), x[1].sub(way.mul(Scalar.constant(1).sub(x[2]))));
    }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) {
      return switch (i) {
        case 0 -> Scalar.constant(1).sub(x[2]);
        case 1 -> x[2];
        default -> x[1].sub(x[0]);
      };
    }
  }
}
