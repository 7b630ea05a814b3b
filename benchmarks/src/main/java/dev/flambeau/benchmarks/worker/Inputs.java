package dev.flambeau.benchmarks.worker;

/** The inputs of the rows: a hash of the index, so that every language computes the same bits. */
public final class Inputs {
  /** Batch, inputs, hidden units and classes of the multi-layer perceptron. */
  public static final int BATCH = 64, IN = 784, HIDDEN = 256, OUT = 10;

  /** Of stochastic gradient descent. */
  public static final double LEARNING_RATE = 0.01, MOMENTUM = 0.9;

  /** So many steps are taken before results are compared. */
  public static final int STEPS = 5;

  /** Classes of ResNet-18. */
  public static final int CLASSES = 1000;

  /** So low that a rounding at a kink of ReLU does not grow in a few steps, and hundreds leave gradients. */
  public static final double RESNET_RATE = 0.00001;

  /** Pictures, and pixels of their sides, of the first step in a process. */
  public static final int FIRST_BATCH = 8, FIRST_SIDE = 64;

  /** Sequences, tokens in each, features of a token, heads, and inner features of the Transformer layer. */
  public static final int SEQUENCES = 16, TOKENS = 64, FEATURES = 128, HEADS = 4, INNER = 512;

  /** Learning rate and weight decay of AdamW. */
  public static final double ADAM_RATE = 0.001, DECAY = 0.01;

  /** Steps, series, signals at each step, and states of the long short-term memory. */
  public static final int TIMES = 50, SERIES = 16, SIGNALS = 64, STATES = 128;

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

  /**
   * The values of a network's parameter number {@code place}: uniform with variance 1 / inputs in a matrix or filter of
   * shape (outputs, inputs...), in [7/8, 9/8) in another weight, in [-1/8, 1/8) in a bias.
   */
  public static float[] parameter(int place, boolean bias, long... shape) {
    int count = count(shape), seed = 100 + place;
    if (shape.length > 1) return uniform(count, seed, (float) Math.sqrt(3.0 * shape[0] / count));
    float[] values = uniform(count, seed, 1f / 8);
    if (!bias) for (int i = 0; i < count; i++) values[i] += 1;
    return values;
  }

  /** The elements of an array of this shape. */
  public static int count(long... shape) {
    long n = 1;
    for (long size : shape) n *= size;
    return Math.toIntExact(n);
  }

  private static int hash(int i, int seed) {
    int h = i * 0x9E3779B1 + seed * 0x85EBCA6B;
    h = (h ^ (h >>> 15)) * 0x2C1B3C6D;
    h = (h ^ (h >>> 12)) * 0x297A2D39;
    return h ^ (h >>> 15);
  }
}
