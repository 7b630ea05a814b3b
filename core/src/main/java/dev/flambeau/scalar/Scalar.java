package dev.flambeau.scalar;

import java.util.Arrays;

/**
 * A formula over scalar arguments, such as {@code x0 * (1 + erf(x0 / 1.4142135623730951)) * 0.5}.
 *
 * <p>Formulas are immutable and made by the methods here, which write down what they are told and change nothing: {@code x.mul(0)} stays a product, as it
 * is NaN for an infinite {@code x}. {@link #simplify} and {@link #derivative} take such zeros for what they are in a derivative. Equal formulas made
 * this way are the same object.
 */
public sealed interface Scalar {

  /** The value of argument {@code index}. */
  record Arg(int index) implements Scalar {
    @Override
    public boolean equals(Object other) { return other instanceof Arg that && index == that.index; }

    @Override
    public int hashCode() { return index; }

    @Override
    public String toString() { return Printer.print(this); }
  }

  /** A number. */
  record Constant(double value) implements Scalar {
    @Override
    public boolean equals(Object other) {
      return other instanceof Constant that && Double.doubleToLongBits(value) == Double.doubleToLongBits(that.value);
    }

    @Override
    public int hashCode() { return Double.hashCode(value); }

    @Override
    public String toString() { return Printer.print(this); }
  }

  /** A function of one scalar. Parts are compared by identity, so that comparing and hashing do not walk the formula. */
  record Unary(UnaryOp op, Scalar x) implements Scalar {
    @Override
    public boolean equals(Object other) { return other instanceof Unary that && op == that.op && Dag.same(x, that.x); }

    @Override
    public int hashCode() { return 31 * op.hashCode() + System.identityHashCode(x); }

    @Override
    public String toString() { return Printer.print(this); }
  }

  /** A function of two scalars. Parts are compared by identity. */
  record Binary(BinaryOp op, Scalar a, Scalar b) implements Scalar {
    @Override
    public boolean equals(Object other) {
      return other instanceof Binary that && op == that.op && Dag.same(a, that.a) && Dag.same(b, that.b);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * op.hashCode() + System.identityHashCode(a)) + System.identityHashCode(b);
    }

