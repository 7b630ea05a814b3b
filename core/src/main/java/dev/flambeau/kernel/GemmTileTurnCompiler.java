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
 * Writes the bytecode that transposes a square of lanes × lanes elements in local variables: in step h the off-diagonal
 * blocks of h × h change places within every block of 2h × 2h, for h = 1, 2, 4 and so on.
 */
final class GemmTileTurnCompiler {
  private static final ClassDesc TURN = ClassDesc.of(GemmTileTurn.class.getName());
  private static final ClassDesc HOLDER = ClassDesc.of(Species.class.getName());
  private static final ClassDesc VECTOR = ClassDesc.of("jdk.incubator.vector.Vector");
  private static final ClassDesc SPECIES = ClassDesc.of("jdk.incubator.vector.VectorSpecies");
  private static final int FROM = 1;
  private static final int FROM_AT = 2;
  private static final int STEP = 3;
  private static final int SQUARES = 4;
  private static final int TO = 5;
  private static final int TO_AT = 6;
  private static final int WIDTH = 7;

  private final ClassDesc vector;
  private final ClassDesc bits;
  private final ClassDesc array;
  private final ClassDesc table;
  private final String species;
  private final String bitSpecies;
  private final String exchanges;
  private final String toBits;
  private final String fromBits;
  private final int lanes;
  private final int rows;

  private GemmTileTurnCompiler(boolean doubles, int lanes, int rows) {
    this.vector = ClassDesc.of("jdk.incubator.vector", doubles ? "DoubleVector" : "FloatVector");
    this.bits = ClassDesc.of("jdk.incubator.vector", doubles ? "LongVector" : "IntVector");
    this.array = (doubles ? ConstantDescs.CD_double : ConstantDescs.CD_float).arrayType();
    this.table = (doubles ? ConstantDescs.CD_long : CD_int).arrayType();
    this.species = doubles ? "DOUBLES" : "FLOATS";
    this.bitSpecies = doubles ? "LONGS" : "INTS";
    this.exchanges = doubles ? "LONG_EXCHANGES" : "INT_EXCHANGES";
    this.toBits = doubles ? "reinterpretAsLongs" : "reinterpretAsInts";
    this.fromBits = doubles ? "reinterpretAsDoubles" : "reinterpretAsFloats";
    this.lanes = lanes;
    this.rows = rows;
  }

  /** Transposes {@code rows} rows, at most {@code lanes}. */
  @SuppressWarnings("unchecked")
  static <T> GemmTileTurn<T> compile(boolean doubles, int lanes, int rows) {
    GemmTileTurnCompiler compiler = new GemmTileTurnCompiler(doubles, lanes, rows);
    try {
      return (GemmTileTurn<T>) MethodHandles.lookup().defineHiddenClass(compiler.bytes(), true).lookupClass()
          .getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the generated transposition of " + rows + "×" + lanes + " was refused", e);
    }
  }

  private byte[] bytes() {
    MethodTypeDesc turn = MethodTypeDesc.of(CD_void, CD_Object, CD_int, CD_int, CD_int, CD_Object, CD_int, CD_int);
    return ClassFile.of().build(ClassDesc.of(GemmTileTurn.class.getName() + rows), type -> type
        .withFlags(ClassFile.ACC_FINAL)
        .withInterfaceSymbols(TURN)
        .withMethodBody(INIT_NAME, MTD_void, 0,
            code -> code.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void).return_())
        .withMethodBody("turn", turn, ClassFile.ACC_PUBLIC, this::turn));
  }

  private void turn(CodeBuilder code) {
    for (int operand : new int[] {FROM, TO}) code.aload(operand).checkcast(array).astore(operand);
    int[] exchange = new int[2 * Integer.numberOfTrailingZeros(lanes)];
    for (int i = 0; i < exchange.length; i++) {
      exchange[i] = code.allocateLocal(TypeKind.REFERENCE);
      code.getstatic(HOLDER, bitSpecies, SPECIES).getstatic(HOLDER, exchanges, table).loadConstant(i * lanes);
      code.invokestatic(bits, "fromArray", MethodTypeDesc.of(bits, SPECIES, table, CD_int)).astore(exchange[i]);
    }
    int index = code.allocateLocal(TypeKind.INT);
    Label end = code.newLabel();
    Label next = code.newBoundLabel();
    code.iload(SQUARES).ifle(end);
    code.iload(FROM_AT).istore(index);
    int[] square = new int[lanes];
    for (int i = 0; i < lanes; i++) {
      square[i] = code.allocateLocal(TypeKind.REFERENCE);
      code.getstatic(HOLDER, species, SPECIES);
      if (i < rows) {
        code.aload(FROM).iload(index);
        code.invokestatic(vector, "fromArray", MethodTypeDesc.of(vector, SPECIES, array, CD_int));
        code.iload(index).iload(STEP).iadd().istore(index);
      } else {
        code.invokestatic(vector, "zero", MethodTypeDesc.of(vector, SPECIES));
      }
      code.invokevirtual(vector, toBits, MethodTypeDesc.of(bits)).astore(square[i]);
    }
    int first = code.allocateLocal(TypeKind.REFERENCE);
    for (int stage = 0; 1 << stage < lanes; stage++) {
      int half = 1 << stage;
      for (int i = 0; i < lanes; i++) {
        if ((i & half) != 0) continue;
        select(code, exchange[2 * stage], square[i], square[i + half]);
        code.astore(first);
        select(code, exchange[2 * stage + 1], square[i], square[i + half]);
        code.astore(square[i + half]).aload(first).astore(square[i]);
      }
    }
    for (int i = 0; i < lanes; i++) {
      code.aload(square[i]).invokevirtual(bits, fromBits, MethodTypeDesc.of(vector)).aload(TO).iload(TO_AT);
      code.invokevirtual(vector, "intoArray", MethodTypeDesc.of(CD_void, array, CD_int));
      code.iload(TO_AT).iload(WIDTH).iadd().istore(TO_AT);
    }
    code.iinc(FROM_AT, lanes).iinc(SQUARES, -1).goto_(next);
    code.labelBinding(end).return_();
  }

  private void select(CodeBuilder code, int exchange, int first, int second) {
    code.aload(exchange).aload(first).aload(second);
    code.invokevirtual(bits, "selectFrom", MethodTypeDesc.of(bits, VECTOR, VECTOR));
  }
}
