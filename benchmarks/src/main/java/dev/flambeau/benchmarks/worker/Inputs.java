package dev.flambeau.benchmarks.worker;

/** The inputs of the rows: a hash of the index, so that every language computes the same bits. */
public final class Inputs {
  /** Batch, inputs, hidden units and classes of the multi-layer perceptron. */
  public static final int BATCH = 64, IN = 784, HIDDEN = 256, OUT = 10;

  /** Of stochastic gradient descent. */
  public static final double LEARNING_RATE = 0.01, MOMENTUM = 0.9;

  /** After so many steps the perceptron's parameters are compared. */
  public static final int STEPS = 5;

  private static final float UNIT = 0x1p-23f;

  private Inputs() {}

  /** {@code n} multiples of scale · 2⁻²³ in [−scale, scale); exact for every {@code scale} that is a power of two. */
  public static float[] uniform(int n, int seed, float scale) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) values[i] = ((hash(i, seed) >>> 8) - (1 << 23)) * UNIT * scale;
    return values;
  }

  /** {@code n} integers in [0, {@code bound}). */
  public static long[] integers(int n, int seed, int bound) {
    long[] values = new long[n];
    for (int i = 0; i < n; i++) values[i] = (long) (hash(i, seed) >>> 8) % bound;
    return values;
  }

  private static int hash(int i, int seed) {
    int h = i * 0x9E3779B1 + seed * 0x85EBCA6B;
    h = (h ^ (h >>> 15)) * 0x2C1B3C6D;
    h = (h ^ (h >>> 12)) * 0x297A2D39;
    return h ^ (h >>> 15);
  }
}
