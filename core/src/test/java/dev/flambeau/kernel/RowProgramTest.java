package dev.flambeau.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.scalar.Scalar;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowProgramTest {
  /** Operands: the shares; x; the logarithms of sums; a factor for each column. */
  private static final RowProgram SHARES = new RowProgram(4, row -> {
    Scalar x = row.get(1).mul(row.get(3));
    Scalar top = row.max(x);
    Scalar y = row.set(0, x.sub(top).exp());
    Scalar sum = row.sum(y);
    row.set(2, row.number(sum.log()).add(top));
    row.set(0, y.mul(row.number(sum.reciprocal())));
  });

  private static float[] numbers(int n) {
    Random random = new Random(n);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) x[i] = 3 * (float) random.nextGaussian();
    return x;
  }

  @ParameterizedTest
  @CsvSource({"5, 1", "3, 7", "7, 40", "4, 64", "300, 140", "3, 2100"})
  void passesAfterEachOtherGiveWhatTheyDescribe(int rows, int n) {
    float[] x = numbers(rows * n);
    float[] w = numbers(n);
    Shape shape = Shape.of(rows, n);
    for (ElementType type : new ElementType[] {ElementType.FLOAT32, ElementType.FLOAT64}) {
      NdArray y = NdArray.allocate(type, shape);
      NdArray sums = NdArray.allocate(type, Shape.of(rows, 1));
      SHARES.run(y, as(type, shape, x), sums, as(type, Shape.of(n), w));
      for (int r = 0; r < rows; r++) {
        double total = 0;
        for (int i = 0; i < n; i++) total += Math.exp((double) x[r * n + i] * w[i]);
        double error = type == ElementType.FLOAT32 ? 2e-6 : 1e-13;
        assertThat(at(sums, r)).isCloseTo(Math.log(total), within(error * (1 + Math.abs(Math.log(total)))));
        for (int i = 0; i < n; i++) {
          double share = Math.exp((double) x[r * n + i] * w[i]) / total;
          assertThat(at(y, r * n + i)).isCloseTo(share, within(2 * error * share + error / 100));
        }
      }
    }
  }

  private static NdArray as(ElementType type, Shape shape, float[] x) {
    NdArray y = NdArray.allocate(type, shape);
    Loops.copy(y, NdArray.of(x, ElementType.FLOAT32, shape));
    return y;
  }

  private static double at(NdArray x, int i) {
    return x.type() == ElementType.FLOAT32 ? x.floats()[i] : x.doubles()[i];
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 64, 140, 2100})
  void vectorsOfAnyWidthGiveTheBitsOfScalars(int n) {
    int rows = 3;
    long key = LoopKey.of(ElementType.FLOAT32, LoopKey.MAP, ElementType.FLOAT32) | LoopKey.outLayout(LoopKey.DENSE);
    for (int k = 0; k < 4; k++)
      key |= LoopKey.input(k, ElementType.FLOAT32, k == 2 ? LoopKey.SINGLE : LoopKey.DENSE);
    int[] inner = {1, 1, 1, 0, 1};
    int[] outer = {n, n, n, 1, 0};
    float[] expected = shares(key, 0, inner, outer, rows, n);
    for (int bits : LoopVariantsTest.WIDTHS)
      assertThat(shares(LoopKey.withVectors(key), bits, inner, outer, rows, n)).containsExactly(expected);
  }

  private static float[] shares(long key, int bits, int[] inner, int[] outer, int rows, int n) {
    NdArray y = NdArray.allocate(ElementType.FLOAT32, Shape.of(rows, n));
    NdArray[] x = {y, NdArray.of(numbers(rows * n), ElementType.FLOAT32, Shape.of(rows, n)),
      NdArray.allocate(ElementType.FLOAT32, Shape.of(rows, 1)),
      NdArray.of(numbers(n), ElementType.FLOAT32, Shape.of(n))};
    SHARES.compile(key, bits).rows(y, x, new int[5], inner, outer, rows, n);
    return y.floats();
  }

  @Test
  void operandsMayHaveGapsAndLieAcross() {
    float[] x = numbers(40 * 70);
    NdArray dense = NdArray.of(x, ElementType.FLOAT32, Shape.of(40, 70));
    NdArray across = NdArray.of(new float[40 * 70], ElementType.FLOAT32, Shape.of(70, 40));
    across = across.view(Shape.of(40, 70), new int[] {1, 40}, 0);
    Loops.copy(across, dense);
    NdArray[] y = new NdArray[2];
    for (int i = 0; i < 2; i++) {
      y[i] = NdArray.allocate(ElementType.FLOAT32, Shape.of(40, 70));
      SHARES.run(y[i], i == 0 ? dense : across, NdArray.allocate(ElementType.FLOAT32, Shape.of(40, 1)),
          NdArray.scalar(0.5));
    }
    assertThat(y[1].floats()).containsExactly(y[0].floats());
  }

  @Test
  void threadsChangeNothing() {
    NdArray x = NdArray.of(numbers(3000 * 64), ElementType.FLOAT32, Shape.of(3000, 64));
    float[][] y = new float[2][];
    int before = Parallel.threads();
    for (int i = 0; i < 2; i++) {
      Parallel.setThreads(1 + 3 * i);
      NdArray out = NdArray.allocate(ElementType.FLOAT32, x.shape());
      SHARES.run(out, x, NdArray.allocate(ElementType.FLOAT32, Shape.of(3000, 1)), NdArray.scalar(1.0));
      y[i] = out.floats();
    }
    Parallel.setThreads(before);
    assertThat(Arrays.equals(y[0], y[1])).isTrue();
  }
}
