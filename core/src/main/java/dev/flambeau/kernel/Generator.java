package dev.flambeau.kernel;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import java.util.OptionalDouble;

/**
 * Random numbers from the Mersenne Twister MT19937: from the same seed, the numbers of PyTorch's CPU generator.
 *
 * <p>One draw is 32 bits; "two draws" are 64 bits, the first on top. Elements are filled in row-major order.
 * <ul>
 *   <li><b>Seed.</b> The twister is seeded with the low 32 bits; {@link #initialSeed} keeps all 64.
 *   <li><b>Uniform.</b> FLOAT32: the low 24 bits of one draw, times 2⁻²⁴. FLOAT64: the low 53 bits of two draws, times
 *       2⁻⁵³. Then {@code fma(u, to - from, from)}; what rounds to {@code to} becomes {@code from}.
 *   <li><b>Normal, fewer than 16 elements.</b> Box-Muller in double for both types: from two FLOAT64 uniforms u, v
 *       comes √(−2 ln(1 − v)) · cos 2πu, and the same with sin is kept for the next such element. The kept number
 *       survives every other call but {@link #manualSeed} and {@link #setState}.
 *   <li><b>Normal, from 16 elements on.</b> All elements are filled with uniforms of their own type, then transformed
 *       in blocks of 16 (u at i, v at i + 8). If the size is no multiple of 16, the last 16 elements are drawn anew.
 *       The kept number is neither used nor changed.
 *   <li><b>Integers.</b> One draw modulo the range, or two draws from a range of 2²⁸ on.
 *   <li><b>Permutation.</b> Fisher-Yates from the front, one draw modulo the number of elements left; from 214,748,364
 *       elements on its inside-out form, two draws each.
 *   <li><b>Bernoulli and exponential.</b> One FLOAT64 uniform per element, whatever the type: u &lt; p, and
 *       −ln(1 − u) / λ. So does PyTorch, but where it leaves these two to MKL, as for Bernoulli numbers of one
 *       probability (dropout among them) on Intel processors, its numbers are others.
 * </ul>
 *
 * <p>Integers, uniforms, permutations and FLOAT32 normals from 16 elements on are PyTorch's to the bit (on a processor
 * with AVX2); the other normals and the exponentials differ in the last place at most. All are the same on every
 * machine and for any number of threads.
 *
 * <p>Each call is atomic, so threads may share a generator; which of them gets which numbers is then a matter of
 * timing.
 */
public final class Generator {
  /** The seed of a new generator. */
  public static final long DEFAULT_SEED = 67280421310721L;

  private static final long LARGE_RANGE = 1L << 28;
  private static final int LARGE_PERMUTATION = (int) (0xffffffffL / 20);
  private static final int BLOCKS_PER_CHUNK = 512;

  private long seed;
  private Mt19937 bits;
  private OptionalDouble keptNormal = OptionalDouble.empty();

  /** A generator seeded with {@link #DEFAULT_SEED}. */
  public Generator() {
    seed = DEFAULT_SEED;
    bits = new Mt19937(DEFAULT_SEED);
  }

  /** Starts over from {@code seed}, any number. */
  @CanIgnoreReturnValue
  public synchronized Generator manualSeed(long seed) {
    this.seed = seed;
    bits = new Mt19937(seed);
    keptNormal = OptionalDouble.empty();
    return this;
  }

  /** The seed it last started from. */
  public synchronized long initialSeed() { return seed; }

  /**
   * Fills {@code out} with numbers from {@code [from, to)}.
   *
   * @param out contiguous, floating
   * @throws IllegalArgumentException if {@code from > to}, or {@code to - from} overflows the type
   */
  public synchronized void uniform(NdArray out, double from, double to) {
    requireFloating("uniform", out);
    double most = out.type() == ElementType.FLOAT32 ? Float.MAX_VALUE : Double.MAX_VALUE;
    if (!(from <= to && to - from <= most)) {
      throw new IllegalArgumentException("uniform: expected from <= to and a range that " + out.type()
          + " can hold, got from=" + from + " and to=" + to);
    }
    int start = out.offset();
    int end = start + out.numel();
    if (out.type() == ElementType.FLOAT32) {
      fill(out.floats(), start, end, (float) from, (float) to);
    } else {
      fill(out.doubles(), start, end, from, to);
    }
  }

