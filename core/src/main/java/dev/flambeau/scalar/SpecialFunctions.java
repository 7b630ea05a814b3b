package dev.flambeau.scalar;

/** Functions that {@link Math} lacks, or has with other conventions. Errors are a few units in the last place unless said otherwise. */
public final class SpecialFunctions {
  private static final double LN2 = 0.6931471805599453;
  private static final double SQRT_PI = 1.7724538509055159;
  private static final double HALF_LOG_TWO_PI = 0.9189385332046727;

  /** erf(x)/x in x², |x| ≤ 1. */
  private static final double[] ERF = {
    -7.795898827002142e-10, 1.3720064546777686e-08, -1.6208483801871705e-07, 1.6447424703317362e-06,
    -1.492473690741966e-05,
    0.00012055294904839707, -0.0008548325975389692, 0.0052239776071164225, -0.02686617064323777, 0.11283791670945006,
    -0.37612638903183543, 1.1283791670955126};

  /** (1 + 2x)·exp(x²)·erfc(x) in (x − 4)/(x + 4), 1 ≤ x ≤ 28. */
  private static final double[] ERFC = {
    -2.6490729369178822e-08, 8.981761538262737e-08, 9.378764713111928e-08, -8.132213473308921e-07,
    2.779610203474889e-07,
    5.706137058391276e-06, -1.1214940454085914e-05, -2.4398796129808548e-05, 0.0001506197652840239,
    -0.0001992566557780742,
    -0.0007577729682444181, 0.005031969959955954, -0.016197734090861556, 0.03716751553970077, -0.06633036581022515,
    0.09373283499822639, -0.10103906603636663, 0.06809705425469556, 0.015379652102620517, -0.13962111684056253,
    1.2329951186255526};

  /** log Γ(2 + y)/y, |y| ≤ 1/2. */
  private static final double[] LGAMMA = {
    2.7475390051909663e-07, -5.811277768921246e-07, 9.242852225162277e-07, -1.9743106888421067e-06,
    4.3828545383846665e-06,
    -9.45628851510172e-06, 2.050601970174762e-05, -4.4923727564247656e-05, 9.945761692157133e-05,
    -0.00022315497746292723,
    0.0005096695196526673, -0.0011927539009983087, 0.002890510330865901, -0.007385551028935545, 0.02058080842778338,
    -0.06735230105319563, 0.3224670334241132, 0.42278433509846713};

  /** First guesses of erfinv(x)/x near 0 and in the tails (Giles, 2010). */
  private static final double[] ERFINV_NEAR = {
    2.81022636e-08, 3.43273939e-07, -3.5233877e-06, -4.39150654e-06, 0.00021858087, -0.00125372503, -0.00417768164,
    0.246640727, 1.50140941};
  private static final double[] ERFINV_FAR = {
    -0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773, -0.0076224613, 0.00943887047,
    1.00167406, 2.83297682};

  /** B₂ⱼ/(2j)! for j = 1, 2, …. */
  private static final double[] EULER_MACLAURIN = {
    1 / 12.0, -1 / 720.0, 1 / 30240.0, -1 / 1209600.0, 1 / 47900160.0, -691 / 1307674368000.0, 1 / 74724249600.0};

  private SpecialFunctions() {}

  private static double polynomial(double[] coefficients, double x) {
    double y = coefficients[0];
    for (int i = 1; i < coefficients.length; i++) y = y * x + coefficients[i];
    return y;
  }

  /** 2ˣ. */
  public static double exp2(double x) { return Math.pow(2, x); }

  /** Logarithm to base 2, exact for powers of 2. */
  public static double log2(double x) {
    if (!(x >= Double.MIN_NORMAL && x < Double.POSITIVE_INFINITY)) return Math.log(x) / LN2;
    int exponent = Math.getExponent(x);
    double mantissa = Math.scalb(x, -exponent);
    if (mantissa > 1.4142135623730951) {
      mantissa *= 0.5;
      exponent++;
    }
    return exponent + Math.log(mantissa) / LN2;
  }

  /** Inverse hyperbolic sine. */
  public static double asinh(double x) {
    double a = Math.abs(x);
    double y = a > 1e8 ? Math.log(a) + LN2 : Math.log1p(a + a * a / (1 + Math.sqrt(1 + a * a)));
    return Math.copySign(y, x);
  }

  /** Inverse hyperbolic cosine. */
  public static double acosh(double x) {
    double t = x - 1;
    return x > 1e8 ? Math.log(x) + LN2 : Math.log1p(t + Math.sqrt(2 * t + t * t));
  }

  /** Inverse hyperbolic tangent. */
  public static double atanh(double x) {
    double a = Math.abs(x);
    return Math.copySign(0.5 * Math.log1p(2 * a / (1 - a)), x);
  }

  /** 1/(1 + e⁻ˣ). */
  public static double sigmoid(double x) { return 1 / (1 + Math.exp(-x)); }

  /** The integer part. */
  public static double trunc(double x) { return x < 0 ? Math.ceil(x) : Math.floor(x); }

  /** Power as C has it: 1 to any power is 1, and so is −1 to an infinite one. */
  public static double pow(double x, double y) {
    return x == 1 || x == -1 && Double.isInfinite(y) ? 1 : Math.pow(x, y);
  }

  /** Remainder with the divisor's sign. */
  public static double remainder(double a, double b) {
    double r = a % b;
    return r != 0 && r < 0 != b < 0 ? r + b : r;
  }

