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
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

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

  private final List<LoopPass> passes;
  private final boolean program;
  private final long key;
  private final int vectorBits;
  private final int operands;
  private final Kind kind;
  private final boolean aligned;
  /** Where the parameters of the method that is being built are: each operand's array, and the number of elements. */
  private final int[] slots;
  private int countSlot;
  /** Locals with the arrays of a reduction in lanes. */
  private int totals;
  private int sums;

  private LoopCompiler(List<LoopPass> passes, boolean program, int arity, long key, int vectorBits) {
    this.passes = passes;
    this.program = program;
    this.key = key;
    this.vectorBits = vectorBits;
    this.operands = arity + 1;
    this.slots = new int[operands];
    this.kind = Lowering.kindOf(LoopKey.compute(key));
    this.aligned = LoopKey.outLayout(key) == LoopKey.ALIGNED;
  }

  /** The loop of {@code code} in the variant {@code key}; vectors, if it has them, are so wide. */
  static Loop compile(Code code, int arity, long key, int vectorBits) {
    return define(bytes(code, arity, key, vectorBits));
  }

  /** The loop that makes all {@code passes} over a row, and then over the next. */
  static Loop compile(List<LoopPass> passes, int arity, long key, int vectorBits) {
    return define(new LoopCompiler(passes, true, arity, key, vectorBits).bytes());
  }

  private static Loop define(byte[] bytes) {
    try {
      var lookup = MethodHandles.lookup().defineHiddenClass(bytes, true);
      return (Loop) lookup.lookupClass().getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a compiled loop cannot be instantiated", e);
    }
  }

  /** The class file of a loop. */
  static byte[] bytes(Code code, int arity, long key, int vectorBits) {
    var only = new LoopPass(code, LoopKey.reducer(key), LoopKey.hasLanes(key), 0);
    return new LoopCompiler(List.of(only), false, arity, key, vectorBits).bytes();
  }

  private byte[] bytes() { return ClassFile.of().build(SELF, this::build); }

  private void build(ClassBuilder cb) {
    cb.withSuperclass(SUPER).withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
    cb.withMethodBody(ConstantDescs.INIT_NAME, ConstantDescs.MTD_void, 0,
        b -> b.aload(0).invokespecial(SUPER, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void).return_());
    if (!program && LoopKey.purpose(key) == LoopKey.MAP && LoopKey.outLayout(key) != LoopKey.STRIDED)
      cb.withMethodBody("dense", DENSE, 0, this::dense);
    cb.withMethodBody("rows", ROWS, 0, this::rows);
    if (LoopKey.hasVectors(key) && passes.stream().anyMatch(LoopPass::lanes))
      VectorEmitter.buildTurns(cb, SELF, vectorBits);
    cb.withMethodBody("loop", loopType(), ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC,
        program ? this::program : this::loop);
    for (int p = 0; p < passes.size() && program; p++) {
      LoopPass pass = passes.get(p);
      cb.withMethodBody("pass" + p, passType(pass), ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC, b -> pass(b, pass));
    }
  }

  private ElementType type(int operand) {
    return operand == 0 ? LoopKey.outType(key) : LoopKey.inputType(key, operand - 1);
  }

  private int layout(int operand) {
    if (operand > 0) return LoopKey.inputLayout(key, operand - 1);
    return aligned ? LoopKey.DENSE : LoopKey.outLayout(key);
  }

  private MethodTypeDesc loopType() {
    List<ClassDesc> parameters = new ArrayList<>();
    for (int k = 0; k < operands; k++) addOperand(parameters, k);
    parameters.add(ConstantDescs.CD_int);
    return MethodTypeDesc.of(ConstantDescs.CD_void, parameters);
  }

  private void addOperand(List<ClassDesc> parameters, int k) {
    parameters.add(ScalarEmitter.arrayDesc(type(k)));
    parameters.add(ConstantDescs.CD_int);
    if (layout(k) == LoopKey.STRIDED) parameters.add(ConstantDescs.CD_int);
  }

  private void dense(CodeBuilder cb) {
    for (int k = 0; k < operands; k++) {
      int array = cb.allocateLocal(TypeKind.REFERENCE);
      operand(cb, k);
      cb.dup().astore(array).invokevirtual(NDARRAY, "data", DATA).checkcast(ScalarEmitter.arrayDesc(type(k)));
      cb.aload(array).invokevirtual(NDARRAY, "offset", OFFSET);
      if (layout(k) != LoopKey.SINGLE) cb.iload(3).iadd();
      if (layout(k) == LoopKey.STRIDED) cb.iconst_1();
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
      for (int k = 0; k < operands; k++) {
        cb.aload(arrays[k]).iload(positions[k]);
        if (layout(k) == LoopKey.STRIDED) cb.aload(4).loadConstant(k).iaload();
      }
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

  // ---- a program: its loop calls a method for each pass, which takes what it needs: rows, their length, numbers

  private boolean isOnce(LoopPass pass) {
    return pass.reducer() == null && (pass.givesNumber() || layout(pass.target()) == LoopKey.SINGLE);
  }

  private boolean takesRow(LoopPass pass, int k) {
    return layout(k) != LoopKey.SINGLE && (k == pass.target() || pass.code().reads(k - 1));
  }

  private MethodTypeDesc passType(LoopPass pass) {
    ClassDesc number = ScalarEmitter.typeKind(kind).upperBound();
    List<ClassDesc> parameters = new ArrayList<>();
    for (int k = 0; k < operands; k++) if (takesRow(pass, k)) addOperand(parameters, k);
    parameters.add(ConstantDescs.CD_int);
    for (int k = 0; k < operands + numbers(); k++) if (isSingle(k) && pass.code().reads(k - 1)) parameters.add(number);
    return MethodTypeDesc.of(pass.reducer() != null || isOnce(pass) ? number : ConstantDescs.CD_void, parameters);
  }

  private int numbers() { return (int) passes.stream().filter(LoopPass::givesNumber).count(); }

  private void program(CodeBuilder cb) {
    place(_ -> true);
    int[] singles = new int[operands + numbers()];
    loadSingles(cb, singles);
    int number = operands;
    TypeKind stack = ScalarEmitter.typeKind(kind);
    for (int p = 0; p < passes.size(); p++) {
      LoopPass pass = passes.get(p);
      boolean single = !pass.givesNumber() && isOnce(pass);
      if (single) cb.aload(array(pass.target())).iload(offset(pass.target()));
      for (int k = 0; k < operands; k++) {
        if (!takesRow(pass, k)) continue;
        cb.aload(array(k)).iload(offset(k));
        if (layout(k) == LoopKey.STRIDED) cb.iload(offset(k) + 1);
      }
      cb.iload(countSlot);
      for (int k = 0; k < singles.length; k++)
        if (isSingle(k) && pass.code().reads(k - 1)) cb.loadLocal(stack, singles[k]);
      cb.invokestatic(SELF, "pass" + p, passType(pass));
      if (single) ScalarEmitter.storeElement(cb, kind, type(pass.target()));
      if (!pass.givesNumber()) continue;
      singles[number] = cb.allocateLocal(stack);
      cb.storeLocal(stack, singles[number++]);
    }
    cb.return_();
  }

  private void pass(CodeBuilder cb, LoopPass pass) {
    place(k -> takesRow(pass, k));
    TypeKind stack = ScalarEmitter.typeKind(kind);
    int[] singles = new int[operands + numbers()];
    int slot = countSlot + 1;
    for (int k = 0; k < singles.length; k++) {
      if (!isSingle(k) || !pass.code().reads(k - 1)) continue;
      singles[k] = slot;
      slot += stack.slotSize();
    }
    Row row = new Row(pass.code(), singles);
    if (pass.reducer() == null && !isOnce(pass)) {
      map(cb, row, pass.target());
      cb.return_();
      return;
    }
    if (pass.lanes() && !LoopKey.hasVectors(key)) laneArrays(cb);
    cb.loadLocal(stack, pass.reducer() == null ? number(cb, row) : reduce(cb, pass.reducer(), pass.lanes(), row));
    cb.return_(stack);
  }

  /** Computes the formula once and returns the local with its value. */
  private int number(CodeBuilder cb, Row row) {
    int first = cb.allocateLocal(TypeKind.INT);
    cb.iconst_0().istore(first);
    ScalarEmitter.convert(cb, value(cb, first, 0, row), kind);
    int local = cb.allocateLocal(ScalarEmitter.typeKind(kind));
    cb.storeLocal(ScalarEmitter.typeKind(kind), local);
    return local;
  }

  private void storeNumber(CodeBuilder cb, int k, int local) {
    cb.aload(array(k)).iload(offset(k)).loadLocal(ScalarEmitter.typeKind(kind), local);
    ScalarEmitter.storeElement(cb, kind, type(k));
  }

  // ---- the row: each operand has its array, its offset and, if it has gaps, its step in three slots; the count follows

  /** What a pass computes, and the locals with the operands that are one number, and with the numbers of passes before. */
  @SuppressWarnings("ArrayRecordComponent") // never compared; made and read within one method
  private record Row(Code code, int[] singles) {}

  private int array(int k) { return slots[k]; }

  private int offset(int k) { return slots[k] + 1; }

  /** Numbers the parameters of a method that takes some of the operands. */
  private void place(IntPredicate takes) {
    countSlot = 0;
    for (int k = 0; k < operands; k++) {
      slots[k] = countSlot;
      if (takes.test(k)) countSlot += layout(k) == LoopKey.STRIDED ? 3 : 2;
    }
  }

  private void loop(CodeBuilder cb) {
    place(_ -> true);
    LoopPass pass = passes.getFirst();
    Row row = new Row(pass.code(), new int[operands]);
    loadSingles(cb, row.singles);
    Reducer reducer = pass.reducer();
    if (pass.lanes() && !LoopKey.hasVectors(key)) laneArrays(cb);
    if (reducer == null) map(cb, row, 0);
    else if (LoopKey.isScan(key)) scan(cb, reducer, row);
    else storeNumber(cb, 0, reduce(cb, reducer, pass.lanes(), row));
    cb.return_();
  }

  private void loadSingles(CodeBuilder cb, int[] singles) {
    TypeKind stack = ScalarEmitter.typeKind(kind);
    for (int k = 1; k < operands; k++) {
      if (layout(k) != LoopKey.SINGLE) continue;
      cb.aload(array(k)).iload(offset(k));
      load(cb, k);
      singles[k] = cb.allocateLocal(stack);
      cb.storeLocal(stack, singles[k]);
    }
  }

  private boolean isSingle(int k) { return k >= operands || layout(k) == LoopKey.SINGLE; }

  private void map(CodeBuilder cb, Row row, int target) {
    int end = cb.allocateLocal(TypeKind.INT);
    int i = cb.allocateLocal(TypeKind.INT);
    start(cb, i, end);
    if (LoopKey.hasVectors(key)) {
      VectorRow vectors = new VectorRow(cb, row);
      int lanes = floatLanes();
      int last = cb.allocateLocal(TypeKind.INT);
      cb.iload(end).loadConstant(lanes - 1).isub().istore(last);
      loopWhileBelow(cb, i, last, lanes, _ -> {
        if (row.code.results().length == 1) {
          vectors.value(i, 0);
          vectors.emitter.storeTo(array(target), () -> index(cb, target, i, 0));
          return;
        }
        int[] results = vectors.emitter.emitResults(vectors.loading(i, 0));
        for (int r = 0; r < results.length; r++) {
          int k = operandOf(r);
          cb.aload(results[r]);
          vectors.emitter.storeTo(array(k), () -> index(cb, k, i, 0));
        }
      });
    }
    loopWhileBelow(cb, i, end, 1, _ -> {
      if (row.code.results().length > 1) {
        mapSeveral(cb, i, row);
        return;
      }
      cb.aload(array(target));
      index(cb, target, i, 0);
      Kind result = value(cb, i, 0, row);
      ScalarEmitter.storeElement(cb, result, type(target));
    });
  }

  /** Result 0 goes to operand 0, which is also input 0; result k to input k. */
  private static int operandOf(int result) { return result == 0 ? 0 : result + 1; }

  private void mapSeveral(CodeBuilder cb, int i, Row row) {
    int[] results = emitter(cb, i, 0, row).emitResults();
    for (int r = 0; r < results.length; r++) {
      int k = operandOf(r);
      Kind result = row.code.kind(row.code.results()[r]);
      cb.aload(array(k));
      index(cb, k, i, 0);
      cb.loadLocal(ScalarEmitter.typeKind(result), results[r]);
      ScalarEmitter.storeElement(cb, result, type(k));
    }
  }

  private void scan(CodeBuilder cb, Reducer reducer, Row row) {
    int sum = accumulator(cb, reducer);
    int end = cb.allocateLocal(TypeKind.INT);
    int i = cb.allocateLocal(TypeKind.INT);
    start(cb, i, end);
    loopWhileBelow(cb, i, end, 1, _ -> {
      cb.aload(0);
      index(cb, 0, i, 0);
      accumulate(cb, reducer, sum, i, 0, row);
      cb.loadLocal(ScalarEmitter.typeKind(kind), sum);
      ScalarEmitter.storeElement(cb, kind, type(0));
    });
  }

  /** The vector form of the formula over a row. */
  private final class VectorRow {
    final VectorEmitter emitter;
    private final CodeBuilder cb;
    private final int[] spread;

    VectorRow(CodeBuilder cb, Row row) {
      this.cb = cb;
      emitter = new VectorEmitter(cb, row.code, vectorBits);
      emitter.emitConstants();
      spread = new int[row.singles.length];
      for (int v = 0; v < row.code.size(); v++) {
        int k = (int) row.code.value(v).bits() + 1;
        if (row.code.value(v).op() != Code.Op.INPUT || !isSingle(k)) continue;
        int single = row.singles[k];
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
        if (isSingle(k)) cb.aload(spread[k]);
        else emitter.load(array(k), () -> index(cb, k, i, ahead), floatLanes());
      };
    }
  }

  private int floatLanes() { return vectorBits / Float.SIZE; }

  /** Sets the bounds of the row's index. */
  private void start(CodeBuilder cb, int i, int end) {
    cb.iload(countSlot);
    if (aligned) cb.iload(1).iadd().istore(end).iload(1).istore(i);
    else cb.istore(end).iconst_0().istore(i);
  }

  /** Pushes the index of operand {@code k}'s element {@code i + ahead}. */
  private void index(CodeBuilder cb, int k, int i, int ahead) {
    cb.iload(i);
    if (ahead > 0) cb.loadConstant(ahead).iadd();
    if (layout(k) == LoopKey.STRIDED) cb.iload(offset(k) + 1).imul();
    if (!aligned) cb.iload(offset(k)).iadd();
  }

  /** Pushes the formula's value at element {@code i + ahead} and tells its kind. */
  private Kind value(CodeBuilder cb, int i, int ahead, Row row) {
    emitter(cb, i, ahead, row).emitResult();
    return row.code.kind(row.code.result());
  }

  private ScalarEmitter emitter(CodeBuilder cb, int i, int ahead, Row row) {
    return new ScalarEmitter(cb, row.code, input -> {
      int k = input + 1;
      if (isSingle(k)) {
        cb.loadLocal(ScalarEmitter.typeKind(kind), row.singles[k]);
      } else {
        cb.aload(array(k));
        index(cb, k, i, ahead);
        load(cb, k);
      }
    });
  }

  private void load(CodeBuilder cb, int k) {
    ScalarEmitter.loadElement(cb, type(k));
    boolean truth = LoopKey.compute(key) == ElementType.BOOL && type(k) != ElementType.BOOL;
    ScalarEmitter.convert(cb, Lowering.kindOf(type(k)), truth ? Kind.TRUTH : kind);
  }

  /**
   * Combines the row into one number and returns the local with it. Several accumulators take turns, as an addition must wait for the one before; how
   * many depends on the formula alone.
   */
  private int reduce(CodeBuilder cb, Reducer reducer, boolean inLanes, Row row) {
    int lanes = inLanes ? lanes(cb, reducer, row) : -1;
    TypeKind stack = ScalarEmitter.typeKind(kind);
    int ways = ways(row.code);
    int[] sums = new int[ways];
    for (int u = 0; u < ways; u++) sums[u] = accumulator(cb, reducer);
    int end = cb.allocateLocal(TypeKind.INT);
    int i = cb.allocateLocal(TypeKind.INT);
    if (lanes < 0) cb.iconst_0();
    else cb.iload(countSlot).loadConstant(-LANES).iand();
    cb.istore(i).iload(countSlot).loadConstant(ways - 1).isub().istore(end);
    loopWhileBelow(cb, i, end, ways, _ -> {
      for (int u = 0; u < ways; u++) accumulate(cb, reducer, sums[u], i, u, row);
    });
    loopWhileBelow(cb, i, countSlot, 1, _ -> accumulate(cb, reducer, sums[0], i, 0, row));
    fold(cb, reducer, sums);
    if (lanes >= 0) {
      cb.fload(lanes);
      combine(cb, reducer);
    }
    cb.storeLocal(stack, sums[0]);
    return sums[0];
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
  private int lanes(CodeBuilder cb, Reducer reducer, Row row) {
    int end = cb.allocateLocal(TypeKind.INT);
    int i = cb.allocateLocal(TypeKind.INT);
    int result = accumulator(cb, reducer);
    Label tooShort = cb.newLabel();
    cb.iload(countSlot).loadConstant(LANES).if_icmplt(tooShort);
    cb.iload(countSlot).loadConstant(-LANES).iand().istore(end).iconst_0().istore(i);
    if (LoopKey.hasVectors(key)) vectorLanes(cb, reducer, row, i, end);
    else arrayLanes(cb, reducer, row, i, end);
    cb.fstore(result).labelBinding(tooShort);
    return result;
  }

  private void laneArrays(CodeBuilder cb) {
    totals = cb.allocateLocal(TypeKind.REFERENCE);
    cb.loadConstant(LANES).newarray(TypeKind.FLOAT).astore(totals);
    sums = cb.allocateLocal(TypeKind.REFERENCE);
    cb.loadConstant(LANES).newarray(TypeKind.FLOAT).astore(sums);
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

  private void vectorLanes(CodeBuilder cb, Reducer reducer, Row row, int i, int end) {
    VectorRow vectors = new VectorRow(cb, row);
    int width = floatLanes();
    int[] part = new int[LANES / width];
    int[] whole = new int[LANES / width];
    for (int u = 0; u < part.length; u++) {
      part[u] = cb.allocateLocal(TypeKind.REFERENCE);
      whole[u] = cb.allocateLocal(TypeKind.REFERENCE);
    }
    setToIdentity(cb, vectors, reducer, whole);
    chunks(cb, i, end, chunkEnd -> {
      setToIdentity(cb, vectors, reducer, part);
      loopWhileBelow(cb, i, chunkEnd, LANES, _ -> {
        for (int u = 0; u < part.length; u++) {
          cb.aload(part[u]);
          vectors.value(i, u * width);
          vectors.emitter.combine(reducer);
          cb.astore(part[u]);
        }
      });
      for (int u = 0; u < part.length; u++) combineVectors(cb, vectors, reducer, whole[u], part[u]);
    });
    for (int half = whole.length / 2; half > 0; half /= 2) {
      for (int u = 0; u < half; u++) combineVectors(cb, vectors, reducer, whole[u], whole[u + half]);
    }
    for (int half = width / 2; half > 0; half /= 2) {
      cb.aload(whole[0]);
      vectors.emitter.turn(SELF, half);
      cb.astore(part[0]);
      combineVectors(cb, vectors, reducer, whole[0], part[0]);
    }
    cb.aload(whole[0]);
    vectors.emitter.first();
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

  private void arrayLanes(CodeBuilder cb, Reducer reducer, Row row, int i, int end) {
    int at = cb.allocateLocal(TypeKind.INT);
    eachLane(cb, LANES, lane -> cb.aload(totals).iload(lane).loadConstant((float) reducer.identity()).fastore());
    chunks(cb, i, end, chunkEnd -> {
      eachLane(cb, LANES, lane -> cb.aload(sums).iload(lane).loadConstant((float) reducer.identity()).fastore());
      loopWhileBelow(cb, i, chunkEnd, LANES, _ -> eachLane(cb, LANES, lane -> {
        cb.iload(i).iload(lane).iadd().istore(at).aload(sums).iload(lane).aload(sums).iload(lane).faload();
        ScalarEmitter.convert(cb, value(cb, at, 0, row), kind);
        combine(cb, reducer);
        cb.fastore();
      }));
      eachLane(cb, LANES, lane -> {
        cb.aload(totals).iload(lane).aload(totals).iload(lane).faload().aload(sums).iload(lane).faload();
        combine(cb, reducer);
        cb.fastore();
      });
    });
    for (int half = LANES / 2; half > 0; half /= 2) {
      int upper = half;
      eachLane(cb, half, lane -> {
        cb.aload(totals).iload(lane).aload(totals).iload(lane).faload().aload(totals).iload(lane).loadConstant(upper)
            .iadd().faload();
        combine(cb, reducer);
        cb.fastore();
      });
    }
    cb.aload(totals).iconst_0().faload();
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

  private void accumulate(CodeBuilder cb, Reducer reducer, int sum, int i, int ahead, Row row) {
    TypeKind stack = ScalarEmitter.typeKind(kind);
    cb.loadLocal(stack, sum);
    ScalarEmitter.convert(cb, value(cb, i, ahead, row), kind);
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
