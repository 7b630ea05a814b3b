package dev.flambeau.kernel;

import static dev.flambeau.kernel.Code.Kind.F32;
import static dev.flambeau.kernel.Code.Kind.F64;
import static dev.flambeau.kernel.Code.Kind.I32;
import static dev.flambeau.kernel.Code.Kind.I64;
import static dev.flambeau.kernel.Code.Kind.TRUTH;

import dev.flambeau.array.ElementType;
import dev.flambeau.kernel.Code.Kind;
import dev.flambeau.kernel.Code.Op;
import dev.flambeau.scalar.BinaryOp;
import dev.flambeau.scalar.Dag;
import dev.flambeau.scalar.Scalar;
import dev.flambeau.scalar.Scalar.Arg;
import dev.flambeau.scalar.Scalar.Binary;
import dev.flambeau.scalar.Scalar.Constant;
import dev.flambeau.scalar.Scalar.Select;
import dev.flambeau.scalar.Scalar.Unary;
import dev.flambeau.scalar.UnaryOp;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;

/** Turns a formula into straight-line code for one compute type. */
final class Lowering {
  private final Code code = new Code();
  private final ElementType type;
  private final Kind kind;
  private final FloatFunctions floats;
  private final Map<Scalar, Integer> values = new IdentityHashMap<>();

  private Lowering(ElementType type) {
    this.type = type;
    this.kind = kindOf(type);
    this.floats = new FloatFunctions(code);
  }

  /** The code of {@code body}, and of {@code more} results if there are, with all arithmetic in {@code type}. */
  static Code lower(Scalar body, ElementType type, Scalar... more) {
    var lowering = new Lowering(type);
    int[] results = new int[1 + more.length];
    for (int k = 0; k < results.length; k++) {
      Scalar formula = k == 0 ? body : more[k - 1];
      for (Scalar part : Dag.parts(formula))
        if (!lowering.values.containsKey(part)) lowering.values.put(part, lowering.lower(part));
      results[k] = lowering.value(formula);
    }
    lowering.code.finish(results);
    return lowering.code;
  }

  /** What elements of {@code type} are computed as. */
  static Kind kindOf(ElementType type) {
    return switch (type) {
      case FLOAT32 -> F32;
      case FLOAT64 -> F64;
      case INT64 -> I64;
      case INT32, UINT8, BOOL -> I32;
    };
  }

  private int lower(Scalar s) {
    if (s instanceof Arg(int index))
      return code.add(Op.INPUT, type == ElementType.BOOL ? TRUTH : kind, -1, -1, -1, index);
    if (s instanceof Constant(double value)) return constant(value);
    if (s instanceof Unary(UnaryOp op, Scalar x))
      return type.isFloating() ? realUnary(op, value(x)) : integerUnary(op, value(x));
    if (s instanceof Binary(BinaryOp op, Scalar a, Scalar b)) return binary(op, value(a), value(b));
    Select select = (Select) s;
    int then = value(select.then());
    int otherwise = value(select.otherwise());
    boolean mixed = code.kind(then) != code.kind(otherwise);
    return code.select(truth(value(select.condition())), mixed ? number(then) : then,
        mixed ? number(otherwise) : otherwise);
  }

  /** The number of the value that {@code s} was lowered to. */
  private int value(Scalar s) { return Objects.requireNonNull(values.get(s)); }

  private int number(int value) { return code.cast(value, kind); }

  private int truth(int value) {
    return code.kind(value) == TRUTH ? value : code.compare(Op.NE, value, code.constant(kind, 0));
  }

  private int not(int truth) { return code.op(Op.XOR, truth, code.constant(TRUTH, 1)); }

  private int constant(double value) { return code.constant(kind, value); }

  private int realUnary(UnaryOp op, int operand) {
    if (op == UnaryOp.NOT) return not(truth(operand));
    int x = number(operand);
    return switch (op) {
      case NEG -> code.op(Op.NEG, x);
      case ABS -> code.op(Op.ABS, x);
      case SIGN -> code.select(code.compare(Op.GT, x, constant(0)), constant(1),
          code.select(code.compare(Op.LT, x, constant(0)), constant(-1), constant(0)));
      case SQRT -> code.op(Op.SQRT, x);
      case FLOOR -> code.op(Op.FLOOR, x);
      case CEIL -> code.op(Op.CEIL, x);
      case ROUND -> code.op(Op.RINT, x);
      case TRUNC -> code.select(code.compare(Op.LT, x, constant(0)), code.op(Op.CEIL, x), code.op(Op.FLOOR, x));
      case IS_NAN -> code.compare(Op.NE, x, x);
      case IS_INF -> code.compare(Op.EQ, code.op(Op.ABS, x), constant(Double.POSITIVE_INFINITY));
      case EXP -> kind == F32 ? floats.exp(x) : call(Call.EXP, x);
      case EXPM1 -> kind == F32 ? floats.expm1(x) : call(Call.EXPM1, x);
      case EXP2 -> call(Call.EXP2, x);
      case LOG -> kind == F32 ? floats.log(x) : call(Call.LOG, x);
      case LOG2 -> call(Call.LOG2, x);
      case LOG10 -> call(Call.LOG10, x);
      case LOG1P -> kind == F32 ? floats.log1p(x) : call(Call.LOG1P, x);
      case SIN -> call(Call.SIN, x);
      case COS -> call(Call.COS, x);
      case TAN -> call(Call.TAN, x);
      case ASIN -> call(Call.ASIN, x);
      case ACOS -> call(Call.ACOS, x);
      case ATAN -> call(Call.ATAN, x);
      case SINH -> call(Call.SINH, x);
      case COSH -> call(Call.COSH, x);
      case TANH -> kind == F32 ? floats.tanh(x) : call(Call.TANH, x);
      case ASINH -> call(Call.ASINH, x);
      case ACOSH -> call(Call.ACOSH, x);
      case ATANH -> call(Call.ATANH, x);
      case ERF -> kind == F32 ? floats.erf(x) : call(Call.ERF, x);
      case ERFC -> call(Call.ERFC, x);
      case ERFINV -> call(Call.ERFINV, x);
      case LGAMMA -> call(Call.LGAMMA, x);
      case DIGAMMA -> call(Call.DIGAMMA, x);
      case SIGMOID -> kind == F32 ? floats.sigmoid(x) : call(Call.SIGMOID, x);
      case NOT, BIT_NOT -> throw integersOnly(op);
    };
  }

