package dev.flambeau.kernel;

/**
 * The transform of Box and Muller on blocks of 16 uniforms: u and v give √(−2 ln(1 − u)) · cos 2πv and the same with
 * sin.
 *
 * <p>In a block, element {@code i < 8} is the u and element {@code i + 8} the v of one pair; the normals take their
 * places.
 *
 * <p>In single precision, logarithm, sine and cosine are the polynomials of the Cephes library with fused
 * multiply-adds: plain arithmetic, so the bits are those of PyTorch's AVX2 kernel, on every machine. In double
 * precision they are {@link StrictMath}'s.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // Coefficients stand as published.
final class BoxMuller {
  static final int BLOCK = 16;
  private static final int PAIRS = BLOCK / 2;

  private static final float TWO_PI = (float) (2 * Math.PI);
  private static final int SQRT_HALF_BITS = Float.floatToRawIntBits(0.70710678f);
  private static final float LN2_HIGH = 0.693359375f;
  private static final float LN2_LOW = -2.12194440e-4f;
  private static final float FOUR_OVER_PI = 1.27323954473516f;
  private static final float QUARTER_PI_HIGH = 0.78515625f;
  private static final float QUARTER_PI_MIDDLE = 2.4187564849853515625e-4f;
  private static final float QUARTER_PI_LOW = 3.77489497744594108e-8f;

  private BoxMuller() {}

  /** Turns the 16 uniforms from {@code at} on into normals. */
  static void transform(float[] x, int at, float mean, float std) {
    for (int i = at; i < at + PAIRS; i++) {
      float radius = (float) Math.sqrt(-2 * log(1 - x[i]));
      float theta = TWO_PI * x[i + PAIRS];
      int octant = (int) (theta * FOUR_OVER_PI) + 1 & ~1;
      float r = Math.fma(octant, -QUARTER_PI_HIGH, theta);
      r = Math.fma(octant, -QUARTER_PI_MIDDLE, r);
      r = Math.fma(octant, -QUARTER_PI_LOW, r);
      int sin = Float.floatToRawIntBits(sine(r));
      int cos = Float.floatToRawIntBits(cosine(r));
      int swap = -(octant >> 1 & 1) & (sin ^ cos);
      float sinTheta = Float.intBitsToFloat(sin ^ swap ^ (octant & 4) << 29);
      float cosTheta = Float.intBitsToFloat(cos ^ swap ^ (octant + 2 & 4) << 29);
      x[i] = Math.fma(radius * cosTheta, std, mean);
      x[i + PAIRS] = Math.fma(radius * sinTheta, std, mean);
    }
  }

  /** Turns the 16 uniforms from {@code at} on into normals. */
  static void transform(double[] x, int at, double mean, double std) {
    for (int i = at; i < at + PAIRS; i++) {
      double radius = Math.sqrt(-2 * StrictMath.log(1 - x[i]));
      double theta = 2 * Math.PI * x[i + PAIRS];
      x[i] = Math.fma(radius * StrictMath.cos(theta), std, mean);
      x[i + PAIRS] = Math.fma(radius * StrictMath.sin(theta), std, mean);
    }
  }

  /** ln u for a normal number u > 0: u = m · 2ᵉ with m from √½ to √2, and a polynomial in m − 1. */
  private static float log(float u) {
    int bits = Float.floatToRawIntBits(u);
    int exponentBits = bits - SQRT_HALF_BITS & 0xff800000;
    float exponent = exponentBits >> 23;
    float x = Float.intBitsToFloat(bits - exponentBits) - 1;
    float p = 7.0376836292e-2f;
    p = Math.fma(p, x, -1.1514610310e-1f);
    p = Math.fma(p, x, 1.1676998740e-1f);
    p = Math.fma(p, x, -1.2420140846e-1f);
    p = Math.fma(p, x, 1.4249322787e-1f);
    p = Math.fma(p, x, -1.6668057665e-1f);
    p = Math.fma(p, x, 2.0000714765e-1f);
    p = Math.fma(p, x, -2.4999993993e-1f);
    p = Math.fma(p, x, 3.3333331174e-1f);
    float square = x * x;
    p = Math.fma(p * x, square, exponent * LN2_LOW);
    p = Math.fma(-0.5f, square, p);
    return Math.fma(exponent, LN2_HIGH, x + p);
  }

  /** sin r for |r| ≤ π/4. */
  private static float sine(float r) {
    float z = r * r;
    float p = Math.fma(-1.9515295891e-4f, z, 8.3321608736e-3f);
    p = Math.fma(p, z, -1.6666654611e-1f);
    return Math.fma(p * z, r, r);
  }

  /** cos r for |r| ≤ π/4. */
  private static float cosine(float r) {
    float z = r * r;
    float p = Math.fma(2.443315711809948e-5f, z, -1.388731625493765e-3f);
    p = Math.fma(p, z, 4.166664568298827e-2f);
    return Math.fma(p * z, z, -0.5f * z) + 1;
  }
}
