package dev.flambeau.kernel;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import dev.flambeau.kernel.Code.Kind;
import dev.flambeau.kernel.Code.Op;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/**
 * Writes the bytecode that multiplies by a small matrix: straight-line code for one column of vectors, in a loop over
 * columns, and the same for one lane at a time, which gives the same bits while the vectors are not yet compiled.
 *
 * <p>Where two rows, or two columns, of the matrix differ only in signs, their common part is computed once.
 */
final class ConvTransformCompiler {
  private static final ClassDesc TRANSFORM = ClassDesc.of(ConvTransform.class.getName());
  private static final ClassDesc ARRAY = CD_float.arrayType();
  private static final int FROM = 1;
  private static final int AT = 2;
  private static final int STEP = 3;
  private static final int NEXT = 4;
  private static final int TO = 5;
  private static final int TO_AT = 6;
  private static final int TO_STEP = 7;
  private static final int TO_NEXT = 8;
  private static final int COUNT = 9;
  private static final int WARM_COLUMNS = 32;
  /** Compiled, a vector's operation takes a nanosecond at most. */
  private static final int COMPILED_NANOS = 6;

  private final Code code;
  private final int inputs;
  private final int lanes;

  private ConvTransformCompiler(Code code, int inputs, int lanes) {
    this.code = code;
    this.inputs = inputs;
    this.lanes = lanes;
  }

  /** The product with {@code matrix} for vectors of {@code lanes} floats. */
  static ConvTransform compile(double[][] matrix, int lanes) {
    int inputs = matrix[0].length;
    var compiler = new ConvTransformCompiler(code(matrix), inputs, lanes);
    ConvTransform vectors = compiler.make(true);
    ConvTransform scalars = compiler.make(false);
    float[] from = new float[inputs * WARM_COLUMNS * lanes];
    float[] to = new float[matrix.length * WARM_COLUMNS * lanes];
    int apart = WARM_COLUMNS * lanes;
    WarmUp warmUp = WarmUp.of(() -> vectors.run(from, 0, apart, lanes, to, 0, apart, lanes, WARM_COLUMNS),
        (long) WARM_COLUMNS * (compiler.code.size() + matrix.length) * COMPILED_NANOS);
    return (x, at, step, next, y, toAt, toStep, toNext, count) -> (warmUp.isDone() ? vectors : scalars)
        .run(x, at, step, next, y, toAt, toStep, toNext, count);
  }

  /** Straight-line code for the elements of one column. */
  static Code code(double[][] matrix) {
    Code code = new Code();
    int inputs = matrix[0].length;
    int[] same = new int[inputs];
    int[] opposite = new int[inputs];
    for (int j = 0; j < inputs; j++) same[j] = opposite[j] = code.add(Op.INPUT, Kind.F32, -1, -1, -1, j);
    boolean[] merged = new boolean[inputs];
    for (int j = 0; j + 1 < inputs; j++) {
      if (merged[j] || !columnsDifferInSigns(matrix, j)) continue;
      int first = same[j];
      int second = same[j + 1];
      same[j] = code.op(Op.ADD, first, second);
      opposite[j] = code.op(Op.SUB, first, second);
      merged[j + 1] = true;
    }
    int[] results = new int[matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      double[] row = matrix[i];
      double[] next = i + 1 < matrix.length ? matrix[i + 1] : row;
      int[] values = new int[inputs];
      double[] whole = new double[inputs];
      double[] equal = new double[inputs];
      double[] negated = new double[inputs];
      boolean pair = i + 1 < matrix.length;
      for (int j = 0; j < inputs; j++) {
        values[j] = j + 1 < inputs && merged[j + 1] && row[j] != row[j + 1] ? opposite[j] : same[j];
        if (merged[j]) continue;
        whole[j] = row[j];
        if (row[j] == next[j]) equal[j] = row[j];
        else if (row[j] == -next[j]) negated[j] = row[j];
        else pair = false;
      }
      if (pair && count(equal) > 0 && count(negated) > 0 && count(whole) > 2) {
        int even = sum(code, equal, values);
        int odd = sum(code, negated, values);
        results[i] = code.op(Op.ADD, even, odd);
        results[++i] = code.op(Op.SUB, even, odd);
      } else {
        results[i] = sum(code, whole, values);
      }
    }
    code.finish(results);
    return code;
  }

