package dev.flambeau.kernel;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;

/**
 * Writes the bytecode of vector tiles: one accumulator per row and vector, all of them local variables, which is what
 * lets the compiler keep them in registers. A source file would need a copy per element type and tile size.
 */
final class GemmTileCompiler {
  private static final ClassDesc TILE = ClassDesc.of(GemmTile.class.getName());
  private static final ClassDesc SPECIES_HOLDER = ClassDesc.of(Species.class.getName());
  private static final ClassDesc VECTOR = ClassDesc.of("jdk.incubator.vector.Vector");
  private static final ClassDesc SPECIES = ClassDesc.of("jdk.incubator.vector.VectorSpecies");
  private static final int A = 1;
  private static final int A_INDEX = 2;
  private static final int A_END = 3;
  private static final int A_STEP = 4;
  private static final int B = 5;
  private static final int B_INDEX = 6;
  private static final int B_ROW = 7;
  private static final int B_STEPS = 7;
  private static final int C = 8;
  private static final int C_INDEX = 9;
  private static final int C_ROW = 10;
  private static final int ACCUMULATE = 11;

  private final ClassDesc vector;
  private final ClassDesc array;
  private final TypeKind element;
  private final ClassDesc elementDesc;
  private final String species;
  private final int lanes;
  private final int rows;
  private final int vectors;
  private final GemmLayout layout;

  private GemmTileCompiler(boolean doubles, int lanes, int rows, int vectors, GemmLayout layout) {
    this.vector = ClassDesc.of("jdk.incubator.vector", doubles ? "DoubleVector" : "FloatVector");
    this.elementDesc = doubles ? ConstantDescs.CD_double : ConstantDescs.CD_float;
    this.array = elementDesc.arrayType();
    this.element = doubles ? TypeKind.DOUBLE : TypeKind.FLOAT;
    this.species = doubles ? "DOUBLES" : "FLOATS";
    this.lanes = lanes;
    this.rows = rows;
    this.vectors = vectors;
    this.layout = layout;
  }

  /** A tile of {@code rows} rows by {@code vectors} vectors of {@code lanes} columns. */
  @SuppressWarnings("unchecked")
  static <T> GemmTile<T> compile(boolean doubles, int lanes, int rows, int vectors, GemmLayout layout) {
    GemmTileCompiler compiler = new GemmTileCompiler(doubles, lanes, rows, vectors, layout);
    try {
      return (GemmTile<T>) MethodHandles.lookup().defineHiddenClass(compiler.bytes(), true).lookupClass()
          .getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the generated GEMM tile of " + rows + "×" + vectors + " vectors was refused", e);
    }
  }

