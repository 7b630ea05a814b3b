package dev.flambeau.kernel;

import static dev.flambeau.kernel.Code.Kind.F32;
import static dev.flambeau.kernel.Code.Kind.I32;

import dev.flambeau.kernel.Code.Op;

/**
 * Elementary functions in single precision, in terms of what every lane of a vector can do: fused multiply-add, bits, compare and select. Errors are at
 * most some 2 units in the last place, of erf 5. Coefficients are minimax fits over the ranges that remain after reduction, lowest order last.
 */
final class FloatFunctions {
  /** Adding it to a number below 2²² rounds that to an integer, found in the low bits of the sum. */
  private static final double ROUNDER = 12582912;
  private static final double LOG2_E = 1.4426950408889634;
  /** ln 2 in two parts, the first with few bits, so that its product with a small integer is exact. */
  private static final double LN2_HIGH = 0.693145751953125;
  private static final double LN2_LOW = 1.4286068203094173e-6;
  private static final int ROOT_HALF_BITS = 0x3f3504f3;

  /** (eʳ − 1 − r)/r², |r| ≤ ln 2 / 2. */
  private static final double[] EXP =
      {0.0013926926614021907, 0.008363773874405574, 0.04166655011030512, 0.16666573381900845, 0.5};
  /** (log(1 + f) − f + f²/2)/f³, √½ ≤ 1 + f ≤ √2. */
  private static final double[] LOG = {
    -0.0790274377239344, 0.12622319849228378, -0.1299818376365153, 0.14214495923947962, -0.16641281463106394,
    0.2000104509416068,
    -0.25000306422569796, 0.33333330728190674};
  /** erf(x)/x in x², |x| ≤ 3.92: a quotient of polynomials. */
  private static final double[] ERF_UPPER = {
    2.04201656423147e-06, 0.0002847916896375054, 0.00377904122632571, 0.05278853801801662, 0.19077116942439873,
    1.1283791454877834};
  private static final double[] ERF_LOWER = {
    3.800365908627397e-05, 0.0011650668827329442, 0.014996309941418285, 0.11425222028715161, 0.5023992697387752, 1};
  private static final double ERF_IS_ONE = 3.92;
  private static final double TANH_IS_ONE = 9.01;

  private final Code code;

  FloatFunctions(Code code) { this.code = code; }

  private int number(double value) { return code.constant(F32, (float) value); }

  private int add(int a, int b) { return code.op(Op.ADD, a, b); }

  private int sub(int a, int b) { return code.op(Op.SUB, a, b); }

  private int mul(int a, int b) { return code.op(Op.MUL, a, b); }

  private int div(int a, int b) { return code.op(Op.DIV, a, b); }

  private int integer(int value) { return code.constant(I32, value); }

  private int above(int a, double limit) { return code.compare(Op.GT, a, number(limit)); }

  private int below(int a, double limit) { return code.compare(Op.LT, a, number(limit)); }

  private int polynomial(double[] coefficients, int x) {
    int y = number(coefficients[0]);
    for (int i = 1; i < coefficients.length; i++) y = code.fma(y, x, number(coefficients[i]));
    return y;
  }

  /** x = k · ln 2 + r: k as a float, k as an integer, and eʳ − 1. */
  private record Reduced(int k, int integer, int expm1) {}

  private Reduced reduce(int x) {
    int shifted = code.fma(x, number(LOG2_E), number(ROUNDER));
    int k = sub(shifted, number(ROUNDER));
    int r = code.fma(k, number(-LN2_LOW), code.fma(k, number(-LN2_HIGH), x));
    int expm1 = code.fma(mul(r, r), polynomial(EXP, r), r);
    return new Reduced(k, sub(code.bits(shifted), integer(Float.floatToRawIntBits((float) ROUNDER))), expm1);
  }

  /** 2 to the power of an integer within the range of exponents. */
  private int powerOfTwo(int k) { return code.bits(code.op(Op.SHL, add(k, integer(127)), integer(23))); }

