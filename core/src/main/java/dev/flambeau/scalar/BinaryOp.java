package dev.flambeau.scalar;

/** A function of two scalars. */
public enum BinaryOp {
  ADD("+", 6), SUB("-", 6), MUL("*", 7), DIV("/", 7),
  POW("pow"), ATAN2("atan2"), MIN("min"), MAX("max"), REM("rem"), FMOD("fmod"), FLOOR_DIV("floordiv"),
  POLYGAMMA("polygamma"),
  BIT_AND("&", 4), BIT_OR("|", 2), BIT_XOR("^", 3), SHIFT_LEFT("<<", 5), SHIFT_RIGHT(">>", 5),
  LT("<", 1), LE("<=", 1), GT(">", 1), GE(">=", 1), EQ("==", 1), NE("!=", 1),
  AND("and", 0), OR("or", 0);

  /** How it is printed: between its operands, or, with {@link #FUNCTION}, as a function's name. */
  final String symbol;
  /** How tightly it binds. */
  final int precedence;

  static final int FUNCTION = 9;

  BinaryOp(String symbol) { this(symbol, FUNCTION); }

  BinaryOp(String symbol, int precedence) {
    this.symbol = symbol;
    this.precedence = precedence;
  }

  /** Whether the value is 0 or 1 by nature. */
  public boolean isLogical() {
    return switch (this) {
      case LT, LE, GT, GE, EQ, NE, AND, OR -> true;
      default -> false;
    };
  }

  /** The value at {@code a}, {@code b}. Bits are those of the operands truncated to {@code long}. */
  public double apply(double a, double b) {
    return switch (this) {
      case ADD -> a + b;
      case SUB -> a - b;
      case MUL -> a * b;
      case DIV -> a / b;
      case POW -> SpecialFunctions.pow(a, b);
      case ATAN2 -> Math.atan2(a, b);
      case MIN -> Math.min(a, b);
      case MAX -> Math.max(a, b);
      case REM -> SpecialFunctions.remainder(a, b);
      case FMOD -> a % b;
      case FLOOR_DIV -> SpecialFunctions.floorDiv(a, b);
      case POLYGAMMA -> SpecialFunctions.polygamma(a, b);
      case BIT_AND -> (long) a & (long) b;
      case BIT_OR -> (long) a | (long) b;
      case BIT_XOR -> (long) a ^ (long) b;
      case SHIFT_LEFT -> (long) a << (long) b;
      case SHIFT_RIGHT -> (long) a >> (long) b;
      case LT -> a < b ? 1 : 0;
      case LE -> a <= b ? 1 : 0;
      case GT -> a > b ? 1 : 0;
      case GE -> a >= b ? 1 : 0;
      case EQ -> a == b ? 1 : 0;
      case NE -> a != b ? 1 : 0;
      case AND -> a != 0 && b != 0 ? 1 : 0;
      case OR -> a != 0 || b != 0 ? 1 : 0;
    };
  }

  @Override
  public String toString() { return symbol; }
}
