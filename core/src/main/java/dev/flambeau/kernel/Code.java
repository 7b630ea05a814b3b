package dev.flambeau.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Straight-line code on typed values, what a formula is lowered to. Equal values are computed once. */
final class Code {

  /** What a value is while it is computed. */
  enum Kind { F32, F64, I32, I64, TRUTH }

  /** What computes a value. Operands of one operation are of one kind, unless it says otherwise. */
  enum Op {
    /** Operand {@code bits} of the loop. */
    INPUT,
    /** A number: {@code bits} are those of a {@code double} for real kinds. */
    CONSTANT,
    ADD, SUB, MUL, DIV, NEG, ABS, SQRT, MIN, MAX,
    /** a · b + c, rounded once. */
    FMA,
    FLOOR, CEIL, RINT,
    /** Truncated, as in Java. */
    REMAINDER,
    /** Bits of integers, or logic of truths. */
    AND, OR, XOR,
    /** Shifts by b bits, an I32. */
    SHL, SHR,
    LT, LE, GT, GE, EQ, NE,
    /** b where the truth a holds, else c. */
    SELECT,
    /** a as another kind. */
    CAST,
    /** The bits of a as an I32, or of the I32 a as an F32. */
    BITS,
    /** The function {@code bits} of {@link Call}. */
    CALL
  }

  /** One value; {@code a}, {@code b} and {@code c} number earlier ones, or are −1. */
  record Value(Op op, Kind kind, int a, int b, int c, long bits) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Value v && op == v.op && kind == v.kind && a == v.a && b == v.b && c == v.c
          && bits == v.bits;
    }

    @Override
    public int hashCode() {
      return ((((op.ordinal() * 31 + kind.ordinal()) * 31 + a) * 31 + b) * 31 + c) * 31 + Long.hashCode(bits);
    }
  }

  private final List<Value> values = new ArrayList<>();
  private final Map<Value, Integer> numbers = new HashMap<>();
  private int[] results = {};
  private boolean hasVectorForm;
  private boolean needsVectors;

  int add(Op op, Kind kind, int a, int b, int c, long bits) {
    Value value = new Value(op, kind, a, b, c, bits);
    Integer known = numbers.get(value);
    if (known != null) return known;
    values.add(value);
    numbers.put(value, values.size() - 1);
    return values.size() - 1;
  }

  int op(Op op, int a) { return add(op, kind(a), a, -1, -1, 0); }

  int op(Op op, int a, int b) { return add(op, kind(a), a, b, -1, 0); }

  int compare(Op op, int a, int b) { return add(op, Kind.TRUTH, a, b, -1, 0); }

  int fma(int a, int b, int c) { return add(Op.FMA, kind(a), a, b, c, 0); }

  int select(int condition, int a, int b) { return a == b ? a : add(Op.SELECT, kind(a), condition, a, b, 0); }

  int cast(int a, Kind kind) { return kind(a) == kind ? a : add(Op.CAST, kind, a, -1, -1, 0); }

  int bits(int a) { return add(Op.BITS, kind(a) == Kind.F32 ? Kind.I32 : Kind.F32, a, -1, -1, 0); }

  int constant(Kind kind, double value) {
    boolean real = kind == Kind.F32 || kind == Kind.F64;
    double rounded = kind == Kind.F32 ? (float) value : value;
    return add(Op.CONSTANT, kind, -1, -1, -1,
        real ? Double.doubleToRawLongBits(rounded) : kind == Kind.I32 ? (int) (long) value : (long) value);
  }

  int call(Call function, Kind kind, int a, int b) { return add(Op.CALL, kind, a, b, -1, function.ordinal()); }

  boolean has(Op op) {
    for (Value value : values) if (value.op == op) return true;
    return false;
  }

  /** Whether it uses operand {@code k} of the loop. */
  boolean reads(int k) {
    for (Value value : values) if (value.op == Op.INPUT && value.bits == k) return true;
    return false;
  }

  int size() { return values.size(); }

  Value value(int number) { return values.get(number); }

  Kind kind(int number) { return values.get(number).kind; }

  int result() { return results[0]; }

  int[] results() { return results; }

  /** Ends the code. */
  void finish(int... numbers) {
    results = numbers;
    hasVectorForm = VectorEmitter.supports(this);
    needsVectors = VectorEmitter.isNeeded(this);
  }

  /** Whether vectors can compute it. */
  boolean hasVectorForm() { return hasVectorForm; }

  /** Whether vectors must be asked for, as C2 finds none. */
  boolean needsVectors() { return needsVectors; }

  /** How often each value is an operand or a result. */
  int[] uses() {
    int[] uses = new int[values.size()];
    boolean[] needed = new boolean[values.size()];
    for (int result : results) {
      needed[result] = true;
      uses[result]++;
    }
    for (int i = values.size() - 1; i >= 0; i--) {
      if (!needed[i]) continue;
      Value v = values.get(i);
      for (int operand : new int[] {v.a, v.b, v.c}) {
        if (operand < 0) continue;
        needed[operand] = true;
        uses[operand]++;
      }
    }
    return uses;
  }
}
