package dev.flambeau.scalar;

import dev.flambeau.scalar.Scalar.Binary;
import dev.flambeau.scalar.Scalar.Constant;
import dev.flambeau.scalar.Scalar.Select;
import dev.flambeau.scalar.Scalar.Unary;
import org.jspecify.annotations.Nullable;

/** Rewrites formulas to cheaper ones that agree wherever the value is finite. */
final class Simplifier {
  private Simplifier() {}

  static Scalar simplify(Scalar formula) {
    return Dag.<Scalar>fold(formula, (s, simple) -> rewrite(Dag.rebuild(s, simple)));
  }

  /** A simpler form of {@code s}, whose parts are simple. */
  private static Scalar rewrite(Scalar s) {
    if (s instanceof Unary(UnaryOp op, Scalar x)) {
      if (x instanceof Constant(double c)) return Scalar.constant(op.apply(c));
      return op == UnaryOp.NEG ? neg(x) : s;
    }
    if (s instanceof Binary(BinaryOp op, Scalar a, Scalar b)) {
      if (a instanceof Constant(double c) && b instanceof Constant(double d)) return Scalar.constant(op.apply(c, d));
      return switch (op) {
        case ADD -> add(a, b);
        case SUB -> sub(a, b);
        case MUL -> mul(a, b);
        case DIV -> div(a, b);
        case POW -> pow(a, b);
        default -> s;
      };
    }
    if (s instanceof Select(Scalar condition, Scalar a, Scalar b)) {
      if (condition instanceof Constant(double c)) return c != 0 ? a : b;
      return a.equals(b) ? a : s;
    }
    return s;
  }

  private static Scalar add(Scalar a, Scalar b) {
    if (is(a, 0)) return b;
    if (is(b, 0)) return a;
    if (b instanceof Unary(UnaryOp op, Scalar x) && op == UnaryOp.NEG) return sub(a, x);
    if (a instanceof Unary(UnaryOp op, Scalar x) && op == UnaryOp.NEG) return sub(b, x);
    return a.add(b);
  }

  private static Scalar sub(Scalar a, Scalar b) {
    if (is(b, 0)) return a;
    if (is(a, 0)) return neg(b);
    return b instanceof Unary(UnaryOp op, Scalar x) && op == UnaryOp.NEG ? add(a, x) : a.sub(b);
  }

  private static Scalar neg(Scalar x) {
    if (x instanceof Constant(double c)) return Scalar.constant(-c);
    if (x instanceof Unary(UnaryOp op, Scalar y) && op == UnaryOp.NEG) return y;
    if (x instanceof Binary(BinaryOp op, Scalar a, Scalar b) && op == BinaryOp.SUB) return sub(b, a);
    if (x instanceof Select(Scalar c, Scalar a, Scalar b) && oneIsConstant(a, b)) return select(c, neg(a), neg(b));
    return x.neg();
  }

  private static Scalar mul(Scalar a, Scalar b) {
    if (is(a, 0) || is(b, 0)) return Scalar.constant(0);
    if (b instanceof Constant(double c)) {
      if (c == 1) return a;
      if (c == -1) return neg(a);
      if (a instanceof Constant(double d)) return Scalar.constant(c * d);
      if (a instanceof Binary(BinaryOp op, Scalar x, Constant(double d)) && op == BinaryOp.MUL)
        return mul(x, Scalar.constant(c * d));
    } else if (a instanceof Constant) {
      return mul(b, a);
    }
    if (b instanceof Select(Scalar c, Scalar s, Scalar t) && oneIsConstant(s, t))
      return select(c, mul(a, s), mul(a, t));
    if (a instanceof Select(Scalar c, Scalar s, Scalar t) && oneIsConstant(s, t))
      return select(c, mul(s, b), mul(t, b));
    if (a instanceof Unary(UnaryOp op, Scalar x) && op == UnaryOp.NEG) return neg(mul(x, b));
    if (b instanceof Unary(UnaryOp op, Scalar x) && op == UnaryOp.NEG) return neg(mul(a, x));
    if (b instanceof Binary(BinaryOp op, Constant(double c), Scalar x) && op == BinaryOp.DIV && c == 1)
      return div(a, x);
    return a.mul(b);
  }

  private static Scalar div(Scalar a, Scalar b) {
    if (is(a, 0)) return a;
    if (is(b, 1)) return a;
    if (is(b, -1)) return neg(a);
    if (a instanceof Unary(UnaryOp op, Scalar x) && op == UnaryOp.NEG) return neg(div(x, b));
    return a.div(b);
  }

  private static Scalar pow(Scalar x, Scalar exponent) {
    Scalar common = exponent instanceof Constant(double e) ? commonPower(x, e) : null;
    return common != null ? common : x.pow(exponent);
  }

  /** x to the power of {@code e} without a power function, if {@code e} is one of the common exponents. */
  static @Nullable Scalar commonPower(Scalar x, double e) {
    if (e == 0) return Scalar.constant(1);
    if (e == 1) return x;
    if (e == 2) return x.square();
    if (e == 3) return x.square().mul(x);
    if (e == 4) return x.square().square();
    if (e == 0.5) return x.sqrt();
    if (e == -0.5) return x.rsqrt();
    if (e == -1) return x.reciprocal();
    if (e == -2) return x.square().reciprocal();
    return null;
  }

  private static Scalar select(Scalar condition, Scalar then, Scalar otherwise) {
    return rewrite(condition.select(then, otherwise));
  }

  private static boolean oneIsConstant(Scalar a, Scalar b) { return a instanceof Constant || b instanceof Constant; }

  private static boolean is(Scalar s, double value) { return s instanceof Constant(double c) && c == value; }
}
