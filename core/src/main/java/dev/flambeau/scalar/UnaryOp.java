package dev.flambeau.scalar;

import java.util.Locale;

/** A function of one scalar. */
public enum UnaryOp {
  NEG, ABS, SIGN, SQRT,
  EXP, EXP2, EXPM1, LOG, LOG2, LOG10, LOG1P,
  SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, TANH, ASINH, ACOSH, ATANH,
  ERF, ERFC, ERFINV, LGAMMA, DIGAMMA, SIGMOID,
  FLOOR, CEIL, ROUND, TRUNC,
  NOT, IS_NAN, IS_INF, BIT_NOT;

  /** The value at {@code x}. */
  public double apply(double x) {
    return switch (this) {
      case NEG -> -x;
      case ABS -> Math.abs(x);
      case SIGN -> x > 0 ? 1 : x < 0 ? -1 : 0;
      case SQRT -> Math.sqrt(x);
      case EXP -> Math.exp(x);
      case EXP2 -> SpecialFunctions.exp2(x);
      case EXPM1 -> Math.expm1(x);
      case LOG -> Math.log(x);
      case LOG2 -> SpecialFunctions.log2(x);
      case LOG10 -> Math.log10(x);
      case LOG1P -> Math.log1p(x);
      case SIN -> Math.sin(x);
      case COS -> Math.cos(x);
      case TAN -> Math.tan(x);
      case ASIN -> Math.asin(x);
      case ACOS -> Math.acos(x);
      case ATAN -> Math.atan(x);
      case SINH -> Math.sinh(x);
      case COSH -> Math.cosh(x);
      case TANH -> Math.tanh(x);
      case ASINH -> SpecialFunctions.asinh(x);
      case ACOSH -> SpecialFunctions.acosh(x);
      case ATANH -> SpecialFunctions.atanh(x);
      case ERF -> SpecialFunctions.erf(x);
      case ERFC -> SpecialFunctions.erfc(x);
      case ERFINV -> SpecialFunctions.erfinv(x);
      case LGAMMA -> SpecialFunctions.lgamma(x);
      case DIGAMMA -> SpecialFunctions.digamma(x);
      case SIGMOID -> SpecialFunctions.sigmoid(x);
      case FLOOR -> Math.floor(x);
      case CEIL -> Math.ceil(x);
      case ROUND -> Math.rint(x);
      case TRUNC -> SpecialFunctions.trunc(x);
      case NOT -> x == 0 ? 1 : 0;
      case IS_NAN -> Double.isNaN(x) ? 1 : 0;
      case IS_INF -> Double.isInfinite(x) ? 1 : 0;
      case BIT_NOT -> ~(long) x;
    };
  }

  @Override
  public String toString() { return name().toLowerCase(Locale.ROOT); }
}
