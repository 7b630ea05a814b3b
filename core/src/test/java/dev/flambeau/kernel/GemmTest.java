package dev.flambeau.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GemmTest {
  private static final int[][] SHAPES = {
    {0, 3, 4}, {3, 0, 4}, {3, 4, 0}, {1, 1, 1}, {2, 2, 2}, {1, 40, 130}, {40, 1, 130}, {1, 700, 9}, {700, 1, 9},
    {1, 1, 5000}, {5, 7, 3}, {16, 16, 16}, {17, 16, 16}, {12, 32, 256}, {12, 32, 257}, {13, 33, 255}, {11, 31, 70},
    {4, 16, 100}, {5, 17, 100}, {64, 64, 64}, {64, 10, 256}, {3, 200, 300}, {200, 3, 300}, {97, 101, 103},
    {150, 130, 520}, {1100, 70, 20}, {20, 2100, 15}, {129, 200, 300}};

  private final int threadsBefore = Parallel.threads();

  @AfterEach
  void restoreThreads() { Parallel.setThreads(threadsBefore); }

  /** One product's operands with any strides, around an offset. */
  private record Product(int m, int n, int k, int aRow, int aCol, int bRow, int bCol, int cRow, double[] a, double[] b,
      double[] c) {
    private static final int OFFSET = 3;

    static Product random(int m, int n, int k, int layout) {
      Random random = new Random(31L * m + 17L * n + k + layout);
      int gap = layout / 4 + 1;
      boolean aTurned = layout % 2 == 1;
      boolean bTurned = layout / 2 % 2 == 1;
      int aRow = aTurned ? gap : k * gap + 1;
      int aCol = aTurned ? m * gap + 1 : gap;
      int bRow = bTurned ? gap : n * gap + 2;
      int bCol = bTurned ? k * gap + 2 : gap;
      int cRow = n + layout;
      return new Product(m, n, k, aRow, aCol, bRow, bCol, cRow, values(random, OFFSET + m * aRow + k * aCol),
          values(random, OFFSET + k * bRow + n * bCol), values(random, OFFSET + m * cRow + n));
    }

    private static double[] values(Random random, int length) {
      double[] values = new double[length];
      for (int i = 0; i < length; i++) values[i] = (float) random.nextGaussian();
      return values;
    }

    static List<Product> all() {
      List<Product> products = new ArrayList<>();
      for (int[] s : SHAPES) for (int layout = 0; layout < 8; layout++) products.add(random(s[0], s[1], s[2], layout));
      return products;
    }

    /** The result in double, and C's elements outside of it untouched. */
    double[] expected(boolean accumulate) {
      double[] result = c.clone();
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          double sum = 0;
          for (int p = 0; p < k; p++) sum += a[OFFSET + i * aRow + p * aCol] * b[OFFSET + p * bRow + j * bCol];
          int at = OFFSET + i * cRow + j;
          result[at] = accumulate ? result[at] + sum : sum;
        }
      }
      return result;
    }

    float[] sgemm(boolean accumulate) {
      float[] result = floats(c);
      Gemm.sgemm(m, n, k, floats(a), OFFSET, aRow, aCol, floats(b), OFFSET, bRow, bCol, result, OFFSET, cRow,
          accumulate);
      return result;
    }

    double[] dgemm(boolean accumulate) {
      double[] result = c.clone();
      Gemm.dgemm(m, n, k, a, OFFSET, aRow, aCol, b, OFFSET, bRow, bCol, result, OFFSET, cRow, accumulate);
      return result;
    }

    void check(double[] actual, double[] expected, double epsilon) {
      double tolerance = epsilon * (k + 16);
      assertThat(actual).hasSameSizeAs(expected);
      for (int i = 0; i < actual.length; i++) {
        if (!(Math.abs(actual[i] - expected[i]) <= tolerance)) {
          throw new AssertionError(this + " at " + i + ": expected " + expected[i] + ", got " + actual[i]);
        }
      }
    }

    @Override
    public String toString() {
      return m + "×" + k + " · " + k + "×" + n + " with strides A " + aRow + "," + aCol + " B " + bRow + "," + bCol;
    }
  }

  private static float[] floats(double[] from) {
    float[] to = new float[from.length];
    for (int i = 0; i < from.length; i++) to[i] = (float) from[i];
    return to;
  }

  private static double[] doubles(float[] from) {
    double[] to = new double[from.length];
    for (int i = 0; i < from.length; i++) to[i] = from[i];
    return to;
  }

  @Test
  void sgemmAgreesWithTheNaiveProductForEveryShapeAndLayout() {
    for (Product x : Product.all()) x.check(doubles(x.sgemm(false)), x.expected(false), 2e-6);
  }

  @Test
  void sgemmAddsToCWhenAskedTo() {
    for (Product x : Product.all()) x.check(doubles(x.sgemm(true)), x.expected(true), 2e-6);
  }

  @Test
  void dgemmAgreesWithTheNaiveProductForEveryShapeAndLayout() {
    for (Product x : Product.all()) x.check(x.dgemm(false), x.expected(false), 4e-15);
  }

  @Test
  void dgemmAddsToCWhenAskedTo() {
    for (Product x : Product.all()) x.check(x.dgemm(true), x.expected(true), 4e-15);
  }

  @Test
  void igemmAndLgemmWrapAroundExactly() {
    Random random = new Random(5);
    for (Product x : Product.all()) {
      int[] ai = random.ints(x.a.length).toArray();
      int[] bi = random.ints(x.b.length).toArray();
      int[] ci = random.ints(x.c.length).toArray();
      long[] al = random.longs(x.a.length).toArray();
      long[] bl = random.longs(x.b.length).toArray();
      long[] cl = random.longs(x.c.length).toArray();
      for (boolean accumulate : new boolean[] {false, true}) {
        int[] expectedInts = ci.clone();
        long[] expectedLongs = cl.clone();
        for (int i = 0; i < x.m; i++) {
          for (int j = 0; j < x.n; j++) {
            int at = Product.OFFSET + i * x.cRow + j;
            if (!accumulate) expectedInts[at] = 0;
            if (!accumulate) expectedLongs[at] = 0;
            for (int p = 0; p < x.k; p++) {
              int s = Product.OFFSET + i * x.aRow + p * x.aCol;
              int t = Product.OFFSET + p * x.bRow + j * x.bCol;
              expectedInts[at] += ai[s] * bi[t];
              expectedLongs[at] += al[s] * bl[t];
            }
          }
        }
        int[] ints = ci.clone();
        long[] longs = cl.clone();
        Gemm.igemm(x.m, x.n, x.k, ai, Product.OFFSET, x.aRow, x.aCol, bi, Product.OFFSET, x.bRow, x.bCol, ints,
            Product.OFFSET, x.cRow, accumulate);
        Gemm.lgemm(x.m, x.n, x.k, al, Product.OFFSET, x.aRow, x.aCol, bl, Product.OFFSET, x.bRow, x.bCol, longs,
            Product.OFFSET, x.cRow, accumulate);
        assertThat(ints).as(x.toString()).isEqualTo(expectedInts);
        assertThat(longs).as(x.toString()).isEqualTo(expectedLongs);
      }
    }
  }

  @Test
  void bitsAreTheSameForAnyNumberOfThreads() {
    int[][] shapes = {
      {150, 130, 520}, {1100, 70, 20}, {64, 256, 784}, {20, 2100, 45}, {1, 900, 1100}, {900, 1, 1100}};
    for (int layout = 0; layout < 4; layout++) {
      for (int[] s : shapes) {
        Product x = Product.random(s[0], s[1], s[2], layout);
        Parallel.setThreads(1);
        float[] floats = x.sgemm(true);
        double[] doubles = x.dgemm(true);
        for (int threads : new int[] {2, 3, 7}) {
          Parallel.setThreads(threads);
          assertThat(Arrays.equals(x.sgemm(true), floats)).as(x.toString()).isTrue();
          assertThat(Arrays.equals(x.dgemm(true), doubles)).as(x.toString()).isTrue();
        }
      }
    }
  }

  @Test
  void scalarTierAgreesWithTheVectorTier() {
    GemmTiles<float[]> floatTiles = new GemmTilesFloat(8, 0);
    GemmTiles<double[]> doubleTiles = new GemmTilesDouble(8, 0);
    for (Product x : Product.all()) {
      if (x.m == 0 || x.n == 0 || x.k == 0) continue;
      float[] f = floats(x.c);
      GemmBlocks.multiply(floatTiles, x.m, x.n, x.k, floats(x.a), Product.OFFSET, x.aRow, x.aCol, floats(x.b),
          Product.OFFSET, x.bRow, x.bCol, f, Product.OFFSET, x.cRow, true);
      x.check(doubles(f), doubles(x.sgemm(true)), 2e-6);
      double[] d = x.c.clone();
      GemmBlocks.multiply(doubleTiles, x.m, x.n, x.k, x.a, Product.OFFSET, x.aRow, x.aCol, x.b,
          Product.OFFSET, x.bRow, x.bCol, d, Product.OFFSET, x.cRow, true);
      x.check(d, x.dgemm(true), 4e-15);
    }
  }

  @Test
  void smallTilesOfNarrowMachinesAgreeToo() {
    for (int rows : new int[] {4, 6}) {
      GemmTiles<float[]> tiles = new GemmTilesFloat(rows, VectorSupport.vectorBits());
      for (Product x : Product.all()) {
        if (x.m == 0 || x.n == 0 || x.k == 0) continue;
        float[] f = floats(x.c);
        GemmBlocks.multiply(tiles, x.m, x.n, x.k, floats(x.a), Product.OFFSET, x.aRow, x.aCol, floats(x.b),
            Product.OFFSET, x.bRow, x.bCol, f, Product.OFFSET, x.cRow, false);
        x.check(doubles(f), x.expected(false), 2e-6);
      }
    }
  }

  @Test
  void nothingIsSkipped() {
    for (int size : new int[] {2, 40}) {
      float[] zeros = new float[size * size];
      float[] b = new float[size * size];
      b[0] = Float.NaN;
      b[size + 1] = Float.POSITIVE_INFINITY;
      float[] c = new float[size * size];
      Gemm.sgemm(size, size, size, zeros, 0, size, 1, b, 0, size, 1, c, 0, size, false);
      for (int i = 0; i < size; i++) {
        assertThat(c[i * size]).isNaN();
        assertThat(c[i * size + 1]).isNaN();
        if (size > 2) assertThat(c[i * size + 2]).isZero();
      }
    }
  }

  @Test
  void virtualThreadsMultiplyAtTheSameTime() throws InterruptedException {
    Product x = Product.random(150, 130, 520, 0);
    float[] expected = x.sgemm(false);
    List<Thread> threads = new ArrayList<>();
    List<float[]> results = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(Thread.ofVirtual().start(() -> {
        float[] result = x.sgemm(false);
        synchronized (results) {
          results.add(result);
        }
      }));
    }
    for (Thread thread : threads) thread.join();
    assertThat(results).hasSize(8).allSatisfy(result -> assertThat(Arrays.equals(result, expected)).isTrue());
  }
}
