package dev.flambeau.kernel;

import dev.flambeau.kernel.Code.Kind;
import dev.flambeau.kernel.Code.Op;
import dev.flambeau.kernel.Code.Value;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Emits {@link Code} in single precision as calls of the Vector API, for one vector of elements at a time. The same operations in the same order as those
 * of {@link ScalarEmitter}, so every lane holds the same bits. All is straight-line code in one method, as vectors that cross a call are allocated.
 */
final class VectorEmitter {
  private static final String PACKAGE = "jdk.incubator.vector";
  private static final ClassDesc FLOATS = ClassDesc.of(PACKAGE, "FloatVector");
  private static final ClassDesc INTS = ClassDesc.of(PACKAGE, "IntVector");
  private static final ClassDesc VECTOR = ClassDesc.of(PACKAGE, "Vector");
  private static final ClassDesc MASK = ClassDesc.of(PACKAGE, "VectorMask");
  private static final ClassDesc SPECIES = ClassDesc.of(PACKAGE, "VectorSpecies");
  private static final ClassDesc OPERATORS = ClassDesc.of(PACKAGE, "VectorOperators");
  private static final ClassDesc BINARY = OPERATORS.nested("Binary");
  private static final ClassDesc COMPARISON = OPERATORS.nested("Comparison");
  private static final ClassDesc CONVERSION = OPERATORS.nested("Conversion");
  private static final ClassDesc FLOAT_ARRAY = ConstantDescs.CD_float.arrayType();
  private static final MethodTypeDesc FROM_ARRAY =
      MethodTypeDesc.of(FLOATS, SPECIES, FLOAT_ARRAY, ConstantDescs.CD_int);
  private static final MethodTypeDesc INTO_ARRAY =
      MethodTypeDesc.of(ConstantDescs.CD_void, FLOAT_ARRAY, ConstantDescs.CD_int);
  private static final MethodTypeDesc FLOAT_SPREAD = MethodTypeDesc.of(FLOATS, SPECIES, ConstantDescs.CD_float);
  private static final MethodTypeDesc INT_SPREAD = MethodTypeDesc.of(INTS, SPECIES, ConstantDescs.CD_int);
  private static final MethodTypeDesc COMPARE = MethodTypeDesc.of(MASK, COMPARISON, VECTOR);
  private static final MethodTypeDesc BLEND = MethodTypeDesc.of(FLOATS, VECTOR, MASK);
  private static final MethodTypeDesc MASK_MASK = MethodTypeDesc.of(MASK, MASK);
  private static final ClassDesc SHUFFLE = ClassDesc.of(PACKAGE, "VectorShuffle");
  private static final MethodTypeDesc IOTA = MethodTypeDesc.of(SHUFFLE, SPECIES, ConstantDescs.CD_int,
      ConstantDescs.CD_int, ConstantDescs.CD_boolean);
  private static final MethodTypeDesc SHIFT = MethodTypeDesc.of(INTS, BINARY, ConstantDescs.CD_int);

  private final CodeBuilder cb;
  private final Code code;
  private final int bits;
  private final int[] uses;
  private final int[] constants;

  VectorEmitter(CodeBuilder cb, Code code, int bits) {
    this.cb = cb;
    this.code = code;
    this.bits = bits;
    this.uses = code.uses();
    this.constants = new int[code.size()];
    Arrays.fill(constants, -1);
  }

  /** Whether every operation of {@code code} has a form for vectors. */
  static boolean supports(Code code) {
    int[] uses = code.uses();
    for (int i = 0; i < code.size(); i++) if (uses[i] > 0 && !supports(code, code.value(i))) return false;
    for (int result : code.results())
      if (code.kind(result) != Kind.F32 && code.kind(result) != Kind.TRUTH) return false;
    return true;
  }

  private static boolean supports(Code code, Value v) {
    boolean real = v.kind() == Kind.F32;
    boolean integer = v.kind() == Kind.I32;
    return switch (v.op()) {
      case INPUT, DIV, NEG, ABS, SQRT, MIN, MAX, FMA, SELECT -> real;
      case CONSTANT -> real || integer || v.kind() == Kind.TRUTH && v.bits() == 1;
      case ADD, SUB -> real || integer;
      case MUL -> real || integer;
      case AND, OR -> integer || v.kind() == Kind.TRUTH;
      case XOR -> v.kind() == Kind.TRUTH && code.value(v.b()).op() == Op.CONSTANT;
      case SHL, SHR -> integer && code.value(v.b()).op() == Op.CONSTANT;
      case LT, LE, GT, GE, EQ, NE -> code.kind(v.a()) == Kind.F32;
      case CAST -> real && (code.kind(v.a()) == Kind.I32 || code.kind(v.a()) == Kind.TRUTH);
      case BITS -> true;
      case FLOOR, CEIL, RINT, REMAINDER, CALL -> false;
    };
  }

