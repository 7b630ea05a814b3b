package dev.flambeau.kernel;

import static dev.flambeau.kernel.Code.Kind.F32;
import static dev.flambeau.kernel.Code.Kind.TRUTH;

import dev.flambeau.array.ElementType;
import dev.flambeau.kernel.Code.Kind;
import dev.flambeau.kernel.Code.Op;
import dev.flambeau.kernel.Code.Value;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;
import java.util.function.IntConsumer;

/** Emits {@link Code} as bytecode for one element. A value that is used twice lives in a local variable, one used once on the stack. */
final class ScalarEmitter {
  static final ClassDesc MATH = ClassDesc.of("java.lang.Math");
  private static final ClassDesc FLOAT = ClassDesc.of("java.lang.Float");
  private static final ClassDesc DOUBLE = ClassDesc.of("java.lang.Double");
  private static final MethodTypeDesc FLOAT_TO_BITS = MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_float);
  private static final MethodTypeDesc BITS_TO_FLOAT = MethodTypeDesc.of(ConstantDescs.CD_float, ConstantDescs.CD_int);
  private static final MethodTypeDesc DOUBLE_TO_BITS =
      MethodTypeDesc.of(ConstantDescs.CD_long, ConstantDescs.CD_double);
  private static final MethodTypeDesc BITS_TO_DOUBLE =
      MethodTypeDesc.of(ConstantDescs.CD_double, ConstantDescs.CD_long);

  private final CodeBuilder cb;
  private final Code code;
  private final IntConsumer loadInput;
  private final int[] uses;
  private final int[] locals;

  /**
   * @param loadInput pushes an input's element, of the code's compute kind
   */
  ScalarEmitter(CodeBuilder cb, Code code, IntConsumer loadInput) {
    this.cb = cb;
    this.code = code;
    this.loadInput = loadInput;
    this.uses = code.uses();
    this.locals = new int[code.size()];
    Arrays.fill(locals, -1);
  }

  /** Pushes the code's result. */
  void emitResult() {
    emitShared();
    push(code.result());
  }

  /** Computes all results before the first can be written; returns their local variables. */
  int[] emitResults() {
    emitShared();
    int[] results = code.results().clone();
    for (int k = 0; k < results.length; k++) {
      TypeKind type = typeKind(code.kind(results[k]));
      push(results[k]);
      results[k] = cb.allocateLocal(type);
      cb.storeLocal(type, results[k]);
    }
    return results;
  }

  private void emitShared() {
    for (int v = 0; v < code.size(); v++) {
      if (uses[v] < 2 || code.value(v).op() == Op.CONSTANT) continue;
      compute(v);
      locals[v] = cb.allocateLocal(typeKind(code.kind(v)));
      cb.storeLocal(typeKind(code.kind(v)), locals[v]);
    }
  }

  private void push(int v) {
    if (locals[v] >= 0) cb.loadLocal(typeKind(code.kind(v)), locals[v]);
    else compute(v);
  }

  private void compute(int number) {
    Value v = code.value(number);
    Kind kind = v.kind();
    switch (v.op()) {
      case INPUT -> loadInput.accept((int) v.bits());
      case CONSTANT -> constant(v);
      case ADD -> arithmetic(v, Opcode.FADD, Opcode.DADD, Opcode.IADD, Opcode.LADD);
      case SUB -> arithmetic(v, Opcode.FSUB, Opcode.DSUB, Opcode.ISUB, Opcode.LSUB);
      case MUL -> arithmetic(v, Opcode.FMUL, Opcode.DMUL, Opcode.IMUL, Opcode.LMUL);
      case DIV -> arithmetic(v, Opcode.FDIV, Opcode.DDIV, Opcode.IDIV, Opcode.LDIV);
      case REMAINDER -> arithmetic(v, Opcode.FREM, Opcode.DREM, Opcode.IREM, Opcode.LREM);
      case NEG -> arithmetic(v, Opcode.FNEG, Opcode.DNEG, Opcode.INEG, Opcode.LNEG);
      case AND -> arithmetic(v, Opcode.NOP, Opcode.NOP, Opcode.IAND, Opcode.LAND);
      case OR -> arithmetic(v, Opcode.NOP, Opcode.NOP, Opcode.IOR, Opcode.LOR);
      case XOR -> arithmetic(v, Opcode.NOP, Opcode.NOP, Opcode.IXOR, Opcode.LXOR);
      case SHL -> arithmetic(v, Opcode.NOP, Opcode.NOP, Opcode.ISHL, Opcode.LSHL);
      case SHR -> arithmetic(v, Opcode.NOP, Opcode.NOP, Opcode.ISHR, Opcode.LSHR);
      case ABS -> math(v, "abs");
      case MIN -> math(v, "min");
      case MAX -> math(v, "max");
      case FMA -> math(v, "fma");
      case SQRT -> throughDouble(v, "sqrt");
      case FLOOR -> throughDouble(v, "floor");
      case CEIL -> throughDouble(v, "ceil");
      case RINT -> throughDouble(v, "rint");
      case LT, LE, GT, GE, EQ, NE -> {
        Label otherwise = cb.newLabel();
        Label end = cb.newLabel();
        branchUnless(v, otherwise);
        cb.iconst_1().goto_(end).labelBinding(otherwise).iconst_0().labelBinding(end);
      }
      case SELECT -> select(v);
      case CAST -> {
        push(v.a());
        convert(cb, code.kind(v.a()), kind);
      }
      case BITS -> {
        push(v.a());
        if (kind == F32) cb.invokestatic(FLOAT, "intBitsToFloat", BITS_TO_FLOAT);
        else cb.invokestatic(FLOAT, "floatToRawIntBits", FLOAT_TO_BITS);
      }
      case CALL -> {
        Call call = Call.values()[(int) v.bits()];
        invoke(ClassDesc.of(call.owner), call.method, v);
      }
    }
  }

  private void constant(Value v) {
    switch (v.kind()) {
      case F32 -> cb.loadConstant((float) Double.longBitsToDouble(v.bits()));
      case F64 -> cb.loadConstant(Double.longBitsToDouble(v.bits()));
      case I32, TRUTH -> cb.loadConstant((int) v.bits());
      case I64 -> cb.loadConstant(v.bits());
    }
  }

  private void operands(Value v) {
    push(v.a());
    if (v.b() >= 0) push(v.b());
    if (v.c() >= 0) push(v.c());
  }

  private void arithmetic(Value v, Opcode f32, Opcode f64, Opcode i32, Opcode i64) {
    operands(v);
    Opcode opcode = switch (v.kind()) {
      case F32 -> f32;
      case F64 -> f64;
      case I32, TRUTH -> i32;
      case I64 -> i64;
    };
    cb.with(java.lang.classfile.instruction.OperatorInstruction.of(opcode));
  }

  private void math(Value v, String method) { invoke(MATH, method, v); }

  private void invoke(ClassDesc owner, String method, Value v) {
    operands(v);
    ClassDesc type = typeKind(v.kind()).upperBound();
    ClassDesc[] parameters = new ClassDesc[v.c() >= 0 ? 3 : v.b() >= 0 ? 2 : 1];
    Arrays.fill(parameters, type);
    cb.invokestatic(owner, method, MethodTypeDesc.of(type, parameters));
  }

  /** A function that {@link Math} has for doubles only, whose double result rounds to the right float. */
  private void throughDouble(Value v, String method) {
    push(v.a());
    convert(cb, v.kind(), Kind.F64);
    cb.invokestatic(MATH, method, MethodTypeDesc.of(ConstantDescs.CD_double, ConstantDescs.CD_double));
    convert(cb, Kind.F64, v.kind());
  }

  /**
   * Both alternatives are computed, then one is taken. Real numbers are chosen by their bits: C2 makes a conditional move of that, but a branch, often
   * mispredicted, of a choice between real numbers.
   */
  private void select(Value v) {
    TypeKind moved = switch (v.kind()) {
      case F32, I32, TRUTH -> TypeKind.INT;
      case F64, I64 -> TypeKind.LONG;
    };
    int then = movedLocal(v.b(), moved);
    int otherwise = movedLocal(v.c(), moved);
    Label no = cb.newLabel();
    Label end = cb.newLabel();
    Value condition = code.value(v.a());
    if (locals[v.a()] < 0 && condition.op().compareTo(Op.LT) >= 0 && condition.op().compareTo(Op.NE) <= 0) {
      branchUnless(condition, no);
    } else {
      push(v.a());
      cb.ifeq(no);
    }
    cb.loadLocal(moved, then).goto_(end).labelBinding(no).loadLocal(moved, otherwise).labelBinding(end);
    if (v.kind() == F32) cb.invokestatic(FLOAT, "intBitsToFloat", BITS_TO_FLOAT);
    if (v.kind() == Kind.F64) cb.invokestatic(DOUBLE, "longBitsToDouble", BITS_TO_DOUBLE);
  }

  private int movedLocal(int value, TypeKind moved) {
    push(value);
    if (code.kind(value) == F32) cb.invokestatic(FLOAT, "floatToRawIntBits", FLOAT_TO_BITS);
    if (code.kind(value) == Kind.F64) cb.invokestatic(DOUBLE, "doubleToRawLongBits", DOUBLE_TO_BITS);
    int local = cb.allocateLocal(moved);
    cb.storeLocal(moved, local);
    return local;
  }

  /** Compares; jumps if it does not hold. With NaN only NE holds. */
  private void branchUnless(Value v, Label target) {
    push(v.a());
    push(v.b());
    boolean greaterIfNan = v.op() == Op.LT || v.op() == Op.LE;
    Kind kind = code.kind(v.a());
    switch (kind) {
      case F32 -> {
        if (greaterIfNan) cb.fcmpg();
        else cb.fcmpl();
      }
      case F64 -> {
        if (greaterIfNan) cb.dcmpg();
        else cb.dcmpl();
      }
      case I64 -> cb.lcmp();
      case I32, TRUTH -> {
        switch (v.op()) {
          case LT -> cb.if_icmpge(target);
          case LE -> cb.if_icmpgt(target);
          case GT -> cb.if_icmple(target);
          case GE -> cb.if_icmplt(target);
          case EQ -> cb.if_icmpne(target);
          default -> cb.if_icmpeq(target);
        }
        return;
      }
    }
    switch (v.op()) {
      case LT -> cb.ifge(target);
      case LE -> cb.ifgt(target);
      case GT -> cb.ifle(target);
      case GE -> cb.iflt(target);
      case EQ -> cb.ifne(target);
      default -> cb.ifeq(target);
    }
  }

  static TypeKind typeKind(Kind kind) {
    return switch (kind) {
      case F32 -> TypeKind.FLOAT;
      case F64 -> TypeKind.DOUBLE;
      case I32, TRUTH -> TypeKind.INT;
      case I64 -> TypeKind.LONG;
    };
  }

  /** Turns the number on the stack into another kind. */
  static void convert(CodeBuilder cb, Kind from, Kind to) {
    if (to == TRUTH) toTruth(cb, from);
    else cb.conversion(typeKind(from), typeKind(to));
  }

  private static void toTruth(CodeBuilder cb, Kind from) {
    if (from == TRUTH) return;
    Label zero = cb.newLabel();
    Label end = cb.newLabel();
    switch (from) {
      case F32 -> cb.fconst_0().fcmpl();
      case F64 -> cb.dconst_0().dcmpl();
      case I64 -> cb.lconst_0().lcmp();
      default -> {}
    }
    cb.ifeq(zero).iconst_1().goto_(end).labelBinding(zero).iconst_0().labelBinding(end);
  }

  /** Reads an element of {@code type}; array and index are on the stack. Pushes a number of the type's kind. */
  static void loadElement(CodeBuilder cb, ElementType type) {
    switch (type) {
      case FLOAT32 -> cb.faload();
      case FLOAT64 -> cb.daload();
      case INT64 -> cb.laload();
      case INT32 -> cb.iaload();
      case UINT8 -> cb.baload().sipush(255).iand();
      case BOOL -> cb.baload();
    }
  }

  /** Writes the number of kind {@code kind} on the stack to the array and index below it, as an element of {@code type}. */
  static void storeElement(CodeBuilder cb, Kind kind, ElementType type) {
    switch (type) {
      case FLOAT32 -> {
        convert(cb, kind, F32);
        cb.fastore();
      }
      case FLOAT64 -> {
        convert(cb, kind, Kind.F64);
        cb.dastore();
      }
      case INT64 -> {
        convert(cb, kind, Kind.I64);
        cb.lastore();
      }
      case INT32 -> {
        convert(cb, kind, Kind.I32);
        cb.iastore();
      }
      case UINT8 -> {
        if (kind == F32 || kind == Kind.F64) convert(cb, kind, Kind.I64);
        convert(cb, kind == F32 || kind == Kind.F64 ? Kind.I64 : kind, Kind.I32);
        cb.bastore();
      }
      case BOOL -> {
        convert(cb, kind, TRUTH);
        cb.bastore();
      }
    }
  }

  static ClassDesc arrayDesc(ElementType type) {
    return switch (type) {
      case FLOAT32 -> ConstantDescs.CD_float.arrayType();
      case FLOAT64 -> ConstantDescs.CD_double.arrayType();
      case INT64 -> ConstantDescs.CD_long.arrayType();
      case INT32 -> ConstantDescs.CD_int.arrayType();
      case UINT8, BOOL -> ConstantDescs.CD_byte.arrayType();
    };
  }
}