  private int integerUnary(UnaryOp op, int operand) {
    if (op == UnaryOp.NOT) return not(truth(operand));
    int x = number(operand);
    return switch (op) {
      case NEG -> code.op(Op.NEG, x);
      case ABS -> code.op(Op.ABS, x);
      case SIGN -> code.select(code.compare(Op.GT, x, constant(0)), constant(1),
          code.select(code.compare(Op.LT, x, constant(0)), constant(-1), constant(0)));
      case FLOOR, CEIL, ROUND, TRUNC -> x;
      case BIT_NOT -> code.op(Op.XOR, x, constant(type == ElementType.BOOL ? 1 : -1));
      case IS_NAN, IS_INF -> code.compare(Op.NE, x, x);
      default -> throw new IllegalArgumentException(
          op + " is a function of real numbers; compute it in a floating-point type, not in " + type);
    };
  }

  private int binary(BinaryOp op, int left, int right) {
    if (op == BinaryOp.AND) return code.op(Op.AND, truth(left), truth(right));
    if (op == BinaryOp.OR) return code.op(Op.OR, truth(left), truth(right));
    if (op == BinaryOp.NE && type == ElementType.BOOL) return code.op(Op.XOR, truth(left), truth(right));
    int a = number(left);
    int b = number(right);
    boolean real = type.isFloating();
    return switch (op) {
      case ADD -> code.op(Op.ADD, a, b);
      case SUB -> code.op(Op.SUB, a, b);
      case MUL -> code.op(Op.MUL, a, b);
      case DIV -> code.op(Op.DIV, a, b);
      case MIN -> code.op(Op.MIN, a, b);
      case MAX -> code.op(Op.MAX, a, b);
      case POW -> real ? call(Call.POW, a, b) : code.call(Call.INTEGER_POW, kind, a, b);
      case ATAN2, POLYGAMMA -> {
        if (!real) throw new IllegalArgumentException(
            op + " is a function of real numbers; compute it in a floating-point type, not in " + type);
        yield call(op == BinaryOp.ATAN2 ? Call.ATAN2 : Call.POLYGAMMA, a, b);
      }
      case REM -> real ? call(Call.REM, a, b) : code.call(Call.FLOOR_MOD, kind, a, b);
      case FLOOR_DIV -> real ? call(Call.REAL_FLOOR_DIV, a, b) : code.call(Call.FLOOR_DIV, kind, a, b);
      case FMOD -> code.op(Op.REMAINDER, a, b);
      case BIT_AND -> code.op(integerOp(op, Op.AND), a, b);
      case BIT_OR -> code.op(integerOp(op, Op.OR), a, b);
      case BIT_XOR -> code.op(integerOp(op, Op.XOR), a, b);
      case SHIFT_LEFT -> code.select(withinBits(b), code.op(integerOp(op, Op.SHL), a, code.cast(b, I32)), constant(0));
      case SHIFT_RIGHT ->
          code.op(integerOp(op, Op.SHR), a, code.cast(code.select(withinBits(b), b, constant(bits() - 1)), I32));
      case LT -> code.compare(Op.LT, a, b);
      case LE -> code.compare(Op.LE, a, b);
      case GT -> code.compare(Op.GT, a, b);
      case GE -> code.compare(Op.GE, a, b);
      case EQ -> code.compare(Op.EQ, a, b);
      case NE -> code.compare(Op.NE, a, b);
      case AND, OR -> throw new AssertionError(op);
    };
  }

  private int bits() { return kind == I64 ? 64 : 32; }

  private int withinBits(int shift) {
    return code.op(Op.AND, code.compare(Op.GE, shift, constant(0)), code.compare(Op.LT, shift, constant(bits())));
  }

  private Op integerOp(BinaryOp name, Op op) {
    if (type.isFloating()) throw integersOnly(name);
    return op;
  }

  private IllegalArgumentException integersOnly(Enum<?> op) {
    return new IllegalArgumentException(
        op + " works on the bits of integers; convert its operands to an integer type first, they are " + type);
  }

  /** A function of doubles; in single precision its result is rounded. */
  private int call(Call function, int a) { return code.cast(code.call(function, F64, code.cast(a, F64), -1), kind); }

  private int call(Call function, int a, int b) {
    return code.cast(code.call(function, F64, code.cast(a, F64), code.cast(b, F64)), kind);
  }
}
