package dev.flambeau.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TableRowsTest {
  private static final int SIZE = 50;
  private static final int COUNT = 3000;
  private static final int WIDTH = 9;

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void rowsAreTakenAndAddedInTheirOrder(ElementType type) {
    Random random = new Random(1);
    long[] numbers = random.longs(COUNT, 0, SIZE).toArray();
    NdArray index = NdArray.of(numbers, ElementType.INT64, Shape.of(COUNT));
    NdArray x = NdArray.allocate(type, Shape.of(COUNT, WIDTH));
    for (int i = 0; i < COUNT * WIDTH; i++) {
      float value = (float) random.nextGaussian();
      if (type == ElementType.FLOAT32) x.floats()[i] = value;
      else x.doubles()[i] = value;
    }
    NdArray sums = TableRows.sum("embedding", SIZE, x, index, 7);
    NdArray rows = TableRows.take("embedding", sums, index);
    for (int j = 0; j < WIDTH; j++) {
      float[] single = new float[SIZE];
      double[] exact = new double[SIZE];
      for (int i = 0; i < COUNT; i++) {
        if (numbers[i] == 7) continue;
        single[(int) numbers[i]] += (float) x.doubleAt(i * WIDTH + j);
        exact[(int) numbers[i]] += x.doubleAt(i * WIDTH + j);
      }
      for (int i = 0; i < COUNT; i++) {
        int row = (int) numbers[i];
        double expected = type == ElementType.FLOAT32 ? single[row] : exact[row];
        assertThat(rows.doubleAt(i * WIDTH + j)).isEqualTo(expected);
      }
    }
    assertThatThrownBy(() -> TableRows.take("embedding", sums, NdArray.of(new long[] {SIZE}, ElementType.INT64,
        Shape.of(1)))).hasMessageContaining("out of range");
  }
}
