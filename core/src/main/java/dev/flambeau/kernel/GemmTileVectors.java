package dev.flambeau.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Tiles of the machine's vectors. Loaded only where the module {@code jdk.incubator.vector} is. */
final class GemmTileVectors {
  private static final VectorSpecies<Float> FLOATS = Species.FLOATS;
  private static final VectorSpecies<Double> DOUBLES = Species.DOUBLES;

  /** Only machines with the widest vectors select lanes from two of them in one instruction. */
  private static final boolean TURNS = FLOATS.vectorBitSize() >= 512;

  /** Machines with the widest vectors have twice as many registers for them, which a taller tile fills. */
  private static final int ROWS = FLOATS.vectorBitSize() >= 512 ? 12 : 6;

  private GemmTileVectors() {}

  static GemmTiles<float[]> floats() { return floats(ROWS); }

  static GemmTiles<double[]> doubles() { return doubles(ROWS); }

  static GemmTiles<float[]> floats(int rows) {
    return new GemmTilesFloat(rows, FLOATS.length(), TURNS) {
      @Override
      GemmTile<float[]> newTile(int height, int vectors) {
        int width = vectors * lanes;
        GemmTile<float[]> tile = GemmTileCompiler.compile(false, lanes, height, vectors);
        GemmTile<float[]> twin = new GemmTileFused.Floats(height, width);
        return new GemmTileWarming<>(tile, twin, height, vectors, width, new float[GemmTileWarming.room(height)],
            new float[GemmTileWarming.room(width)], new float[height * width]);
      }

      @Override
      GemmTileTurn<float[]> newTurn(int used) { return GemmTileTurnCompiler.compile(false, lanes, used); }

      @Override
      float[] room(int length) { return new float[length]; }

      @Override
      void dots(int rows, int k, float[] a, int aFrom, int rowStep, float[] x, int xFrom, float[] c, int cFrom,
          int cStep, boolean accumulate) {
        if (FloatDots.WARM_UP.isDone()) {
          GemmTileVectors.dots(rows, k, a, aFrom, rowStep, x, xFrom, c, cFrom, cStep, accumulate);
        } else {
          GemmTileFused.dots(FLOATS.length(), rows, k, a, aFrom, rowStep, x, xFrom, c, cFrom, cStep, accumulate);
        }
      }
    };
  }

  static GemmTiles<double[]> doubles(int rows) {
    return new GemmTilesDouble(rows, DOUBLES.length(), TURNS) {
      @Override
      GemmTile<double[]> newTile(int height, int vectors) {
        int width = vectors * lanes;
        GemmTile<double[]> tile = GemmTileCompiler.compile(true, lanes, height, vectors);
        GemmTile<double[]> twin = new GemmTileFused.Doubles(height, width);
        return new GemmTileWarming<>(tile, twin, height, vectors, width, new double[GemmTileWarming.room(height)],
            new double[GemmTileWarming.room(width)], new double[height * width]);
      }

      @Override
      GemmTileTurn<double[]> newTurn(int used) { return GemmTileTurnCompiler.compile(true, lanes, used); }

      @Override
      double[] room(int length) { return new double[length]; }

      @Override
      void dots(int rows, int k, double[] a, int aFrom, int rowStep, double[] x, int xFrom, double[] c, int cFrom,
          int cStep, boolean accumulate) {
        if (DoubleDots.WARM_UP.isDone()) {
          GemmTileVectors.dots(rows, k, a, aFrom, rowStep, x, xFrom, c, cFrom, cStep, accumulate);
        } else {
          GemmTileFused.dots(DOUBLES.length(), rows, k, a, aFrom, rowStep, x, xFrom, c, cFrom, cStep, accumulate);
        }
      }
    };
  }

  /** Dot products of floats being compiled. */
  private static final class FloatDots {
    private static final float[] ROWS = new float[5 * 64];
    private static final float[] OUT = new float[5];
    static final WarmUp WARM_UP = WarmUp.of(() -> {
      dots(5, 64, ROWS, 0, 64, ROWS, 0, OUT, 0, 1, false);
      dots(5, 64, ROWS, 0, 64, ROWS, 0, OUT, 0, 1, true);
    }, 2_000);
  }

  /** Dot products of doubles being compiled. */
  private static final class DoubleDots {
    private static final double[] ROWS = new double[5 * 64];
    private static final double[] OUT = new double[5];
    static final WarmUp WARM_UP = WarmUp.of(() -> {
      dots(5, 64, ROWS, 0, 64, ROWS, 0, OUT, 0, 1, false);
      dots(5, 64, ROWS, 0, 64, ROWS, 0, OUT, 0, 1, true);
    }, 2_000);
  }

