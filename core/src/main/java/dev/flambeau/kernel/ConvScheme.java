package dev.flambeau.kernel;

import org.jspecify.annotations.Nullable;

/**
 * A way to multiply polynomials at a few points instead of term by term (Winograd, Toom and Cook): of {@code in} inputs
 * {@code out} sums over 3 neighbours each, or of {@code out} gradients of these sums the 3 gradients of the weights.
 * Each of the {@code points} asks for one product. For images, all of that in both directions.
 */
final class ConvScheme {
  /**
   * 4 outputs of 6 inputs, at 0, ±2/3, ±3/2 and infinity. The error is half of that with the usual ±1 and ±2, and two
   * to three times that of the plain sum.
   */
  static final ConvScheme FOUR = four(2 / 3d, 3 / 2d);

  /** 2 outputs of 2 inputs between zeros. */
  static final ConvScheme TWO = new ConvScheme(2, 2,
      new double[][] {{1, 0}, {1, 1}, {0, 1}},
      new double[][] {{1, -1, 0}, {0, 1, 0}, {0, -1, 1}},
      new double[][] {{0, 1, 1}, {1, 1, 0}});

  final int in;
  final int out;
  final int points;
  /** To the points and back: of inputs, filters and outputs, and of the outputs' and filters' gradients. */
  final Matrix input;
  final Matrix filter;
  final Matrix output;
  final Matrix gradient;
  final Matrix weight;

  private ConvScheme(int in, int out, double[][] input, double[][] filter, double[][] output) {
    this.in = in;
    this.out = out;
    points = input.length;
    this.input = new Matrix(input);
    this.filter = new Matrix(filter);
    this.output = new Matrix(output);
    gradient = new Matrix(transposed(output));
    weight = new Matrix(transposed(filter));
  }

  private static ConvScheme four(double p, double q) {
    double p2 = p * p;
    double q2 = q * q;
    double byP = 1 / (2 * p2 * (p2 - q2));
    double byQ = 1 / (2 * q2 * (q2 - p2));
    double[][] input = {
      {1, 0, -p2 - q2, 0, 1, 0},
      {0, -q, -q2, p, 1, 0}, {0, q, -q2, -p, 1, 0},
      {0, -p, -p2, q, 1, 0}, {0, p, -p2, -q, 1, 0},
      {0, 1, 0, -p2 - q2, 0, 1}};
    double[][] filter = {
      {1, 0, 0},
      {byP, p * byP, p2 * byP}, {byP, -p * byP, p2 * byP},
      {byQ, q * byQ, q2 * byQ}, {byQ, -q * byQ, q2 * byQ},
      {0, 0, 1}};
    double[][] output = {
      {1, 1, 1, 1, 1, 0},
      {0, p, -p, q, -q, 0},
      {0, p2, p2, q2, q2, 0},
      {0, p2 * p, -p2 * p, q2 * q, -q2 * q, 1}};
    return new ConvScheme(6, 4, input, filter, output);
  }

  private static double[][] transposed(double[][] matrix) {
    double[][] transposed = new double[matrix[0].length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix[i].length; j++) transposed[j][i] = matrix[i][j];
    }
    return transposed;
  }

  /** Whether a direction of a convolution is one that such schemes are for. */
  static boolean suits(ConvAxis axis) { return axis.kernel() == 3 && axis.stride() == 1 && axis.dilation() == 1; }

  /** Whether images are 2 × 2, with a zero before and behind. */
  static boolean isTwo(ConvAxis down, ConvAxis across) {
    return down.in() == 2 && down.out() == 2 && down.before() == 1 && across.in() == 2 && across.out() == 2
        && across.before() == 1;
  }

  /** The places of a tile of an image. */
  int places() { return points * points; }

  /** A matrix, compiled when it is first asked for. */
  static final class Matrix {
    private final double[][] elements;
    private volatile @Nullable ConvTransform transform;

    private Matrix(double[][] elements) { this.elements = elements; }

    ConvTransform transform() {
      ConvTransform known = transform;
      if (known != null) return known;
      synchronized (this) {
        known = transform;
        if (known == null) transform = known = ConvTransformCompiler.compile(elements, ConvLanes.LANES);
        return known;
      }
    }
  }
}
