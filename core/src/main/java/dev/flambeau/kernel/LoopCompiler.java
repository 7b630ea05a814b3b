package dev.flambeau.kernel;

import dev.flambeau.array.ElementType;
import dev.flambeau.kernel.Code.Kind;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.function.IntConsumer;

/**
 * Builds the class of a {@link Loop}: a static method {@code loop} over one row, with a Java array, an offset and a step for each operand, and the two
 * methods of {@code Loop}, which call it.
 *
 * <p>The row's loop runs an {@code int} from one bound to another by 1 and has no other way out, which is what C2 unrolls and turns into vectors.
 */
final class LoopCompiler {
  /** Accumulators of a reduction in lanes: as many as four of the widest vectors hold. */
  static final int LANES = 64;
  /** Elements that they take before they are added to a second set, lest errors grow. */
  private static final int CHUNK = 1024;

  private static final ClassDesc SUPER = ClassDesc.of("dev.flambeau.kernel.Loop");
  private static final ClassDesc SELF = ClassDesc.of("dev.flambeau.kernel.CompiledLoop");
  private static final ClassDesc NDARRAY = ClassDesc.of("dev.flambeau.array.NdArray");
  private static final ClassDesc INTS = ConstantDescs.CD_int.arrayType();
  private static final MethodTypeDesc DENSE =
      MethodTypeDesc.of(ConstantDescs.CD_void, NDARRAY, NDARRAY.arrayType(), ConstantDescs.CD_int,
          ConstantDescs.CD_int);
  private static final MethodTypeDesc ROWS =
      MethodTypeDesc.of(ConstantDescs.CD_void, NDARRAY, NDARRAY.arrayType(), INTS, INTS, INTS,
          ConstantDescs.CD_int, ConstantDescs.CD_int);
  private static final MethodTypeDesc DATA = MethodTypeDesc.of(ConstantDescs.CD_Object);
  private static final MethodTypeDesc OFFSET = MethodTypeDesc.of(ConstantDescs.CD_int);

  private final Code code;
  private final long key;
  private final int vectorBits;
  private final int operands;
  private final Kind kind;
  private final boolean aligned;

  private LoopCompiler(Code code, int arity, long key, int vectorBits) {
    this.code = code;
    this.key = key;
    this.vectorBits = vectorBits;
    this.operands = arity + 1;
    this.kind = Lowering.kindOf(LoopKey.compute(key));
    this.aligned = LoopKey.outLayout(key) == LoopKey.ALIGNED;
  }

  /** The loop of {@code code} in the variant {@code key}; vectors, if it has them, are so wide. */
  static Loop compile(Code code, int arity, long key, int vectorBits) {
    try {
      var lookup = MethodHandles.lookup().defineHiddenClass(bytes(code, arity, key, vectorBits), true);
      return (Loop) lookup.lookupClass().getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a compiled loop cannot be instantiated", e);
    }
  }

  /** The class file of a loop. */
  static byte[] bytes(Code code, int arity, long key, int vectorBits) {
    var compiler = new LoopCompiler(code, arity, key, vectorBits);
    return ClassFile.of().build(SELF, compiler::build);
  }

  private void build(ClassBuilder cb) {
    cb.withSuperclass(SUPER).withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
    cb.withMethodBody(ConstantDescs.INIT_NAME, ConstantDescs.MTD_void, 0,
        b -> b.aload(0).invokespecial(SUPER, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void).return_());
    if (LoopKey.purpose(key) == LoopKey.MAP && LoopKey.outLayout(key) != LoopKey.STRIDED)
      cb.withMethodBody("dense", DENSE, 0, this::dense);
    cb.withMethodBody("rows", ROWS, 0, this::rows);
    cb.withMethodBody("loop", loopType(), ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC, this::loop);
  }

  private ElementType type(int operand) {
    return operand == 0 ? LoopKey.outType(key) : LoopKey.inputType(key, operand - 1);
  }