  private static boolean columnsDifferInSigns(double[][] matrix, int j) {
    int both = 0;
    for (double[] row : matrix) {
      if (Math.abs(row[j]) != Math.abs(row[j + 1])) return false;
      if (row[j] != 0) both++;
    }
    return both > 1;
  }

  private static int count(double[] factors) {
    int count = 0;
    for (double factor : factors) if (factor != 0) count++;
    return count;
  }

  /** Σ factors · values, beginning with a factor of one if there is one. */
  private static int sum(Code code, double[] factors, int[] values) {
    int first = 0;
    while (first < factors.length && factors[first] != 1) first++;
    if (first == factors.length) for (first = 0; factors[first] == 0; first++) {}
    int sum = times(code, factors[first], values[first]);
    for (int j = 0; j < factors.length; j++) {
      if (j == first || factors[j] == 0) continue;
      if (factors[j] == 1) sum = code.op(Op.ADD, sum, values[j]);
      else if (factors[j] == -1) sum = code.op(Op.SUB, sum, values[j]);
      else sum = code.fma(code.constant(Kind.F32, factors[j]), values[j], sum);
    }
    return sum;
  }

  private static int times(Code code, double factor, int value) {
    return factor == 1 ? value : code.op(Op.MUL, code.constant(Kind.F32, factor), value);
  }

  private ConvTransform make(boolean vectors) {
    MethodTypeDesc run = MethodTypeDesc.of(CD_void, ARRAY, CD_int, CD_int, CD_int, ARRAY, CD_int, CD_int, CD_int,
        CD_int);
    byte[] bytes = ClassFile.of().build(ClassDesc.of(ConvTransform.class.getName() + (vectors ? "Vectors" : "Scalars")),
        type -> type
            .withFlags(ClassFile.ACC_FINAL)
            .withInterfaceSymbols(TRANSFORM)
            .withMethodBody(INIT_NAME, MTD_void, 0,
                cb -> cb.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void).return_())
            .withMethodBody("run", run, ClassFile.ACC_PUBLIC, cb -> run(cb, vectors)));
    try {
      return (ConvTransform) MethodHandles.lookup().defineHiddenClass(bytes, true).lookupClass()
          .getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the generated transformation was refused", e);
    }
  }

  private void run(CodeBuilder cb, boolean vectors) {
    int[] in = multiples(cb, STEP, inputs);
    int[] out = multiples(cb, TO_STEP, code.results().length);
    int lane = cb.allocateLocal(TypeKind.INT);
    VectorEmitter vector = new VectorEmitter(cb, code, lanes * Float.SIZE);
    if (vectors) vector.emitConstants();
    Label end = cb.newLabel();
    Label loop = cb.newBoundLabel();
    cb.iload(COUNT).ifle(end);
    if (vectors) {
      IntConsumer load = j -> vector.load(FROM, () -> cb.iload(AT).iload(in[j]).iadd(), lanes);
      int[] results = vector.emitResults(load);
      for (int i = 0; i < results.length; i++) {
        int offset = out[i];
        cb.aload(results[i]);
        vector.storeTo(TO, () -> cb.iload(TO_AT).iload(offset).iadd());
      }
    } else {
      cb.iconst_0().istore(lane);
      Label next = cb.newBoundLabel();
      IntFunction<CodeBuilder> place = offset -> cb.iload(offset).iadd().iload(lane).iadd();
      int[] results = new ScalarEmitter(cb, code, j -> {
        cb.aload(FROM).iload(AT);
        place.apply(in[j]).faload();
      }).emitResults();
      for (int i = 0; i < results.length; i++) {
        cb.aload(TO).iload(TO_AT);
        place.apply(out[i]).fload(results[i]).fastore();
      }
      cb.iinc(lane, 1).iload(lane).loadConstant(lanes).if_icmplt(next);
    }
    cb.iload(AT).iload(NEXT).iadd().istore(AT);
    cb.iload(TO_AT).iload(TO_NEXT).iadd().istore(TO_AT);
    cb.iinc(COUNT, -1).goto_(loop);
    cb.labelBinding(end).return_();
  }

  /** Locals with 0, 1, 2 and so on times the step. */
  private static int[] multiples(CodeBuilder cb, int step, int count) {
    int[] locals = new int[count];
    for (int i = 0; i < count; i++) {
      locals[i] = cb.allocateLocal(TypeKind.INT);
      cb.iload(step).loadConstant(i).imul().istore(locals[i]);
    }
    return locals;
  }
}