  /**
   * Fills {@code out} with normally distributed numbers.
   *
   * @param out contiguous, floating
   * @throws IllegalArgumentException if {@code std} is negative or NaN
   */
  public synchronized void normal(NdArray out, double mean, double std) {
    requireFloating("normal", out);
    if (!(std >= 0)) throw new IllegalArgumentException("normal: expected std >= 0, got " + std);
    int start = out.offset();
    int end = start + out.numel();
    boolean single = out.type() == ElementType.FLOAT32;
    if (out.numel() >= BoxMuller.BLOCK) {
      if (single) normalBlocks(out.floats(), start, end, (float) mean, (float) std);
      else normalBlocks(out.doubles(), start, end, mean, std);
    } else if (single) {
      for (int i = start; i < end; i++) out.floats()[i] = (float) Math.fma(nextNormal(), std, mean);
    } else {
      for (int i = start; i < end; i++) out.doubles()[i] = Math.fma(nextNormal(), std, mean);
    }
  }

  /**
   * Fills {@code out} with integers from {@code [low, high)}.
   *
   * <p>In a floating type whose gaps exceed 1 there, the bounds are first moved inwards to numbers that the type holds.
   *
   * @param out contiguous, of any type
   * @throws IllegalArgumentException if the range is empty, or its numbers do not fit the type
   */
  public synchronized void randint(NdArray out, long low, long high) {
    if (low >= high) {
      throw new IllegalArgumentException("randint: expected low < high, got low=" + low + " and high=" + high);
    }
    ElementType type = out.type();
    long from = type.isFloating() ? roundUp(low, type) : low;
    long to = type.isFloating() ? roundDown(high, type) : high;
    if (from >= to || from < least(type) || to - 1 > most(type)) {
      throw new IllegalArgumentException("randint: no " + type + " holds the integers from " + low + " to below " + high
          + "; give a smaller range or another type");
    }
    long range = to - from;
    boolean large = Long.compareUnsigned(range, LARGE_RANGE) >= 0;
    int end = out.offset() + out.numel();
    for (int i = out.offset(); i < end; i++) {
      long draw = large ? Long.remainderUnsigned(bits.nextLong(), range) : (bits.nextInt() & 0xffffffffL) % range;
      store(out, i, from + draw);
    }
  }

  /**
   * Fills {@code out} with a random permutation of the integers from 0 to {@code out.numel() - 1}.
   *
   * @param out contiguous, of any type that holds these integers
   */
  public synchronized void randperm(NdArray out) {
    int n = out.numel();
    if (n - 1 > lastConsecutive(out.type())) {
      throw new IllegalArgumentException("randperm: " + out.type() + " does not hold all integers below " + n
          + "; use INT64");
    }
    int[] permutation = new int[n];
    for (int i = 0; i < n; i++) permutation[i] = i;
    if (n < LARGE_PERMUTATION) {
      for (int i = 0; i < n - 1; i++) swap(permutation, i, i + Integer.remainderUnsigned(bits.nextInt(), n - i));
    } else {
      for (int i = 0; i < n; i++) swap(permutation, i, (int) Long.remainderUnsigned(bits.nextLong(), i + 1L));
    }
    for (int i = 0; i < n; i++) store(out, out.offset() + i, permutation[i]);
  }