  private int layout(int operand) {
    if (operand > 0) return LoopKey.inputLayout(key, operand - 1);
    return aligned ? LoopKey.DENSE : LoopKey.outLayout(key);
  }

  private MethodTypeDesc loopType() {
    ClassDesc[] parameters = new ClassDesc[3 * operands + 1];
    for (int k = 0; k < operands; k++) {
      parameters[3 * k] = ScalarEmitter.arrayDesc(type(k));
      parameters[3 * k + 1] = ConstantDescs.CD_int;
      parameters[3 * k + 2] = ConstantDescs.CD_int;
    }
    parameters[3 * operands] = ConstantDescs.CD_int;
    return MethodTypeDesc.of(ConstantDescs.CD_void, parameters);
  }

  private void dense(CodeBuilder cb) {
    for (int k = 0; k < operands; k++) {
      int array = cb.allocateLocal(TypeKind.REFERENCE);
      operand(cb, k);
      cb.dup().astore(array).invokevirtual(NDARRAY, "data", DATA).checkcast(ScalarEmitter.arrayDesc(type(k)));
      cb.aload(array).invokevirtual(NDARRAY, "offset", OFFSET);
      if (layout(k) != LoopKey.SINGLE) cb.iload(3).iadd();
      cb.iconst_1();
    }
    cb.iload(4).invokestatic(SELF, "loop", loopType()).return_();
  }

  private static void operand(CodeBuilder cb, int k) {
    if (k == 0) cb.aload(1);
    else cb.aload(2).loadConstant(k - 1).aaload();
  }

  private void rows(CodeBuilder cb) {
    int[] arrays = new int[operands];
    int[] positions = new int[operands];
    for (int k = 0; k < operands; k++) {
      arrays[k] = cb.allocateLocal(TypeKind.REFERENCE);
      positions[k] = cb.allocateLocal(TypeKind.INT);
      operand(cb, k);
      cb.invokevirtual(NDARRAY, "data", DATA).checkcast(ScalarEmitter.arrayDesc(type(k))).astore(arrays[k]);
      cb.aload(3).loadConstant(k).iaload().istore(positions[k]);
    }
    count(cb, () -> cb.iconst_0(), () -> cb.iload(6), row -> {
      for (int k = 0; k < operands; k++) cb.aload(arrays[k]).iload(positions[k]).aload(4).loadConstant(k).iaload();
      cb.iload(7).invokestatic(SELF, "loop", loopType());
      for (int k = 0; k < operands; k++) {
        cb.iload(positions[k]).aload(5).loadConstant(k).iaload().iadd().istore(positions[k]);
      }
    });
    cb.return_();
  }

  /** {@code for (int i = from; i < to; i++) body(i)}. */
  private static void count(CodeBuilder cb, Runnable from, Runnable to, IntConsumer body) {
    int end = cb.allocateLocal(TypeKind.INT);
    int i = cb.allocateLocal(TypeKind.INT);
    to.run();
    cb.istore(end);
    from.run();
    cb.istore(i);
    loopWhileBelow(cb, i, end, 1, body);
  }

  private static void loopWhileBelow(CodeBuilder cb, int i, int end, int step, IntConsumer body) {
    Label head = cb.newLabel();
    Label done = cb.newLabel();
    cb.labelBinding(head).iload(i).iload(end).if_icmpge(done);
    body.accept(i);
    if (step > 0) cb.iinc(i, step);
    cb.goto_(head).labelBinding(done);
  }

  // ---- the row: operand k has its array in slot 3k, its offset in 3k + 1, its step in 3k + 2; the count follows

  private void loop(CodeBuilder cb) {
    int[] singles = new int[operands];
    TypeKind stack = ScalarEmitter.typeKind(kind);
    for (int k = 1; k < operands; k++) {
      if (layout(k) != LoopKey.SINGLE) continue;
      cb.aload(3 * k).iload(3 * k + 1);
      load(cb, k);
      singles[k] = cb.allocateLocal(stack);
      cb.storeLocal(stack, singles[k]);
    }
    Reducer reducer = LoopKey.reducer(key);
    if (reducer == null) map(cb, singles);
    else if (LoopKey.isScan(key)) scan(cb, reducer, singles);
    else reduce(cb, reducer, singles);
    cb.return_();
  }

