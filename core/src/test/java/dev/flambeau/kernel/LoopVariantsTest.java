package dev.flambeau.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.scalar.Scalar;
import java.lang.classfile.ClassFile;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A formula gives the same bits walked, compiled, and compiled for vectors of any width. */
class LoopVariantsTest {
  private static final Scalar X = Scalar.arg(0);
  private static final Scalar Y = Scalar.arg(1);
  private static final ElementType F32 = ElementType.FLOAT32;
  private static final int N = 1003;
  /** Loops of vectors are made only where the module {@code jdk.incubator.vector} is. */
  /** The widths of vectors that can be compiled; none without the Vector API. */
  static final int[] WIDTHS = VectorSupport.available() ? new int[] {128, 256, 512} : new int[0];
  private static final List<Scalar> FORMULAS =
      List.of(X.add(Y), X.exp(), X.expm1(), X.log(), X.log1p(), X.tanh(), X.sigmoid(), X.erf(),
          X.mul(X.div(Math.sqrt(2)).erf().add(1).mul(0.5)).derivative(0).mul(Y).simplify(), X.gt(Y).select(X, Y.sign()),
          X.min(Y).max(X.neg()),
          X.lt(Y).and(X.ne(1)).or(Y.isNan()), X.abs().sqrt().div(Y));

  private static long key(int purpose, int outLayout) {
    return LoopKey.of(F32, purpose, F32) | LoopKey.outLayout(outLayout) | LoopKey.input(0, F32, LoopKey.DENSE)
        | LoopKey.input(1, F32, LoopKey.SINGLE);
  }

  private static NdArray[] inputs() {
    Random random = new Random(5);
    float[] x = new float[N + 5];
    for (int i = 0; i < x.length; i++)
      x[i] = i % 3 == 0 ? Float.intBitsToFloat(random.nextInt()) : (float) (random.nextGaussian() * 4);
    return new NdArray[] {NdArray.of(x, F32, Shape.of(N + 5)).view(Shape.of(N), new int[] {1}, 5),
      NdArray.scalar(0.75f)};
  }

  private static int[] bits(Loop loop, boolean reduces) {
    NdArray out = NdArray.allocate(F32, Shape.of(reduces ? 1 : N));
    int[] steps = {reduces ? 0 : 1, 1, 0};
    loop.rows(out, inputs(), new int[] {0, 5, 0}, steps, steps, 1, N);
    int[] bits = new int[out.numel()];
    for (int i = 0; i < bits.length; i++) bits[i] = Float.floatToIntBits(out.floats()[i]);
    return bits;
  }

  @Test
  void mapsGiveTheSameBits() {
    long key = key(LoopKey.MAP, LoopKey.DENSE);
    for (Scalar formula : FORMULAS) {
      Code code = Lowering.lower(formula, F32);
      int[] expected = bits(LoopCompiler.compile(code, 2, key, 0), false);
      assertThat(bits(new LoopInterpreter(code, key), false)).as("walked %s", formula).containsExactly(expected);
      assertThat(code.hasVectorForm()).isTrue();
      for (int width : WIDTHS) {
        assertThat(bits(LoopCompiler.compile(code, 2, LoopKey.withVectors(key), width), false))
            .as("%s bits wide, %s", width, formula)
            .containsExactly(expected);
      }
    }
  }

  /** Three arrays that all change, at different offsets, and a number. */
  private static int[] bitsOfThree(Code code, long key, int width) {
    Random random = new Random(6);
    NdArray[] x = new NdArray[4];
    int[] position = new int[5];
    for (int k = 0; k < 3; k++) {
      float[] values = new float[N + 7];
      for (int i = 0; i < values.length; i++) values[i] = (float) (random.nextGaussian() * 3);
      x[k] = NdArray.of(values, F32, Shape.of(N + 7));
      position[k + 1] = 2 * k + 1;
    }
    x[3] = NdArray.scalar(0.75f);
    position[0] = position[1];
    int[] steps = {1, 1, 1, 1, 0};
    LoopCompiler.compile(code, 4, key, width).rows(x[0], x, position, steps, steps, 1, N);
    int[] bits = new int[3 * (N + 7)];
    for (int i = 0; i < bits.length; i++) bits[i] = Float.floatToIntBits(x[i % 3].floats()[i / 3]);
    return bits;
  }