  /** eˣ, scaled in two steps, as the first power of two alone may be out of range. */
  int exp(int x) {
    Reduced reduced = reduce(x);
    int half = code.op(Op.SHR, reduced.integer, integer(1));
    int rest = sub(reduced.integer, half);
    int y = mul(mul(add(reduced.expm1, number(1)), powerOfTwo(half)), powerOfTwo(rest));
    return code.select(above(x, 89), number(Double.POSITIVE_INFINITY), code.select(below(x, -104), number(0), y));
  }

  /** eˣ − 1 = 2ᵏ · (eʳ − 1) + (2ᵏ − 1), in halves of that. */
  int expm1(int x) {
    Reduced reduced = reduce(x);
    int half = powerOfTwo(sub(reduced.integer, integer(1)));
    int y = code.fma(half, reduced.expm1, sub(half, number(0.5)));
    int small = code.compare(Op.EQ, reduced.k, number(0));
    int doubled = code.select(small, reduced.expm1, add(y, y));
    return code.select(above(x, 89), number(Double.POSITIVE_INFINITY), code.select(below(x, -18), number(-1), doubled));
  }

  /** log x = e · ln 2 + log(1 + f). */
  int log(int x) {
    int denormal = below(x, Float.MIN_NORMAL);
    int scaled = code.select(denormal, mul(x, number(0x1p23)), x);
    int bits = sub(code.bits(scaled), integer(ROOT_HALF_BITS));
    int exponent = code.cast(code.op(Op.SHR, bits, integer(23)), F32);
    int e = sub(exponent, code.select(denormal, number(23), number(0)));
    int mantissa = code.bits(add(code.op(Op.AND, bits, integer(0x007fffff)), integer(ROOT_HALF_BITS)));
    int f = sub(mantissa, number(1));
    int square = mul(f, f);
    int tail = code.fma(square, number(-0.5), mul(mul(square, f), polynomial(LOG, f)));
    int y = code.fma(e, number(LN2_HIGH), add(f, code.fma(e, number(LN2_LOW), tail)));
    int positive = code.select(code.compare(Op.LT, x, number(Double.POSITIVE_INFINITY)), y, x);
    int zero = code.compare(Op.EQ, x, number(0));
    return code.select(zero, number(Double.NEGATIVE_INFINITY), code.select(below(x, 0), number(Double.NaN), positive));
  }

  /** log(1 + x) of the rounded sum, and what the rounding lost. */
  int log1p(int x) {
    int sum = add(x, number(1));
    int lost = div(sub(x, sub(sum, number(1))), sum);
    int ordinary = code.op(Op.AND, above(sum, 0), below(sum, Double.POSITIVE_INFINITY));
    return add(log(sum), code.select(ordinary, lost, number(0)));
  }

  /** 1/(1 + e⁻ˣ), or eˣ/(1 + eˣ), whichever has the negative exponent. */
  int sigmoid(int x) {
    int e = exp(code.op(Op.NEG, code.op(Op.ABS, x)));
    return div(code.select(below(x, 0), e, number(1)), add(e, number(1)));
  }

  /** (e²ˣ − 1)/(e²ˣ + 1), of |x|. */
  int tanh(int x) {
    int a = code.op(Op.ABS, x);
    Reduced reduced = reduce(add(a, a));
    int scale = powerOfTwo(reduced.integer);
    int expm1 = code.fma(scale, reduced.expm1, sub(scale, number(1)));
    int y = div(expm1, add(expm1, number(2)));
    int limited = code.select(above(a, TANH_IS_ONE), number(1), y);
    int sign = code.op(Op.AND, code.bits(x), integer(Integer.MIN_VALUE));
    return code.bits(code.op(Op.OR, code.bits(limited), sign));
  }

  /** erf x. */
  int erf(int x) {
    int square = mul(x, x);
    int y = div(mul(x, polynomial(ERF_UPPER, square)), polynomial(ERF_LOWER, square));
    return code.select(above(x, ERF_IS_ONE), number(1), code.select(below(x, -ERF_IS_ONE), number(-1), y));
  }
}