    @Override
    public String toString() { return Printer.print(this); }
  }

  /** {@code then} where the condition is not 0, else {@code otherwise}; both are computed. Parts are compared by identity. */
  record Select(Scalar condition, Scalar then, Scalar otherwise) implements Scalar {
    @Override
    public boolean equals(Object other) {
      return other instanceof Select that && Dag.same(condition, that.condition) && Dag.same(then, that.then)
          && Dag.same(otherwise, that.otherwise);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * System.identityHashCode(condition) + System.identityHashCode(then))
          + System.identityHashCode(otherwise);
    }

    @Override
    public String toString() { return Printer.print(this); }
  }

  /** Argument {@code index}, counted from 0. */
  static Scalar arg(int index) {
    if (index < 0) throw new IllegalArgumentException("a formula's arguments are counted from 0, not " + index);
    return Dag.unique(new Arg(index));
  }

  /** A number. */
  static Scalar constant(double value) { return Dag.unique(new Constant(value)); }

  /** {@code op} of this. */
  default Scalar unary(UnaryOp op) { return Dag.unique(new Unary(op, this)); }
  /** {@code op} of this and {@code b}. */
  default Scalar binary(BinaryOp op, Scalar b) { return Dag.unique(new Binary(op, this, b)); }
  /** Sum. */
  default Scalar add(Scalar b) { return binary(BinaryOp.ADD, b); }
  /** Sum with a number. */
  default Scalar add(double b) { return add(constant(b)); }
  /** Difference. */
  default Scalar sub(Scalar b) { return binary(BinaryOp.SUB, b); }
  /** Difference to a number. */
  default Scalar sub(double b) { return sub(constant(b)); }
  /** Product. */
  default Scalar mul(Scalar b) { return binary(BinaryOp.MUL, b); }
  /** Product with a number. */
  default Scalar mul(double b) { return mul(constant(b)); }
  /** Quotient; integers are truncated. */
  default Scalar div(Scalar b) { return binary(BinaryOp.DIV, b); }
  /** Quotient by a number. */
  default Scalar div(double b) { return div(constant(b)); }
  /** −x. */
  default Scalar neg() { return unary(UnaryOp.NEG); }
  /** |x|. */
  default Scalar abs() { return unary(UnaryOp.ABS); }
  /** −1, 0 or 1; 0 for NaN. */
  default Scalar sign() { return unary(UnaryOp.SIGN); }
  /** √x. */
  default Scalar sqrt() { return unary(UnaryOp.SQRT); }
  /** 1/√x. */
  default Scalar rsqrt() { return sqrt().reciprocal(); }
  /** x². */
  default Scalar square() { return mul(this); }
  /** 1/x. */
  default Scalar reciprocal() { return constant(1).div(this); }
  /** eˣ. */
  default Scalar exp() { return unary(UnaryOp.EXP); }
  /** 2ˣ. */
  default Scalar exp2() { return unary(UnaryOp.EXP2); }
  /** eˣ − 1, exact near 0. */
  default Scalar expm1() { return unary(UnaryOp.EXPM1); }
  /** Natural logarithm. */
  default Scalar log() { return unary(UnaryOp.LOG); }
  /** Logarithm to base 2. */
  default Scalar log2() { return unary(UnaryOp.LOG2); }
  /** Logarithm to base 10. */
  default Scalar log10() { return unary(UnaryOp.LOG10); }
  /** log(1 + x), exact near 0. */
  default Scalar log1p() { return unary(UnaryOp.LOG1P); }
  /** Sine. */
  default Scalar sin() { return unary(UnaryOp.SIN); }
  /** Cosine. */
  default Scalar cos() { return unary(UnaryOp.COS); }
  /** Tangent. */
  default Scalar tan() { return unary(UnaryOp.TAN); }
  /** Arc sine. */
  default Scalar asin() { return unary(UnaryOp.ASIN); }
  /** Arc cosine. */
  default Scalar acos() { return unary(UnaryOp.ACOS); }
  /** Arc tangent. */
  default Scalar atan() { return unary(UnaryOp.ATAN); }
  /** Hyperbolic sine. */
  default Scalar sinh() { return unary(UnaryOp.SINH); }
  /** Hyperbolic cosine. */
  default Scalar cosh() { return unary(UnaryOp.COSH); }
  /** Hyperbolic tangent. */
  default Scalar tanh() { return unary(UnaryOp.TANH); }
  /** Inverse hyperbolic sine. */
  default Scalar asinh() { return unary(UnaryOp.ASINH); }
  /** Inverse hyperbolic cosine. */
  default Scalar acosh() { return unary(UnaryOp.ACOSH); }
  /** Inverse hyperbolic tangent. */
  default Scalar atanh() { return unary(UnaryOp.ATANH); }
  /** Error function. */
  default Scalar erf() { return unary(UnaryOp.ERF); }
  /** 1 − erf(x), exact far from 0. */
  default Scalar erfc() { return unary(UnaryOp.ERFC); }
  /** Inverse error function. */
  default Scalar erfinv() { return unary(UnaryOp.ERFINV); }
  /** log |Γ(x)|. */
  default Scalar lgamma() { return unary(UnaryOp.LGAMMA); }
  /** ψ(x), the derivative of lgamma. */
  default Scalar digamma() { return unary(UnaryOp.DIGAMMA); }
  /** The {@code n}-th derivative of ψ(x). */
  default Scalar polygamma(int n) { return constant(n).binary(BinaryOp.POLYGAMMA, this); }
  /** 1/(1 + e⁻ˣ). */
  default Scalar sigmoid() { return unary(UnaryOp.SIGMOID); }
  /** Largest integer not above x. */
  default Scalar floor() { return unary(UnaryOp.FLOOR); }
  /** Smallest integer not below x. */
  default Scalar ceil() { return unary(UnaryOp.CEIL); }
  /** Nearest integer, ties to the even one. */
  default Scalar round() { return unary(UnaryOp.ROUND); }
  /** The integer part. */
  default Scalar trunc() { return unary(UnaryOp.TRUNC); }
  /** Power. */
  default Scalar pow(Scalar exponent) { return binary(BinaryOp.POW, exponent); }

  /** Power; the common exponents become products, quotients and roots. */
  default Scalar pow(double exponent) {
    Scalar common = Simplifier.commonPower(this, exponent);
    return common != null ? common : pow(constant(exponent));
  }

  /** Angle of the point with ordinate this and abscissa {@code x}. */
  default Scalar atan2(Scalar x) { return binary(BinaryOp.ATAN2, x); }
  /** The smaller; NaN if one is. */
  default Scalar min(Scalar b) { return binary(BinaryOp.MIN, b); }
  /** The smaller of this and a number. */
  default Scalar min(double b) { return min(constant(b)); }
  /** The larger; NaN if one is. */
  default Scalar max(Scalar b) { return binary(BinaryOp.MAX, b); }
  /** The larger of this and a number. */
  default Scalar max(double b) { return max(constant(b)); }
  /** Remainder of {@link #floorDiv}: it has the divisor's sign. */
  default Scalar rem(Scalar b) { return binary(BinaryOp.REM, b); }
  /** Remainder of the truncated quotient: it has the dividend's sign. */
  default Scalar fmod(Scalar b) { return binary(BinaryOp.FMOD, b); }
  /** Quotient rounded down. */
  default Scalar floorDiv(Scalar b) { return binary(BinaryOp.FLOOR_DIV, b); }
  /** Bits set in both. */
  default Scalar bitAnd(Scalar b) { return binary(BinaryOp.BIT_AND, b); }
  /** Bits set in one or both. */
  default Scalar bitOr(Scalar b) { return binary(BinaryOp.BIT_OR, b); }
  /** Bits set in one. */
  default Scalar bitXor(Scalar b) { return binary(BinaryOp.BIT_XOR, b); }
  /** All bits flipped. */
  default Scalar bitNot() { return unary(UnaryOp.BIT_NOT); }
  /** Bits moved up by {@code b}. */
  default Scalar shiftLeft(Scalar b) { return binary(BinaryOp.SHIFT_LEFT, b); }
  /** Bits moved down by {@code b}, the sign kept. */
  default Scalar shiftRight(Scalar b) { return binary(BinaryOp.SHIFT_RIGHT, b); }
  /** Whether this is less. */
  default Scalar lt(Scalar b) { return binary(BinaryOp.LT, b); }
  /** Whether this is less than a number. */
  default Scalar lt(double b) { return lt(constant(b)); }
  /** Whether this is less or equal. */
  default Scalar le(Scalar b) { return binary(BinaryOp.LE, b); }
  /** Whether this is less than or equal to a number. */
  default Scalar le(double b) { return le(constant(b)); }
  /** Whether this is greater. */
  default Scalar gt(Scalar b) { return binary(BinaryOp.GT, b); }
  /** Whether this is greater than a number. */
  default Scalar gt(double b) { return gt(constant(b)); }
  /** Whether this is greater or equal. */
  default Scalar ge(Scalar b) { return binary(BinaryOp.GE, b); }
  /** Whether this is greater than or equal to a number. */
  default Scalar ge(double b) { return ge(constant(b)); }
  /** Whether both are equal. */
  default Scalar eq(Scalar b) { return binary(BinaryOp.EQ, b); }
  /** Whether this equals a number. */
  default Scalar eq(double b) { return eq(constant(b)); }
  /** Whether both differ. */
  default Scalar ne(Scalar b) { return binary(BinaryOp.NE, b); }
  /** Whether this differs from a number. */
  default Scalar ne(double b) { return ne(constant(b)); }
  /** Whether both hold. */
  default Scalar and(Scalar b) { return binary(BinaryOp.AND, b); }
  /** Whether one holds. */
  default Scalar or(Scalar b) { return binary(BinaryOp.OR, b); }
  /** Whether this does not hold. */
  default Scalar not() { return unary(UnaryOp.NOT); }
  /** Whether this is NaN. */
  default Scalar isNan() { return unary(UnaryOp.IS_NAN); }
  /** Whether this is infinite. */
  default Scalar isInf() { return unary(UnaryOp.IS_INF); }
  /** {@code then} where this holds, else {@code otherwise}. */
  default Scalar select(Scalar then, Scalar otherwise) { return Dag.unique(new Select(this, then, otherwise)); }
  /** {@code then} where this holds, else a number. */
  default Scalar select(Scalar then, double otherwise) { return select(then, constant(otherwise)); }
  /** A number where this holds, else {@code otherwise}. */
  default Scalar select(double then, Scalar otherwise) { return select(constant(then), otherwise); }
  /** One of two numbers. */
  default Scalar select(double then, double otherwise) { return select(constant(then), constant(otherwise)); }

  /**
   * The value at these arguments, in double precision.
   *
   * @throws IllegalArgumentException if there are fewer arguments than {@link #arity}
   */
  default double evaluate(double... x) {
    if (x.length < arity())
      throw new IllegalArgumentException(this + " needs " + arity() + " arguments, not " + x.length);
    return Dag.<Double>fold(this, (s, value) -> switch (s) {
      case Arg(int index) -> x[index];
      case Constant(double number) -> number;
      case Unary(UnaryOp op, Scalar a) -> op.apply(value.apply(a));
      case Binary(BinaryOp op, Scalar a, Scalar b) -> op.apply(value.apply(a), value.apply(b));
      case Select(Scalar c, Scalar a, Scalar b) -> value.apply(c) != 0 ? value.apply(a) : value.apply(b);
    });
  }

  /** Whether argument {@code index} occurs. */
  default boolean uses(int index) { return Dag.parts(this).contains(arg(index)); }

  /** 1 + the highest argument that occurs. */
  default int arity() {
    int arity = 0;
    for (Scalar part : Dag.parts(this)) {
      if (part instanceof Arg(int index)) arity = Math.max(arity, index + 1);
    }
    return arity;
  }

  /** This formula with {@code args[i]} for argument {@code i}. */
  default Scalar substitute(Scalar... args) {
    if (args.length < arity())
      throw new IllegalArgumentException(this + " needs " + arity() + " arguments, not " + Arrays.toString(args));
    return Dag.<Scalar>fold(this, (s, changed) -> s instanceof Arg(int index) ? args[index] : Dag.rebuild(s, changed));
  }

  /**
   * A formula that equals this one wherever this one is finite: numbers are computed, neutral and annihilating operands vanish, and a factor moves into
   * a selection that has a number, so that {@code g * select(x > 0, 1, 0)} is {@code select(x > 0, g, 0)} and never ∞ · 0.
   */
  default Scalar simplify() { return Simplifier.simplify(this); }

  /**
   * ∂this/∂argument {@code index}, simplified. Where there is none, PyTorch's choice: 0 for steps and for |x| at 0, one half for each of two equal
   * extrema, 0 for x⁰ at 0.
   *
   * @throws UnsupportedOperationException if the formula has a function without a derivative here
   */
  default Scalar derivative(int index) { return Derivative.of(this, index); }
}
