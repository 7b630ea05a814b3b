package dev.flambeau.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RowCopyTest {
  private static final int ROWS = 3;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 50})
  void whatIsAskedForIsCopiedAndNothingElse(int columns) {
    warm();
    for (int[] steps : new int[][] {{1, 1}, {2, 1}, {1, 2}}) {
      int row = columns * steps[0] + 1;
      int toRow = columns * steps[1] + 2;
      // The arrays end with the last elements.
      float[] from = new float[4 + (ROWS - 1) * row + (columns - 1) * steps[0]];
      for (int i = 0; i < from.length; i++) from[i] = i + 1;
      float[] actual = new float[6 + (ROWS - 1) * toRow + (columns - 1) * steps[1]];
      float[] expected = actual.clone();
      for (int r = 0; r < ROWS; r++) {
        for (int j = 0; j < columns; j++) expected[5 + r * toRow + j * steps[1]] = from[3 + r * row + j * steps[0]];
      }
      new ConvLoops.Floats().copy(from, 3, row, steps[0], actual, 5, toRow, steps[1], ROWS, columns);
      assertThat(actual).as(Arrays.toString(steps)).isEqualTo(expected);
    }
  }

  @Test
  void oneElementMayBeCopiedToAll() {
    warm();
    float[] to = new float[12];
    new ConvLoops.Floats().copy(new float[] {7}, 0, 0, 0, to, 0, 4, 1, 3, 4);
    assertThat(to).containsOnly(7);
  }

  /** With vectors, if there are any. */
  private static void warm() {
    while (VectorSupport.available() && !RowCopy.Vectors.WARM_UP.isDone()) Thread.onSpinWait();
  }
}
