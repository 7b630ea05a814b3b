package dev.flambeau.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The scalar twins give the bits of the vector tiles, so that it does not show when one takes the other's place. */
@EnabledIf("dev.flambeau.kernel.VectorSupport#available")
final class GemmTileFusedTest {
  private final Random random = new Random(11);

  private float[] floats(int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) values[i] = (float) random.nextGaussian();
    return values;
  }

  private double[] doubles(int n) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) values[i] = random.nextGaussian();
    return values;
  }

  @Test
  void tilesOfFloatsGiveTheSameBits() {
    int lanes = Species.FLOATS.length();
    for (int height : new int[] {1, 4, 6, 8, 12}) {
      for (int vectors : new int[] {1, 2}) {
        int width = vectors * lanes;
        GemmTile<float[]> tile = GemmTileCompiler.compile(false, lanes, height, vectors);
        for (int depth : new int[] {1, 3, 4, 7, 33, 400}) {
          float[] a = floats(height * depth);
          float[] b = floats(depth * (width + 3));
          for (boolean accumulate : new boolean[] {false, true}) {
            float[] c = floats(height * (width + 5));
            float[] twin = c.clone();
            tile.multiply(a, 0, a.length, b, 1, width + 2, c, 2, width + 4, accumulate);
            new GemmTileFused.Floats(height, width).multiply(a, 0, a.length, b, 1, width + 2, twin, 2, width + 4,
                accumulate);
            assertThat(twin).as("%s rows, %s columns, depth %s", height, width, depth).isEqualTo(c);
            int[] across = IntStream.range(0, depth).map(k -> (depth - 1 - k) * (width + 2)).toArray();
            tile.multiply(a, 0, a.length, b, 1, across, c, 2, width + 4, accumulate);
            new GemmTileFused.Floats(height, width).multiply(a, 0, a.length, b, 1, across, twin, 2,
                width + 4, accumulate);
            assertThat(twin).as("%s rows, %s columns, depth %s", height, width, depth).isEqualTo(c);
          }
        }
      }
    }
  }

  @Test
  void tilesOfDoublesGiveTheSameBits() {
    int lanes = Species.DOUBLES.length();
    for (int height : new int[] {1, 4, 12}) {
      int width = 2 * lanes;
      GemmTile<double[]> tile = GemmTileCompiler.compile(true, lanes, height, 2);
      for (int depth : new int[] {1, 6, 129}) {
        double[] a = doubles(height * depth);
        double[] b = doubles(depth * width);
        for (boolean accumulate : new boolean[] {false, true}) {
          double[] c = doubles(height * width);
          double[] twin = c.clone();
          tile.multiply(a, 0, a.length, b, 0, width, c, 0, width, accumulate);
          new GemmTileFused.Doubles(height, width).multiply(a, 0, a.length, b, 0, width, twin, 0, width, accumulate);
          assertThat(twin).as("%s rows, depth %s", height, depth).isEqualTo(c);
          int[] across = IntStream.range(0, depth).map(k -> (depth - 1 - k) * width).toArray();
          tile.multiply(a, 0, a.length, b, 0, across, c, 0, width, accumulate);
          new GemmTileFused.Doubles(height, width).multiply(a, 0, a.length, b, 0, across, twin, 0, width,
              accumulate);
          assertThat(twin).as("%s rows, depth %s", height, depth).isEqualTo(c);
        }
      }
    }
  }

  @Test
  void dotProductsGiveTheSameBits() {
    for (int k : new int[] {1, 15, 16, 17, 100, 1000}) {
      for (boolean accumulate : new boolean[] {false, true}) {
        float[] a = floats(7 * k);
        float[] x = floats(k);
        float[] c = floats(14);
        float[] twin = c.clone();
        GemmTileVectors.dots(7, k, a, 0, k, x, 0, c, 0, 2, accumulate);
        GemmTileFused.dots(Species.FLOATS.length(), 7, k, a, 0, k, x, 0, twin, 0, 2, accumulate);
        assertThat(twin).as("float, length %s", k).isEqualTo(c);
        double[] p = doubles(7 * k);
        double[] y = doubles(k);
        double[] d = doubles(14);
        double[] twinOfD = d.clone();
        GemmTileVectors.dots(7, k, p, 0, k, y, 0, d, 0, 2, accumulate);
        GemmTileFused.dots(Species.DOUBLES.length(), 7, k, p, 0, k, y, 0, twinOfD, 0, 2, accumulate);
        assertThat(twinOfD).as("double, length %s", k).isEqualTo(d);
      }
    }
  }
}