  /** Whether C2 makes no vectors of the scalar form: it has choices, comparisons or bits. */
  static boolean isNeeded(Code code) {
    for (int i = 0; i < code.size(); i++) {
      switch (code.value(i).op()) {
        case SELECT, BITS, LT, LE, GT, GE, EQ, NE, SHL -> { return true; }
        default -> {}
      }
    }
    return false;
  }

  /** Puts the constants into locals, before the loop. */
  void emitConstants() {
    for (int v = 0; v < code.size(); v++) {
      Value value = code.value(v);
      if (uses[v] == 0 || value.op() != Op.CONSTANT || value.kind() == Kind.TRUTH) continue;
      if (value.kind() == Kind.F32) spread(() -> cb.loadConstant((float) Double.longBitsToDouble(value.bits())));
      else {
        species(INTS);
        cb.loadConstant((int) value.bits()).invokestatic(INTS, "broadcast", INT_SPREAD);
      }
      constants[v] = store();
    }
  }

  /** Pushes a vector of one float. */
  void spread(Runnable pushFloat) {
    species(FLOATS);
    pushFloat.run();
    cb.invokestatic(FLOATS, "broadcast", FLOAT_SPREAD);
  }

  private void species(ClassDesc vector) { cb.getstatic(vector, "SPECIES_" + bits, SPECIES); }

  private int store() {
    int local = cb.allocateLocal(TypeKind.REFERENCE);
    cb.astore(local);
    return local;
  }

  /** Pushes the vector of {@code lanes} elements at {@code array[index]}. */
  void load(int array, Runnable pushIndex, int lanes) {
    cb.getstatic(FLOATS, "SPECIES_" + lanes * Float.SIZE, SPECIES);
    cb.aload(array);
    pushIndex.run();
    cb.invokestatic(FLOATS, "fromArray", FROM_ARRAY);
  }

  /** Stores the vector on the stack. */
  void storeTo(int array, Runnable pushIndex) {
    cb.aload(array);
    pushIndex.run();
    cb.invokevirtual(FLOATS, "intoArray", INTO_ARRAY);
  }

  /** Gives a class the constants that {@link #turn} needs. */
  static void buildTurns(ClassBuilder cb, ClassDesc self, int bits) {
    for (int by = bits / Float.SIZE / 2; by > 0; by /= 2)
      cb.withField("TURN" + by, SHUFFLE, ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_FINAL);
    cb.withMethodBody(ConstantDescs.CLASS_INIT_NAME, ConstantDescs.MTD_void, ClassFile.ACC_STATIC, b -> {
      for (int by = bits / Float.SIZE / 2; by > 0; by /= 2) {
        b.getstatic(FLOATS, "SPECIES_" + bits, SPECIES).loadConstant(by).iconst_1().iconst_1();
        b.invokestatic(SHUFFLE, "iota", IOTA).putstatic(self, "TURN" + by, SHUFFLE);
      }
      b.return_();
    });
  }

  /** Turns the lanes of the vector on the stack by half the vector, or less. */
  void turn(ClassDesc self, int by) {
    cb.getstatic(self, "TURN" + by, SHUFFLE).invokevirtual(FLOATS, "rearrange", MethodTypeDesc.of(FLOATS, SHUFFLE));
  }

  /** Pushes the first lane of the vector on the stack. */
  void first() {
    cb.iconst_0().invokevirtual(FLOATS, "lane", MethodTypeDesc.of(ConstantDescs.CD_float, ConstantDescs.CD_int));
  }

  /** Combines the two vectors on the stack. */
  void combine(Reducer reducer) {
    String method = switch (reducer) {
      case SUM -> "add";
      case PROD -> "mul";
      case MIN -> "min";
      case MAX -> "max";
    };
    cb.invokevirtual(FLOATS, method, MethodTypeDesc.of(FLOATS, VECTOR));
  }

  /** Pushes the code's result for one vector; {@code loadInput} pushes an input's vector. */
  void emitResult(IntConsumer loadInput) { pushResult(code.result(), shared(loadInput), loadInput); }

