package dev.flambeau.scalar;

import dev.flambeau.scalar.Scalar.Arg;
import dev.flambeau.scalar.Scalar.Binary;
import dev.flambeau.scalar.Scalar.Constant;
import dev.flambeau.scalar.Scalar.Select;
import dev.flambeau.scalar.Scalar.Unary;

/** Writes formulas the usual way, with as few parentheses as their meaning allows. */
final class Printer {
  /** Formulas of higher derivatives share parts; written out, they would grow without bound. */
  private static final int LIMIT = 4_000;
  private static final int SIGN = 8;

  private final StringBuilder out = new StringBuilder();

  private Printer() {}

  static String print(Scalar s) {
    var printer = new Printer();
    printer.write(s, 0);
    return printer.out.length() <= LIMIT ? printer.out.toString() : printer.out.substring(0, LIMIT) + "…";
  }

  private void write(Scalar s, int precedence) {
    if (out.length() > LIMIT) return;
    switch (s) {
      case Arg(int index) -> out.append('x').append(index);
      case Constant(double value) -> out.append(
          value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : Double.toString(value));
      case Unary(UnaryOp op, Scalar x) when op == UnaryOp.NEG -> {
        open(precedence > SIGN);
        out.append('-');
        write(x, SIGN);
        close(precedence > SIGN);
      }
      case Unary(UnaryOp op, Scalar x) -> call(op.toString(), x);
      case Binary(BinaryOp op, Scalar a, Scalar b) when op.precedence == BinaryOp.FUNCTION -> call(op.symbol, a, b);
      case Binary(BinaryOp op, Scalar a, Scalar b) -> {
        open(precedence > op.precedence);
        write(a, op.precedence);
        out.append(' ').append(op.symbol).append(' ');
        write(b, op.precedence + 1);
        close(precedence > op.precedence);
      }
      case Select(Scalar c, Scalar a, Scalar b) -> call("select", c, a, b);
    }
  }

  private void call(String name, Scalar... args) {
    out.append(name).append('(');
    for (int i = 0; i < args.length; i++) {
      if (i > 0) out.append(", ");
      write(args[i], 0);
    }
    out.append(')');
  }

  private void open(boolean needed) { if (needed) out.append('('); }

  private void close(boolean needed) { if (needed) out.append(')'); }
}