  /** Quotient rounded down, consistent with {@link #remainder}. */
  public static double floorDiv(double a, double b) {
    if (b == 0) return a / b;
    double r = a % b;
    double quotient = (a - r) / b;
    if (r != 0 && r < 0 != b < 0) quotient -= 1;
    if (quotient == 0) return Math.copySign(0, a / b);
    double floor = Math.floor(quotient);
    return quotient - floor > 0.5 ? floor + 1 : floor;
  }

  /** Error function. */
  public static double erf(double x) {
    if (Math.abs(x) < 1) return x * polynomial(ERF, x * x);
    return x < 0 ? tail(-x) - 1 : 1 - tail(x);
  }

  /** Complementary error function. */
  public static double erfc(double x) {
    if (Math.abs(x) < 1) return x < 0.5 ? 1 - x * polynomial(ERF, x * x) : 0.5 + (0.5 - x * polynomial(ERF, x * x));
    return x < 0 ? 2 - tail(-x) : tail(x);
  }

  /** erfc(x) for x ≥ 1. The square in the exponent is taken of a head with few bits, where it is exact, and of a small rest. */
  private static double tail(double x) {
    if (x > 28) return 0;
    double head = (float) x;
    double gauss = Math.exp(-head * head) * Math.exp((head - x) * (head + x));
    return gauss * polynomial(ERFC, (x - 4) / (x + 4)) / (1 + 2 * x);
  }

  /** Inverse error function: a guess, made exact by three steps of Halley's method. */
  public static double erfinv(double x) {
    double a = Math.abs(x);
    if (!(a < 1)) return a == 1 ? x / 0.0 : Double.NaN;
    if (a < 1e-8) return x * (SQRT_PI / 2);
    double w = -Math.log((1 - a) * (1 + a));
    double log = -Math.log(1 - a);
    double y = w < 5 ? a * polynomial(ERFINV_NEAR, w - 2.5)
        : w < 16 ? a * polynomial(ERFINV_FAR, Math.sqrt(w) - 3)
        : Math.sqrt(log - 0.5 * Math.log(Math.PI * (log - 0.5 * Math.log(Math.PI * log))));
    for (int step = 0; step < 3; step++) {
      double error = a < 0.5 ? erf(y) - a : 1 - a - erfc(y);
      double u = error * (SQRT_PI / 2) * Math.exp(y * y);
      y -= u / (1 + y * u);
    }
    return Math.copySign(y, x);
  }

  /** log |Γ(x)|; near its zeros at negative arguments only the absolute error is small. */
  public static double lgamma(double x) {
    if (Double.isInfinite(x)) return Double.POSITIVE_INFINITY;
    if (x < 0)
      return x == Math.floor(x) ? Double.POSITIVE_INFINITY : Math.log(Math.PI / Math.abs(x * sinPi(x))) - lgamma(-x);
    if (x < 0.5) return nearTwo(x) - Math.log(x * (1 + x));
    if (x < 1.5) return nearTwo(x - 1) - Math.log1p(x - 1);
    if (x >= 10) {
      double r = 1 / (x * x);
      double series = 1 / 12.0
          - r * (1 / 360.0 - r * (1 / 1260.0 - r * (1 / 1680.0 - r * (1 / 1188.0 - r * (691 / 360360.0 - r / 156.0)))));
      return (x - 0.5) * (Math.log(x) - 1) - 0.5 + HALF_LOG_TWO_PI + series / x;
    }
    double product = 1;
    while (x > 2.5) {
      x -= 1;
      product *= x;
    }
    return Math.log(product) + nearTwo(x - 2);
  }

  private static double nearTwo(double y) { return y * polynomial(LGAMMA, y); }

  private static double sinPi(double x) { return Math.sin(Math.PI * (x - 2 * Math.floor(x / 2))); }

  /** ψ(x) = Γ′(x)/Γ(x); near its zeros only the absolute error is small. */
  public static double digamma(double x) {
    if (x == 0) return -1 / x;
    if (x < 0) {
      double fraction = x - Math.floor(x);
      return fraction == 0 ? Double.NaN : digamma(1 - x) - Math.PI / Math.tan(Math.PI * fraction);
    }
    double shift = 0;
    while (x < 10) {
      shift -= 1 / x;
      x += 1;
    }
    double r = 1 / (x * x);
    double series = r * (1 / 12.0
        - r * (1 / 120.0 - r * (1 / 252.0 - r * (1 / 240.0 - r * (1 / 132.0 - r * (691 / 32760.0 - r / 12))))));
    return shift + Math.log(x) - 0.5 / x - series;
  }

  /** The {@code n}-th derivative of ψ(x), an integer n ≥ 0; NaN for x below −10⁶. */
  public static double polygamma(double n, double x) {
    if (n == 0) return digamma(x);
    double factorial = 1;
    for (int k = 2; k <= n; k++) factorial *= k;
    return (n % 2 == 0 ? -factorial : factorial) * hurwitzZeta(n + 1, x);
  }

  /** Σ 1/(x + k)ˢ over k ≥ 0, an integer s ≥ 2: terms up to x + k = 12, then the formula of Euler and Maclaurin. */
  private static double hurwitzZeta(double s, double x) {
    if (x <= 0 && x == Math.floor(x)) return Double.POSITIVE_INFINITY;
    if (x < -1e6) return Double.NaN;
    double sum = 0;
    for (; x < 12; x++) sum += Math.pow(x, -s);
    double power = Math.pow(x, -s);
    sum += power * x / (s - 1) + power / 2;
    power *= s / x;
    for (int j = 0; j < EULER_MACLAURIN.length; j++) {
      sum += EULER_MACLAURIN[j] * power;
      power *= (s + 2 * j + 1) * (s + 2 * j + 2) / (x * x);
    }
    return sum;
  }
}