  private byte[] bytes() {
    MethodTypeDesc multiply = MethodTypeDesc.of(CD_void, CD_Object, CD_int, CD_int, CD_int, CD_Object, CD_int, CD_int,
        CD_Object, CD_int, CD_int, ConstantDescs.CD_boolean);
    MethodTypeDesc inSteps = multiply.changeParameterType(6, CD_int.arrayType());
    return ClassFile.of().build(ClassDesc.of(GemmTile.class.getName() + rows + "x" + vectors), type -> type
        .withFlags(ClassFile.ACC_FINAL)
        .withInterfaceSymbols(TILE)
        .withMethodBody(INIT_NAME, MTD_void, 0,
            code -> code.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void).return_())
        .withMethodBody("multiply", multiply, ClassFile.ACC_PUBLIC, code -> multiply(code, false))
        .withMethodBody("multiply", inSteps, ClassFile.ACC_PUBLIC, code -> multiply(code, true)));
  }

  private void multiply(CodeBuilder code, boolean inSteps) {
    for (int operand : new int[] {A, B, C}) code.aload(operand).checkcast(array).astore(operand);
    int[] sums = new int[rows * vectors];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = code.allocateLocal(TypeKind.REFERENCE);
      species(code).invokestatic(vector, "zero", MethodTypeDesc.of(vector, SPECIES)).astore(sums[i]);
    }
    addProducts(code, sums, inSteps);
    Label store = code.newLabel();
    code.iload(ACCUMULATE).ifeq(store);
    int one = code.allocateLocal(TypeKind.REFERENCE);
    if (element == TypeKind.DOUBLE) species(code).dconst_1();
    else species(code).fconst_1();
    code.invokestatic(vector, "broadcast", MethodTypeDesc.of(vector, SPECIES, elementDesc)).astore(one);
    overC(code, sums, (sum, index, v) -> {
      // Not add: the compiler knows what fma is called with here, but add only what all callers ever added.
      load(code, C, index, v * lanes);
      code.aload(one).aload(sum);
      code.invokevirtual(vector, "fma", MethodTypeDesc.of(vector, VECTOR, VECTOR)).astore(sum);
    });
    code.labelBinding(store);
    overC(code, sums, (sum, index, v) -> {
      code.aload(sum).aload(C);
      offset(code, index, v * lanes);
      code.invokevirtual(vector, "intoArray", MethodTypeDesc.of(CD_void, array, CD_int));
    });
    code.return_();
  }

  private void addProducts(CodeBuilder code, int[] sums, boolean inSteps) {
    int[] columns = new int[vectors];
    for (int v = 0; v < vectors; v++) columns[v] = code.allocateLocal(TypeKind.REFERENCE);
    int factor = code.allocateLocal(TypeKind.REFERENCE);
    int k = code.allocateLocal(TypeKind.INT);
    int column = inSteps ? code.allocateLocal(TypeKind.INT) : B_INDEX;
    if (inSteps) code.iconst_0().istore(k);
    int[] rowAt = new int[rows];
    for (int r = 1; r < rows && layout.rowStep() == 0; r++) {
      rowAt[r] = code.allocateLocal(TypeKind.INT);
      code.iload(A_STEP).loadConstant(r).imul().istore(rowAt[r]);
    }
    Label end = code.newLabel();
    Label next = code.newBoundLabel();
    code.iload(A_INDEX).iload(A_END).if_icmpge(end);
    int index = A_INDEX;
    Label stretch = end;
    Label test = next;
    int last = code.allocateLocal(TypeKind.INT);
    if (layout.run() > 0) {
      index = code.allocateLocal(TypeKind.INT);
      code.iload(A_INDEX).istore(index).iload(A_INDEX).loadConstant(layout.run()).iadd().istore(last);
      stretch = code.newLabel();
      test = code.newBoundLabel();
      code.iload(index).iload(last).if_icmpge(stretch);
    }
    if (inSteps) code.iload(B_INDEX).aload(B_STEPS).iload(k).iaload().iadd().istore(column).iinc(k, 1);
    for (int v = 0; v < vectors; v++) {
      load(code, B, column, v * lanes);
      code.astore(columns[v]);
    }
    int row = code.allocateLocal(TypeKind.INT);
    for (int r = 0; r < rows; r++) {
      offset(code, index, r * layout.rowStep());
      if (rowAt[r] > 0) code.iload(rowAt[r]).iadd();
      code.istore(row);
      for (int v = 0; v < vectors; v++) {
        if (layout.lanewise()) {
          load(code, A, row, v * lanes);
          code.astore(factor);
        } else if (v == 0) {
          species(code).aload(A).iload(row).arrayLoad(element);
          code.invokestatic(vector, "broadcast", MethodTypeDesc.of(vector, SPECIES, elementDesc)).astore(factor);
        }
        int sum = sums[r * vectors + v];
        code.aload(factor).aload(columns[v]).aload(sum);
        code.invokevirtual(vector, "fma", MethodTypeDesc.of(vector, VECTOR, VECTOR)).astore(sum);
      }
    }
    if (layout.lanewise()) code.iinc(B_INDEX, layout.kStep());
    else if (!inSteps) code.iload(B_INDEX).iload(B_ROW).iadd().istore(B_INDEX);
    if (layout.kStep() > 0) code.iinc(index, layout.kStep());
    else code.iload(index).iload(A_STEP).iadd().istore(index);
    code.goto_(test);
    if (layout.run() > 0) {
      code.labelBinding(stretch);
      code.iload(A_INDEX).iload(A_STEP).iadd().istore(A_INDEX).goto_(next);
    }
    code.labelBinding(end);
  }

  @FunctionalInterface
  private interface SumBody {
    void accept(int sum, int index, int vector);
  }

  private void overC(CodeBuilder code, int[] sums, SumBody body) {
    int index = code.allocateLocal(TypeKind.INT);
    code.iload(C_INDEX).istore(index);
    for (int i = 0; i < sums.length; i++) {
      if (i > 0 && i % vectors == 0) code.iload(index).iload(C_ROW).iadd().istore(index);
      body.accept(sums[i], index, i % vectors);
    }
  }

  private CodeBuilder species(CodeBuilder code) { return code.getstatic(SPECIES_HOLDER, species, SPECIES); }

  private void load(CodeBuilder code, int operand, int index, int constant) {
    species(code).aload(operand);
    offset(code, index, constant);
    code.invokestatic(vector, "fromArray", MethodTypeDesc.of(vector, SPECIES, array, CD_int));
  }

  private static void offset(CodeBuilder code, int index, int constant) {
    code.iload(index);
    if (constant > 0) code.loadConstant(constant).iadd();
  }
}