  private void map(CodeBuilder cb, int[] singles) {
    int end = cb.allocateLocal(TypeKind.INT);
    int i = cb.allocateLocal(TypeKind.INT);
    start(cb, i, end);
    if (LoopKey.hasVectors(key)) {
      VectorRow row = new VectorRow(cb, singles);
      int lanes = floatLanes();
      int last = cb.allocateLocal(TypeKind.INT);
      cb.iload(end).loadConstant(lanes - 1).isub().istore(last);
      loopWhileBelow(cb, i, last, lanes, _ -> {
        if (code.results().length == 1) {
          row.value(i, 0);
          row.emitter.storeTo(0, () -> index(cb, 0, i, 0));
          return;
        }
        int[] results = row.emitter.emitResults(row.loading(i, 0));
        for (int r = 0; r < results.length; r++) {
          int k = operandOf(r);
          cb.aload(results[r]);
          row.emitter.storeTo(3 * k, () -> index(cb, k, i, 0));
        }
      });
    }
    loopWhileBelow(cb, i, end, 1, _ -> {
      if (code.results().length > 1) {
        mapSeveral(cb, i, singles);
        return;
      }
      cb.aload(0);
      index(cb, 0, i, 0);
      Kind result = value(cb, i, 0, singles);
      ScalarEmitter.storeElement(cb, result, type(0));
    });
  }

  /** Result 0 goes to operand 0, which is also input 0; result k to input k. */
  private static int operandOf(int result) { return result == 0 ? 0 : result + 1; }

  private void mapSeveral(CodeBuilder cb, int i, int[] singles) {
    int[] results = emitter(cb, i, 0, singles).emitResults();
    for (int r = 0; r < results.length; r++) {
      int k = operandOf(r);
      Kind result = code.kind(code.results()[r]);
      cb.aload(3 * k);
      index(cb, k, i, 0);
      cb.loadLocal(ScalarEmitter.typeKind(result), results[r]);
      ScalarEmitter.storeElement(cb, result, type(k));
    }
  }

  private void scan(CodeBuilder cb, Reducer reducer, int[] singles) {
    int sum = accumulator(cb, reducer);
    int end = cb.allocateLocal(TypeKind.INT);
    int i = cb.allocateLocal(TypeKind.INT);
    start(cb, i, end);
    loopWhileBelow(cb, i, end, 1, _ -> {
      cb.aload(0);
      index(cb, 0, i, 0);
      accumulate(cb, reducer, sum, i, 0, singles);
      cb.loadLocal(ScalarEmitter.typeKind(kind), sum);
      ScalarEmitter.storeElement(cb, kind, type(0));
    });
  }

  /** The vector form of the formula over a row. */
  private final class VectorRow {
    final VectorEmitter emitter;
    private final CodeBuilder cb;
    private final int[] spread;

    VectorRow(CodeBuilder cb, int[] singles) {
      this.cb = cb;
      emitter = new VectorEmitter(cb, code, vectorBits);
      emitter.emitConstants();
      spread = new int[operands];
      for (int k = 1; k < operands; k++) {
        if (layout(k) != LoopKey.SINGLE) continue;
        int single = singles[k];
        emitter.spread(() -> cb.fload(single));
        spread[k] = cb.allocateLocal(TypeKind.REFERENCE);
        cb.astore(spread[k]);
      }
    }

    void value(int i, int ahead) { emitter.emitResult(loading(i, ahead)); }

    /** What pushes an input's vector at element {@code i + ahead}. */
    IntConsumer loading(int i, int ahead) {
      return input -> {
        int k = input + 1;
        if (layout(k) == LoopKey.SINGLE) cb.aload(spread[k]);
        else emitter.load(3 * k, () -> index(cb, k, i, ahead), floatLanes());
      };
    }
  }