  @Test
  void severalResultsGiveTheSameBits() {
    Scalar z = Scalar.arg(2);
    Scalar number = Scalar.arg(3);
    Code code = Lowering.lower(Y.tanh().mul(number).add(z), F32, X.sigmoid().mul(Y), X.gt(Y).select(Y, X.add(z)));
    long key = LoopKey.of(F32, LoopKey.MAP, F32) | LoopKey.outLayout(LoopKey.DENSE)
        | LoopKey.input(3, F32, LoopKey.SINGLE);
    int[] expected = bitsOfThree(code, key, 0);
    assertThat(code.hasVectorForm()).isTrue();
    for (int width : WIDTHS)
      assertThat(bitsOfThree(code, LoopKey.withVectors(key), width)).as("%s bits wide", width)
          .containsExactly(expected);
  }

  @Test
  void reductionsGiveTheSameBits() {
    for (Reducer reducer : Reducer.values()) {
      for (Scalar formula : List.of(X.div(256), X.tanh().add(Y))) {
        long key = key(LoopKey.reduce(reducer), LoopKey.SINGLE);
        Code code = Lowering.lower(formula, F32);
        assertThat(bits(new LoopInterpreter(code, key), true))
            .containsExactly(bits(LoopCompiler.compile(code, 2, key, 0), true));
        long lanes = LoopKey.withLanes(key);
        int[] expected = bits(LoopCompiler.compile(code, 2, lanes, 0), true);
        for (int width : WIDTHS) {
          assertThat(bits(LoopCompiler.compile(code, 2, LoopKey.withVectors(lanes), width), true))
              .containsExactly(expected);
        }
      }
    }
  }

  @Test
  void classFilesVerify() {
    for (ElementType compute : ElementType.values()) {
      for (ElementType stored : ElementType.values()) {
        for (int purpose : new int[] {LoopKey.MAP, LoopKey.reduce(Reducer.MAX), LoopKey.scan(Reducer.SUM)}) {
          for (int layout : new int[] {LoopKey.DENSE, LoopKey.SINGLE, LoopKey.STRIDED}) {
            long key = LoopKey.of(compute, purpose, stored)
                | LoopKey.outLayout(layout == LoopKey.SINGLE ? LoopKey.ALIGNED : layout)
                | LoopKey.input(0, stored, layout) | LoopKey.input(1, compute, LoopKey.DENSE);
            Code code = Lowering.lower(X.gt(Y).select(X.add(Y), X.min(1)).eq(Y).select(X, Y.rem(X)), compute);
            assertThat(ClassFile.of().verify(LoopCompiler.bytes(code, 2, key, 0))).isEmpty();
          }
        }
      }
    }
  }

  @Test
  void firstCallsAreWalkedAndLaterOnesCompiled() {
    Formula f = Formula.of(X.add(Y), 2);
    NdArray one = NdArray.scalar(1f);
    NdArray out = NdArray.scalar(0f);
    long key =
        LoopKey.of(F32, LoopKey.MAP, F32) | LoopKey.outLayout(LoopKey.ALIGNED) | LoopKey.input(0, F32, LoopKey.DENSE)
            | LoopKey.input(1, F32, LoopKey.DENSE);
    assertThat(f.loop(key, 1, 1)).isInstanceOf(LoopInterpreter.class);
    for (int i = 0; i < 20; i++) Loops.map(f, F32, out, one, one);
    assertThat(out.floats()).containsExactly(2);
    assertThat(f.loop(key, 1, 1)).isNotInstanceOf(LoopInterpreter.class);
  }
}
