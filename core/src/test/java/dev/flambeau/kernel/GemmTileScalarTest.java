package dev.flambeau.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Scalar tiles are fused sums in the order of k, and so are those of vectors: it does not show which one computes. */
final class GemmTileScalarTest {
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

  private static List<GemmLayout> layouts(int height) {
    return List.of(GemmLayout.packed(height), GemmLayout.ROWS, GemmLayout.COLUMNS, new GemmLayout(8, 1, 8, false),
        new GemmLayout(1, 16, 0, false));
  }

  /** A step for which no two elements of A coincide. */
  private static int aStep(GemmLayout layout, int height, int depth) {
    return layout.equals(GemmLayout.ROWS) ? depth + 3 : layout.equals(GemmLayout.COLUMNS) ? height + 2 : 8 * height + 1;
  }

  @Test
  void tilesOfFloatsAreFusedSumsInOrder() {
    int lanes = GemmTier.FLOATS.lanes;
    for (int height : new int[] {1, 4, 6, 8, 12}) {
      for (int vectors : new int[] {1, 2}) {
        for (GemmLayout layout : layouts(height)) {
          for (int depth : new int[] {1, 4, 7, 33, 400}) checkFloats(height, vectors * lanes, layout, depth);
        }
      }
    }
  }

  private void checkFloats(int height, int width, GemmLayout layout, int depth) {
    if (layout.run() > 0 && depth % layout.run() > 0) return;
    int aStep = aStep(layout, height, depth);
    int row = layout.rowStep() == 0 ? aStep : layout.rowStep();
    int end = 3 + layout.length(depth, aStep);
    int[] places = layout.places(3, end, aStep);
    float[] a = floats(places[depth - 1] + height * row);
    float[] b = floats(depth * (width + 3));
    int[] across = IntStream.range(0, depth).map(k -> (depth - 1 - k) * (width + 2)).toArray();
    for (boolean accumulate : new boolean[] {false, true}) {
      float[] c = floats(height * (width + 5));
      float[] forward = c.clone();
      float[] backward = c.clone();
      for (int r = 0; r < height; r++) {
        for (int j = 0; j < width; j++) {
          float sum = 0;
          float other = 0;
          for (int k = 0; k < depth; k++) {
            sum = Math.fma(a[places[k] + r * row], b[1 + k * (width + 2) + j], sum);
            other = Math.fma(a[places[k] + r * row], b[1 + across[k] + j], other);
          }
          int at = 2 + r * (width + 4) + j;
          forward[at] = accumulate ? sum + c[at] : sum;
          backward[at] = accumulate ? other + c[at] : other;
        }
      }
      for (GemmTile<float[]> tile : floatTiles(height, width, layout)) {
        float[] actual = c.clone();
        tile.multiply(a, 3, end, aStep, b, 1, width + 2, actual, 2, width + 4, accumulate);
        assertThat(actual).as("%s rows, %s columns, %s, depth %s", height, width, layout, depth).isEqualTo(forward);
        actual = c.clone();
        tile.multiply(a, 3, end, aStep, b, 1, across, actual, 2, width + 4, accumulate);
        assertThat(actual).as("%s rows, %s columns, %s, depth %s", height, width, layout, depth).isEqualTo(backward);
      }
    }
  }

  private static List<GemmTile<float[]>> floatTiles(int height, int width, GemmLayout layout) {
    int lanes = GemmTier.FLOATS.lanes;
    GemmTile<float[]> scalar = GemmTier.FLOATS.scalar(height, width, layout);
    return VectorSupport.available()
        ? List.of(scalar, GemmTileCompiler.compile(false, lanes, height, width / lanes, layout)) : List.of(scalar);
  }

