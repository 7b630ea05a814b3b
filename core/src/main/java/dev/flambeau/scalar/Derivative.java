package dev.flambeau.scalar;

import dev.flambeau.scalar.Scalar.Arg;
import dev.flambeau.scalar.Scalar.Binary;
import dev.flambeau.scalar.Scalar.Constant;
import dev.flambeau.scalar.Scalar.Select;
import dev.flambeau.scalar.Scalar.Unary;
import java.util.function.Supplier;

/** The rules of differentiation, one line each. */
final class Derivative {
  private static final double TWO_OVER_ROOT_PI = 1.1283791670955126;
  private static final double LN2 = 0.6931471805599453;
  private static final double LN10 = 2.302585092994046;
  private static final Scalar ZERO = Scalar.constant(0);

  private Derivative() {}

  static Scalar of(Scalar formula, int index) {
    return Simplifier.simplify(Dag.<Scalar>fold(formula, (s, d) -> {
      if (s instanceof Arg(int i)) return i == index ? one() : ZERO;
      if (s instanceof Unary u) return times(d.apply(u.x()), () -> slope(u));
      if (s instanceof Binary b) {
        Scalar left = times(d.apply(b.a()), () -> slopeLeft(b));
        Scalar right = times(d.apply(b.b()), () -> slopeRight(b));
        return left.equals(ZERO) ? right : right.equals(ZERO) ? left : left.add(right);
      }
      if (s instanceof Select(Scalar c, Scalar a, Scalar b)) return c.select(d.apply(a), d.apply(b));
      return ZERO;
    }));
  }

  /** The chain rule. What does not depend on the argument needs no slope, and may have none. */
  private static Scalar times(Scalar inner, Supplier<Scalar> slope) {
    return inner.equals(ZERO) ? ZERO : inner.mul(slope.get());
  }

  /** f′(x) for y = f(x). */
  private static Scalar slope(Unary y) {
    Scalar x = y.x();
    return switch (y.op()) {
      case NEG -> Scalar.constant(-1);
      case ABS -> x.sign();
      case SIGN, FLOOR, CEIL, ROUND, TRUNC, NOT, IS_NAN, IS_INF, BIT_NOT -> ZERO;
      case SQRT -> Scalar.constant(0.5).div(y);
      case EXP -> y;
      case EXP2 -> y.mul(LN2);
      case EXPM1 -> y.add(1);
      case LOG -> x.reciprocal();
      case LOG2 -> x.mul(LN2).reciprocal();
      case LOG10 -> x.mul(LN10).reciprocal();
      case LOG1P -> x.add(1).reciprocal();
      case SIN -> x.cos();
      case COS -> x.sin().neg();
      case TAN -> y.square().add(1);
      case ASIN -> one().sub(x.square()).rsqrt();
      case ACOS -> one().sub(x.square()).rsqrt().neg();
      case ATAN -> x.square().add(1).reciprocal();
      case SINH -> x.cosh();
      case COSH -> x.sinh();
      case TANH -> one().sub(y.square());
      case ASINH -> x.square().add(1).rsqrt();
      case ACOSH -> x.square().sub(1).rsqrt();
      case ATANH -> one().sub(x.square()).reciprocal();
      case ERF -> x.square().neg().exp().mul(TWO_OVER_ROOT_PI);
      case ERFC -> x.square().neg().exp().mul(-TWO_OVER_ROOT_PI);
      case ERFINV -> y.square().exp().mul(1 / TWO_OVER_ROOT_PI);
      case LGAMMA -> x.digamma();
      case SIGMOID -> y.mul(one().sub(y));
      case DIGAMMA -> x.polygamma(1);
    };
  }

  /** ∂y/∂a for y = f(a, b). */
  private static Scalar slopeLeft(Binary y) {
    Scalar a = y.a();
    Scalar b = y.b();
    return switch (y.op()) {
      case ADD, SUB, REM, FMOD -> one();
      case MUL -> b;
      case DIV -> b.reciprocal();
      case POW -> b instanceof Constant(double e) ? a.pow(e - 1).mul(e) : b.eq(0).select(0, b.mul(a.pow(b.sub(1))));
      case ATAN2 -> overSquares(b, a, b);
      case MIN -> a.gt(b).select(0, tie(a, b));
      case MAX -> a.lt(b).select(0, tie(a, b));
      default -> withoutSlope(y.op());
    };
  }

  /** ∂y/∂b for y = f(a, b). */
  private static Scalar slopeRight(Binary y) {
    Scalar a = y.a();
    Scalar b = y.b();
    return switch (y.op()) {
      case ADD -> one();
      case SUB -> Scalar.constant(-1);
      case MUL -> a;
      case DIV -> y.div(b).neg();
      case POW -> a.eq(0).and(b.ge(0)).select(0, y.mul(a.log()));
      case ATAN2 -> overSquares(a, a, b).neg();
      case MIN -> b.gt(a).select(0, tie(a, b));
      case MAX -> b.lt(a).select(0, tie(a, b));
      case REM -> a.div(b).floor().neg();
      case FMOD -> a.div(b).trunc().neg();
      case POLYGAMMA -> a.add(1).binary(y.op(), b);
      default -> withoutSlope(y.op());
    };
  }

  private static Scalar one() { return Scalar.constant(1); }

  /** The share of an operand that is the extremum, or NaN: half if both are. */
  private static Scalar tie(Scalar a, Scalar b) { return a.eq(b).select(0.5, 1); }

  private static Scalar overSquares(Scalar x, Scalar a, Scalar b) {
    Scalar squares = a.square().add(b.square());
    return squares.eq(0).select(0, x.div(squares));
  }

  private static Scalar withoutSlope(BinaryOp op) {
    return switch (op) {
      case FLOOR_DIV, LT, LE, GT, GE, EQ, NE, AND, OR -> ZERO;
      default -> throw new UnsupportedOperationException(op + " has no derivative: it is defined on integers");
    };
  }
}