  static void dots(int rows, int k, float[] a, int aFrom, int rowStep, float[] x, int xFrom, float[] c,
      int cFrom, int cStep, boolean accumulate) {
    int bound = FLOATS.loopBound(k);
    float[] lanes = Workspace.takeFloats(FLOATS.length());
    int i = 0;
    for (; i + 4 <= rows; i += 4) {
      int r0 = aFrom + i * rowStep;
      int r1 = r0 + rowStep;
      int r2 = r1 + rowStep;
      int r3 = r2 + rowStep;
      FloatVector s0 = FloatVector.zero(FLOATS);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      for (int p = 0; p < bound; p += FLOATS.length()) {
        FloatVector v = FloatVector.fromArray(FLOATS, x, xFrom + p);
        s0 = FloatVector.fromArray(FLOATS, a, r0 + p).fma(v, s0);
        s1 = FloatVector.fromArray(FLOATS, a, r1 + p).fma(v, s1);
        s2 = FloatVector.fromArray(FLOATS, a, r2 + p).fma(v, s2);
        s3 = FloatVector.fromArray(FLOATS, a, r3 + p).fma(v, s3);
      }
      int to = cFrom + i * cStep;
      put(c, to, sum(s0, lanes) + tail(a, r0, x, xFrom, bound, k), accumulate);
      put(c, to + cStep, sum(s1, lanes) + tail(a, r1, x, xFrom, bound, k), accumulate);
      put(c, to + 2 * cStep, sum(s2, lanes) + tail(a, r2, x, xFrom, bound, k), accumulate);
      put(c, to + 3 * cStep, sum(s3, lanes) + tail(a, r3, x, xFrom, bound, k), accumulate);
    }
    for (; i < rows; i++) {
      int row = aFrom + i * rowStep;
      FloatVector sum = FloatVector.zero(FLOATS);
      for (int p = 0; p < bound; p += FLOATS.length()) {
        sum = FloatVector.fromArray(FLOATS, a, row + p).fma(FloatVector.fromArray(FLOATS, x, xFrom + p), sum);
      }
      put(c, cFrom + i * cStep, sum(sum, lanes) + tail(a, row, x, xFrom, bound, k), accumulate);
    }
    Workspace.give(lanes);
  }

  /** The lanes' sum in a fixed order, which {@code reduceLanes} does not promise. */
  private static float sum(FloatVector vector, float[] lanes) {
    vector.intoArray(lanes, 0);
    float sum = 0;
    for (int i = 0; i < FLOATS.length(); i++) sum += lanes[i];
    return sum;
  }

  private static float tail(float[] a, int aFrom, float[] x, int xFrom, int from, int to) {
    float sum = 0;
    for (int p = from; p < to; p++) sum += a[aFrom + p] * x[xFrom + p];
    return sum;
  }

  private static void put(float[] c, int at, float value, boolean accumulate) {
    c[at] = accumulate ? c[at] + value : value;
  }

  static void dots(int rows, int k, double[] a, int aFrom, int rowStep, double[] x, int xFrom, double[] c,
      int cFrom, int cStep, boolean accumulate) {
    int bound = DOUBLES.loopBound(k);
    double[] lanes = Workspace.takeDoubles(DOUBLES.length());
    int i = 0;
    for (; i + 4 <= rows; i += 4) {
      int r0 = aFrom + i * rowStep;
      int r1 = r0 + rowStep;
      int r2 = r1 + rowStep;
      int r3 = r2 + rowStep;
      DoubleVector s0 = DoubleVector.zero(DOUBLES);
      DoubleVector s1 = s0;
      DoubleVector s2 = s0;
      DoubleVector s3 = s0;
      for (int p = 0; p < bound; p += DOUBLES.length()) {
        DoubleVector v = DoubleVector.fromArray(DOUBLES, x, xFrom + p);
        s0 = DoubleVector.fromArray(DOUBLES, a, r0 + p).fma(v, s0);
        s1 = DoubleVector.fromArray(DOUBLES, a, r1 + p).fma(v, s1);
        s2 = DoubleVector.fromArray(DOUBLES, a, r2 + p).fma(v, s2);
        s3 = DoubleVector.fromArray(DOUBLES, a, r3 + p).fma(v, s3);
      }
      int to = cFrom + i * cStep;
      put(c, to, sum(s0, lanes) + tail(a, r0, x, xFrom, bound, k), accumulate);
      put(c, to + cStep, sum(s1, lanes) + tail(a, r1, x, xFrom, bound, k), accumulate);
      put(c, to + 2 * cStep, sum(s2, lanes) + tail(a, r2, x, xFrom, bound, k), accumulate);
      put(c, to + 3 * cStep, sum(s3, lanes) + tail(a, r3, x, xFrom, bound, k), accumulate);
    }
    for (; i < rows; i++) {
      int row = aFrom + i * rowStep;
      DoubleVector sum = DoubleVector.zero(DOUBLES);
      for (int p = 0; p < bound; p += DOUBLES.length()) {
        sum = DoubleVector.fromArray(DOUBLES, a, row + p).fma(DoubleVector.fromArray(DOUBLES, x, xFrom + p), sum);
      }
      put(c, cFrom + i * cStep, sum(sum, lanes) + tail(a, row, x, xFrom, bound, k), accumulate);
    }
    Workspace.give(lanes);
  }

  /** The lanes' sum in a fixed order, which {@code reduceLanes} does not promise. */
  private static double sum(DoubleVector vector, double[] lanes) {
    vector.intoArray(lanes, 0);
    double sum = 0;
    for (int i = 0; i < DOUBLES.length(); i++) sum += lanes[i];
    return sum;
  }

  private static double tail(double[] a, int aFrom, double[] x, int xFrom, int from, int to) {
    double sum = 0;
    for (int p = from; p < to; p++) sum += a[aFrom + p] * x[xFrom + p];
    return sum;
  }

  private static void put(double[] c, int at, double value, boolean accumulate) {
    c[at] = accumulate ? c[at] + value : value;
  }
}