  @Test
  void tilesOfDoublesGiveTheSameBits() {
    int lanes = GemmTier.DOUBLES.lanes;
    for (int height : new int[] {1, 4, 12}) {
      int width = 2 * lanes;
      for (GemmLayout layout : layouts(height)) {
        for (int depth : new int[] {8, 128}) {
          int aStep = aStep(layout, height, depth);
          int end = layout.length(depth, aStep);
          int[] places = layout.places(0, end, aStep);
          double[] a = doubles(places[depth - 1] + height * (aStep + 16));
          double[] b = doubles(depth * width);
          int[] across = IntStream.range(0, depth).map(k -> (depth - 1 - k) * width).toArray();
          double[] c = doubles(height * width);
          double[] scalar = c.clone();
          GemmTile<double[]> tile = GemmTier.DOUBLES.scalar(height, width, layout);
          tile.multiply(a, 0, end, aStep, b, 0, width, scalar, 0, width, true);
          double sum = 0;
          for (int k = 0; k < depth; k++) sum = Math.fma(a[places[k]], b[k * width], sum);
          assertThat(scalar[0]).isEqualTo(sum + c[0]);
          if (!VectorSupport.available()) continue;
          GemmTile<double[]> vectors = GemmTileCompiler.compile(true, lanes, height, 2, layout);
          double[] actual = c.clone();
          vectors.multiply(a, 0, end, aStep, b, 0, width, actual, 0, width, true);
          assertThat(actual).as("%s rows, %s, depth %s", height, layout, depth).isEqualTo(scalar);
          vectors.multiply(a, 0, end, aStep, b, 0, across, actual, 0, width, false);
          tile.multiply(a, 0, end, aStep, b, 0, across, scalar, 0, width, false);
          assertThat(actual).as("%s rows, %s, depth %s", height, layout, depth).isEqualTo(scalar);
        }
      }
    }
  }

  /** The same bits with vectors of any width and without, as there are always as many partial sums. */
  @Test
  void dotProductsAreSumsOfSixtyFourBytesOfLanes() {
    for (int k : new int[] {1, 15, 16, 17, 100, 1000}) {
      for (boolean accumulate : new boolean[] {false, true}) {
        float[] a = floats(7 * k);
        float[] x = floats(k);
        float[] c = floats(14);
        float[] expected = c.clone();
        for (int i = 0; i < 7; i++) {
          float[] sums = new float[16];
          int whole = k / 16 * 16;
          for (int p = 0; p < whole; p++) sums[p % 16] = Math.fma(a[i * k + p], x[p], sums[p % 16]);
          float sum = 0;
          for (float lane : sums) sum += lane;
          float rest = 0;
          for (int p = whole; p < k; p++) rest += a[i * k + p] * x[p];
          expected[2 * i] = accumulate ? c[2 * i] + (sum + rest) : sum + rest;
        }
        float[] scalar = c.clone();
        new GemmTilesFloat(8, 0).dots(7, k, a, 0, k, x, 0, scalar, 0, 2, accumulate);
        assertThat(scalar).as("length %s", k).isEqualTo(expected);
        GemmTier.FLOATS.dots(7, k, a, 0, k, x, 0, c, 0, 2, accumulate);
        assertThat(c).as("length %s", k).isEqualTo(expected);
        double[] p = doubles(7 * k);
        double[] y = doubles(k);
        double[] d = doubles(14);
        double[] twin = d.clone();
        double sum = accumulate ? d[12] : 0;
        for (int i = 0; i < k; i++) sum += p[6 * k + i] * y[i];
        new GemmTilesDouble(8, 0).dots(7, k, p, 0, k, y, 0, twin, 0, 2, accumulate);
        GemmTier.DOUBLES.dots(7, k, p, 0, k, y, 0, d, 0, 2, accumulate);
        assertThat(twin).as("length %s", k).isEqualTo(d);
        assertThat(d[12]).isCloseTo(sum, within(1e-11));
      }
    }
  }

  @Test
  void dotProductsOfVectorsGiveTheSameBits() {
    if (!VectorSupport.available()) return;
    float[] a = floats(4 * 160);
    float[] x = floats(160);
    for (int height : new int[] {1, 4}) {
      GemmLayout layout = GemmLayout.dots(16);
      float[] scalar = new float[64];
      float[] vectors = new float[64];
      GemmTier.FLOATS.scalar(height, 16, layout).multiply(a, 0, 160, 160, x, 0, 16, scalar, 0, 16, false);
      GemmTileCompiler.<float[]>compile(false, GemmTier.FLOATS.lanes, height, 16 / GemmTier.FLOATS.lanes, layout)
          .multiply(a, 0, 160, 160, x, 0, 16, vectors, 0, 16, false);
      assertThat(vectors).isEqualTo(scalar);
    }
  }
}