  /**
   * Fills {@code out} with ones, each with probability {@code p}, and zeros.
   *
   * @param out contiguous, of any type
   * @throws IllegalArgumentException if {@code p} is outside of [0, 1]
   */
  public synchronized void bernoulli(NdArray out, double p) {
    requireProbability(p);
    int end = out.offset() + out.numel();
    for (int i = out.offset(); i < end; i++) store(out, i, nextDouble() < p ? 1 : 0);
  }

  /**
   * Fills {@code out} with ones, each with the probability at its place, and zeros. FLOAT32 probabilities are compared
   * with FLOAT32 uniforms, one draw each.
   *
   * @param out contiguous, of any type
   * @param probabilities contiguous, floating, of the shape of {@code out}
   * @throws IllegalArgumentException if a probability is outside of [0, 1], or the shapes differ
   */
  public synchronized void bernoulli(NdArray out, NdArray probabilities) {
    requireFloating("bernoulli", probabilities);
    if (!out.shape().equals(probabilities.shape())) {
      throw new IllegalArgumentException("bernoulli: expected probabilities of shape " + out.shape() + ", got "
          + probabilities.shape());
    }
    int n = out.numel();
    int at = probabilities.offset();
    for (int i = 0; i < n; i++) requireProbability(probabilities.doubleAt(at + i));
    boolean single = probabilities.type() == ElementType.FLOAT32;
    for (int i = 0; i < n; i++) {
      double u = single ? bits.nextFloat() : nextDouble();
      store(out, out.offset() + i, u < probabilities.doubleAt(at + i) ? 1 : 0);
    }
  }

  /**
   * Fills {@code out} with exponentially distributed numbers of mean 1/{@code lambda}.
   *
   * @param out contiguous, floating
   * @throws IllegalArgumentException if {@code lambda} is not positive
   */
  public synchronized void exponential(NdArray out, double lambda) {
    requireFloating("exponential", out);
    if (!(lambda > 0)) throw new IllegalArgumentException("exponential: expected lambda > 0, got " + lambda);
    int end = out.offset() + out.numel();
    for (int i = out.offset(); i < end; i++) {
      double value = -1 / lambda * StrictMath.log1p(-nextDouble());
      if (out.type() == ElementType.FLOAT32) out.floats()[i] = (float) value;
      else out.doubles()[i] = value;
    }
  }

  /** Where it stands, the kept normal included, in the 5,056 bytes of PyTorch's {@code torch.get_rng_state()}. */
  public synchronized byte[] getState() { return new GeneratorState(seed, bits, keptNormal).toBytes(); }

  /**
   * Continues from an exported state, also one of PyTorch's.
   *
   * @throws IllegalArgumentException if {@code state} is not a generator's state; the generator is then unchanged
   */
  public synchronized void setState(byte[] state) {
    GeneratorState read = GeneratorState.of(state);
    seed = read.seed();
    bits = read.bits();
    keptNormal = read.keptNormal();
  }

  private double nextDouble() { return (bits.nextLong() & (1L << 53) - 1) * 0x1p-53; }

  private double nextNormal() {
    if (keptNormal.isPresent()) {
      double kept = keptNormal.getAsDouble();
      keptNormal = OptionalDouble.empty();
      return kept;
    }
    double u = nextDouble();
    double radius = Math.sqrt(-2 * StrictMath.log1p(-nextDouble()));
    double theta = 2 * Math.PI * u;
    keptNormal = OptionalDouble.of(radius * StrictMath.sin(theta));
    return radius * StrictMath.cos(theta);
  }

  private void fill(float[] x, int start, int end, float from, float to) {
    bits.nextFloats(x, start, end);
    if (from == 0 && to == 1) return;
    for (int i = start; i < end; i++) {
      float value = Math.fma(x[i], to - from, from);
      x[i] = value == to ? from : value;
    }
  }

  private void fill(double[] x, int start, int end, double from, double to) {
    for (int i = start; i < end; i++) {
      double value = Math.fma(nextDouble(), to - from, from);
      x[i] = value == to ? from : value;
    }
  }