  private int floatLanes() { return vectorBits / Float.SIZE; }

  private int countSlot() { return 3 * operands; }

  /** Sets the bounds of the row's index. */
  private void start(CodeBuilder cb, int i, int end) {
    cb.iload(countSlot());
    if (aligned) cb.iload(1).iadd().istore(end).iload(1).istore(i);
    else cb.istore(end).iconst_0().istore(i);
  }

  /** Pushes the index of operand {@code k}'s element {@code i + ahead}. */
  private void index(CodeBuilder cb, int k, int i, int ahead) {
    cb.iload(i);
    if (ahead > 0) cb.loadConstant(ahead).iadd();
    if (layout(k) == LoopKey.STRIDED) cb.iload(3 * k + 2).imul();
    if (!aligned) cb.iload(3 * k + 1).iadd();
  }

  /** Pushes the formula's value at element {@code i + ahead} and tells its kind. */
  private Kind value(CodeBuilder cb, int i, int ahead, int[] singles) {
    emitter(cb, i, ahead, singles).emitResult();
    return code.kind(code.result());
  }

  private ScalarEmitter emitter(CodeBuilder cb, int i, int ahead, int[] singles) {
    return new ScalarEmitter(cb, code, input -> {
      int k = input + 1;
      if (layout(k) == LoopKey.SINGLE) {
        cb.loadLocal(ScalarEmitter.typeKind(kind), singles[k]);
      } else {
        cb.aload(3 * k);
        index(cb, k, i, ahead);
        load(cb, k);
      }
    });
  }

  private void load(CodeBuilder cb, int k) {
    ScalarEmitter.loadElement(cb, type(k));
    ScalarEmitter.convert(cb, Lowering.kindOf(type(k)), kind);
  }

  /**
   * Combines the row into one number. Several accumulators take turns, as an addition must wait for the one before; how many depends on the formula
   * alone.
   */
  private void reduce(CodeBuilder cb, Reducer reducer, int[] singles) {
    int lanes = LoopKey.hasLanes(key) ? lanes(cb, reducer, singles) : -1;
    int ways = ways(code);
    int[] sums = new int[ways];
    for (int u = 0; u < ways; u++) sums[u] = accumulator(cb, reducer);
    int end = cb.allocateLocal(TypeKind.INT);
    int i = cb.allocateLocal(TypeKind.INT);
    if (lanes < 0) cb.iconst_0();
    else cb.iload(countSlot()).loadConstant(-LANES).iand();
    cb.istore(i).iload(countSlot()).loadConstant(ways - 1).isub().istore(end);
    loopWhileBelow(cb, i, end, ways, _ -> {
      for (int u = 0; u < ways; u++) accumulate(cb, reducer, sums[u], i, u, singles);
    });
    loopWhileBelow(cb, i, countSlot(), 1, _ -> accumulate(cb, reducer, sums[0], i, 0, singles));
    cb.aload(0).iload(1);
    fold(cb, reducer, sums);
    if (lanes >= 0) {
      cb.fload(lanes);
      combine(cb, reducer);
    }
    ScalarEmitter.storeElement(cb, kind, type(0));
  }

  /** Combines the numbers in {@code sums} in pairs and pushes the result. */
  private void fold(CodeBuilder cb, Reducer reducer, int[] sums) {
    TypeKind stack = ScalarEmitter.typeKind(kind);
    for (int half = sums.length / 2; half > 0; half /= 2) {
      for (int u = 0; u < half; u++) {
        cb.loadLocal(stack, sums[u]).loadLocal(stack, sums[u + half]);
        combine(cb, reducer);
        cb.storeLocal(stack, sums[u]);
      }
    }
    cb.loadLocal(stack, sums[0]);
  }