  /** Computes all results before the first can be written; returns their local variables. */
  int[] emitResults(IntConsumer loadInput) {
    int[] locals = shared(loadInput);
    int[] results = code.results().clone();
    for (int k = 0; k < results.length; k++) {
      pushResult(results[k], locals, loadInput);
      results[k] = store();
    }
    return results;
  }

  private void pushResult(int v, int[] locals, IntConsumer loadInput) {
    push(v, locals, loadInput);
    if (code.kind(v) == Kind.TRUTH) zeroOrOne();
  }

  /** Computes what is used more than once; returns where each value is. */
  private int[] shared(IntConsumer loadInput) {
    int[] locals = constants.clone();
    for (int v = 0; v < code.size(); v++) {
      if (uses[v] < 2 || locals[v] >= 0 || code.value(v).op() == Op.CONSTANT) continue;
      compute(v, locals, loadInput);
      locals[v] = store();
    }
    return locals;
  }

  private void push(int v, int[] locals, IntConsumer loadInput) {
    if (locals[v] >= 0) cb.aload(locals[v]);
    else compute(v, locals, loadInput);
  }

  private void compute(int number, int[] locals, IntConsumer loadInput) {
    Value v = code.value(number);
    ClassDesc type = v.kind() == Kind.F32 ? FLOATS : INTS;
    switch (v.op()) {
      case INPUT -> {
        loadInput.accept((int) v.bits());
        return;
      }
      case SELECT -> {
        push(v.c(), locals, loadInput);
        push(v.b(), locals, loadInput);
        push(v.a(), locals, loadInput);
        cb.invokevirtual(FLOATS, "blend", BLEND);
        return;
      }
      case SHL, SHR -> {
        push(v.a(), locals, loadInput);
        cb.getstatic(OPERATORS, v.op() == Op.SHL ? "LSHL" : "ASHR", BINARY)
            .loadConstant((int) code.value(v.b()).bits());
        cb.invokevirtual(INTS, "lanewise", SHIFT);
        return;
      }
      case XOR -> {
        push(v.a(), locals, loadInput);
        cb.invokevirtual(MASK, "not", MethodTypeDesc.of(MASK));
        return;
      }
      case LT, LE, GT, GE, EQ, NE -> {
        push(v.a(), locals, loadInput);
        cb.getstatic(OPERATORS, v.op().name(), COMPARISON);
        push(v.b(), locals, loadInput);
        cb.invokevirtual(FLOATS, "compare", COMPARE);
        return;
      }
      default -> {
        push(v.a(), locals, loadInput);
        if (v.b() >= 0) push(v.b(), locals, loadInput);
        if (v.c() >= 0) push(v.c(), locals, loadInput);
      }
    }
    switch (v.op()) {
      case NEG, ABS, SQRT -> cb.invokevirtual(type, name(v), MethodTypeDesc.of(type));
      case ADD, SUB, MUL, DIV, MIN, MAX -> cb.invokevirtual(type, name(v), MethodTypeDesc.of(type, VECTOR));
      case AND, OR -> {
        if (v.kind() == Kind.TRUTH) cb.invokevirtual(MASK, name(v), MASK_MASK);
        else cb.invokevirtual(INTS, name(v), MethodTypeDesc.of(INTS, VECTOR));
      }
      case FMA -> cb.invokevirtual(FLOATS, "fma", MethodTypeDesc.of(FLOATS, VECTOR, VECTOR));
      case BITS -> {
        if (v.kind() == Kind.F32) cb.invokevirtual(INTS, "reinterpretAsFloats", MethodTypeDesc.of(FLOATS));
        else cb.invokevirtual(FLOATS, "reinterpretAsInts", MethodTypeDesc.of(INTS));
      }
      case CAST -> {
        if (code.kind(v.a()) == Kind.TRUTH) {
          zeroOrOne();
        } else {
          cb.getstatic(OPERATORS, "I2F", CONVERSION).iconst_0();
          cb.invokevirtual(INTS, "convert", MethodTypeDesc.of(VECTOR, CONVERSION, ConstantDescs.CD_int))
              .checkcast(FLOATS);
        }
      }
      default -> throw new IllegalArgumentException("no vectors for " + v);
    }
  }

  private static String name(Value v) { return v.op().name().toLowerCase(java.util.Locale.ROOT); }

  /** Turns the mask on the stack into numbers. */
  private void zeroOrOne() {
    int mask = store();
    spread(() -> cb.fconst_0());
    spread(() -> cb.fconst_1());
    cb.aload(mask).invokevirtual(FLOATS, "blend", BLEND);
  }
}