  private void normalBlocks(float[] x, int start, int end, float mean, float std) {
    fill(x, start, end, 0, 1);
    Parallel.forRange((end - start) / BoxMuller.BLOCK, BLOCKS_PER_CHUNK, (first, last) -> {
      for (int b = first; b < last; b++) BoxMuller.transform(x, start + b * BoxMuller.BLOCK, mean, std);
    });
    if ((end - start) % BoxMuller.BLOCK == 0) return;
    fill(x, end - BoxMuller.BLOCK, end, 0, 1);
    BoxMuller.transform(x, end - BoxMuller.BLOCK, mean, std);
  }

  private void normalBlocks(double[] x, int start, int end, double mean, double std) {
    fill(x, start, end, 0, 1);
    Parallel.forRange((end - start) / BoxMuller.BLOCK, BLOCKS_PER_CHUNK, (first, last) -> {
      for (int b = first; b < last; b++) BoxMuller.transform(x, start + b * BoxMuller.BLOCK, mean, std);
    });
    if ((end - start) % BoxMuller.BLOCK == 0) return;
    fill(x, end - BoxMuller.BLOCK, end, 0, 1);
    BoxMuller.transform(x, end - BoxMuller.BLOCK, mean, std);
  }

  private static void requireFloating(String operation, NdArray a) {
    if (!a.type().isFloating()) {
      throw new IllegalArgumentException(operation + ": expected FLOAT32 or FLOAT64 elements, got " + a.type());
    }
  }

  private static void requireProbability(double p) {
    if (!(p >= 0 && p <= 1)) throw new IllegalArgumentException("bernoulli: expected 0 <= p <= 1, got p=" + p);
  }

  private static void swap(int[] x, int i, int j) {
    int held = x[i];
    x[i] = x[j];
    x[j] = held;
  }

  private static void store(NdArray out, int at, long value) {
    switch (out.type()) {
      case FLOAT32 -> out.floats()[at] = value;
      case FLOAT64 -> out.doubles()[at] = value;
      case INT64 -> out.longs()[at] = value;
      case INT32 -> out.ints()[at] = (int) value;
      case UINT8, BOOL -> out.bytes()[at] = (byte) value;
    }
  }

  /** {@code low}, or if {@code low + 1} is below it once rounded to the type, the next number above that. */
  private static long roundUp(long low, ElementType type) {
    if (type == ElementType.FLOAT32) {
      float rounded = low + 1;
      return (long) rounded < low ? (long) Math.nextUp(rounded) : low;
    }
    double rounded = low + 1;
    return (long) rounded < low ? (long) Math.nextUp(rounded) : low;
  }

  /** {@code high}, or if {@code high - 1} is not below it once rounded to the type, the next number below that. */
  private static long roundDown(long high, ElementType type) {
    if (type == ElementType.FLOAT32) {
      float rounded = high - 1;
      return (long) rounded >= high ? (long) Math.nextDown(rounded) : high;
    }
    double rounded = high - 1;
    return (long) rounded >= high ? (long) Math.nextDown(rounded) : high;
  }

  private static long lastConsecutive(ElementType type) {
    return switch (type) {
      case FLOAT32 -> 1L << 24;
      case FLOAT64 -> 1L << 53;
      case INT64, INT32, UINT8, BOOL -> most(type);
    };
  }

  private static long least(ElementType type) {
    return switch (type) {
      case FLOAT32, FLOAT64, INT64 -> Long.MIN_VALUE;
      case INT32 -> Integer.MIN_VALUE;
      case UINT8, BOOL -> 0;
    };
  }

  private static long most(ElementType type) {
    return switch (type) {
      case FLOAT32, FLOAT64, INT64 -> Long.MAX_VALUE;
      case INT32 -> Integer.MAX_VALUE;
      case UINT8 -> 255;
      case BOOL -> 1;
    };
  }
}