  /**
   * Combines all whole stretches of {@link #LANES} elements, element l with lane l, each {@link #CHUNK} by itself, and then the lanes in pairs; returns
   * the local with the result. Whether a lane is a place in an array or in a vector makes no difference to it.
   */
  private int lanes(CodeBuilder cb, Reducer reducer, int[] singles) {
    int end = cb.allocateLocal(TypeKind.INT);
    int i = cb.allocateLocal(TypeKind.INT);
    int array = cb.allocateLocal(TypeKind.REFERENCE);
    cb.iload(countSlot()).loadConstant(-LANES).iand().istore(end).iconst_0().istore(i);
    if (LoopKey.hasVectors(key)) vectorLanes(cb, reducer, singles, i, end, array);
    else arrayLanes(cb, reducer, singles, i, end, array);
    int[] last = new int[4];
    for (int u = 0; u < last.length; u++) {
      last[u] = cb.allocateLocal(TypeKind.FLOAT);
      cb.aload(array).loadConstant(u).faload().fstore(last[u]);
    }
    int result = cb.allocateLocal(TypeKind.FLOAT);
    fold(cb, reducer, last);
    cb.fstore(result);
    return result;
  }

  /** Runs {@code i} to {@code end} in chunks: {@code body} is told the local with the end of each. */
  private static void chunks(CodeBuilder cb, int i, int end, IntConsumer body) {
    int chunkEnd = cb.allocateLocal(TypeKind.INT);
    loopWhileBelow(cb, i, end, 0, _ -> {
      cb.iload(i).loadConstant(CHUNK).iadd().iload(end);
      cb.invokestatic(ScalarEmitter.MATH, "min",
          MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int)).istore(chunkEnd);
      body.accept(chunkEnd);
    });
  }

  private void vectorLanes(CodeBuilder cb, Reducer reducer, int[] singles, int i, int end, int array) {
    VectorRow row = new VectorRow(cb, singles);
    int width = floatLanes();
    int[] sums = new int[LANES / width];
    int[] totals = new int[LANES / width];
    for (int u = 0; u < sums.length; u++) {
      sums[u] = cb.allocateLocal(TypeKind.REFERENCE);
      totals[u] = cb.allocateLocal(TypeKind.REFERENCE);
    }
    setToIdentity(cb, row, reducer, totals);
    chunks(cb, i, end, chunkEnd -> {
      setToIdentity(cb, row, reducer, sums);
      loopWhileBelow(cb, i, chunkEnd, LANES, _ -> {
        for (int u = 0; u < sums.length; u++) {
          cb.aload(sums[u]);
          row.value(i, u * width);
          row.emitter.combine(reducer);
          cb.astore(sums[u]);
        }
      });
      for (int u = 0; u < sums.length; u++) combineVectors(cb, row, reducer, totals[u], sums[u]);
    });
    for (int half = totals.length / 2; half > 0; half /= 2) {
      for (int u = 0; u < half; u++) combineVectors(cb, row, reducer, totals[u], totals[u + half]);
    }
    cb.loadConstant(width).newarray(TypeKind.FLOAT).astore(array).aload(totals[0]);
    row.emitter.storeTo(array, () -> cb.iconst_0());
    for (int half = width / 2; half >= 4; half /= 2) {
      int upper = half;
      row.emitter.load(array, () -> cb.iconst_0(), half);
      row.emitter.load(array, () -> cb.loadConstant(upper), half);
      row.emitter.combine(reducer);
      row.emitter.storeTo(array, () -> cb.iconst_0());
    }
  }

  private static void setToIdentity(CodeBuilder cb, VectorRow row, Reducer reducer, int[] vectors) {
    for (int vector : vectors) {
      row.emitter.spread(() -> cb.loadConstant((float) reducer.identity()));
      cb.astore(vector);
    }
  }

  private static void combineVectors(CodeBuilder cb, VectorRow row, Reducer reducer, int into, int from) {
    cb.aload(into).aload(from);
    row.emitter.combine(reducer);
    cb.astore(into);
  }

  private void arrayLanes(CodeBuilder cb, Reducer reducer, int[] singles, int i, int end, int totals) {
    int sums = cb.allocateLocal(TypeKind.REFERENCE);
    int at = cb.allocateLocal(TypeKind.INT);
    cb.loadConstant(LANES).newarray(TypeKind.FLOAT).astore(totals).loadConstant(LANES).newarray(TypeKind.FLOAT)
        .astore(sums);
    eachLane(cb, LANES, lane -> cb.aload(totals).iload(lane).loadConstant((float) reducer.identity()).fastore());
    chunks(cb, i, end, chunkEnd -> {
      eachLane(cb, LANES, lane -> cb.aload(sums).iload(lane).loadConstant((float) reducer.identity()).fastore());
      loopWhileBelow(cb, i, chunkEnd, LANES, _ -> eachLane(cb, LANES, lane -> {
        cb.iload(i).iload(lane).iadd().istore(at).aload(sums).iload(lane).aload(sums).iload(lane).faload();
        ScalarEmitter.convert(cb, value(cb, at, 0, singles), kind);
        combine(cb, reducer);
        cb.fastore();
      }));
      eachLane(cb, LANES, lane -> {
        cb.aload(totals).iload(lane).aload(totals).iload(lane).faload().aload(sums).iload(lane).faload();
        combine(cb, reducer);
        cb.fastore();
      });
    });
    for (int half = LANES / 2; half >= 4; half /= 2) {
      int upper = half;
      eachLane(cb, half, lane -> {
        cb.aload(totals).iload(lane).aload(totals).iload(lane).faload().aload(totals).iload(lane).loadConstant(upper)
            .iadd().faload();
        combine(cb, reducer);
        cb.fastore();
      });
    }
  }

  private static void eachLane(CodeBuilder cb, int lanes, IntConsumer body) {
    count(cb, () -> cb.iconst_0(), () -> cb.loadConstant(lanes), body);
  }

  /** How many accumulators take turns. */
  static int ways(Code code) { return code.size() <= 16 ? 8 : code.size() <= 64 ? 4 : 1; }

  private int accumulator(CodeBuilder cb, Reducer reducer) {
    int local = cb.allocateLocal(ScalarEmitter.typeKind(kind));
    double identity = reducer.identity();
    switch (kind) {
      case F32 -> cb.loadConstant((float) identity);
      case F64 -> cb.loadConstant(identity);
      case I64 -> cb.loadConstant((long) identity);
      case I32, TRUTH -> cb.loadConstant((int) identity);
    }
    cb.storeLocal(ScalarEmitter.typeKind(kind), local);
    return local;
  }

  private void accumulate(CodeBuilder cb, Reducer reducer, int sum, int i, int ahead, int[] singles) {
    TypeKind stack = ScalarEmitter.typeKind(kind);
    cb.loadLocal(stack, sum);
    ScalarEmitter.convert(cb, value(cb, i, ahead, singles), kind);
    combine(cb, reducer);
    cb.storeLocal(stack, sum);
  }

  private void combine(CodeBuilder cb, Reducer reducer) {
    ClassDesc type = ScalarEmitter.typeKind(kind).upperBound();
    switch (reducer) {
      case MIN -> cb.invokestatic(ScalarEmitter.MATH, "min", MethodTypeDesc.of(type, type, type));
      case MAX -> cb.invokestatic(ScalarEmitter.MATH, "max", MethodTypeDesc.of(type, type, type));
      case SUM -> {
        switch (kind) {
          case F32 -> cb.fadd();
          case F64 -> cb.dadd();
          case I64 -> cb.ladd();
          case I32, TRUTH -> cb.iadd();
        }
      }
      case PROD -> {
        switch (kind) {
          case F32 -> cb.fmul();
          case F64 -> cb.dmul();
          case I64 -> cb.lmul();
          case I32, TRUTH -> cb.imul();
        }
      }
    }
  }
}
