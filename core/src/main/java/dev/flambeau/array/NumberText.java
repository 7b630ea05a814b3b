package dev.flambeau.array;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Real numbers as Python writes them: the exact binary value, rounded half to even. ({@code String.format} rounds the
 * shortest decimal half up, and follows the locale.)
 */
final class NumberText {
  /** Below this, whole numbers fit a {@code long}. */
  private static final double LONG_LIMIT = 0x1p63;

  private NumberText() {}

  /** With {@code precision} digits after the point, as {@code %.{precision}f}. */
  static String fixed(double x, int precision) {
    if (!Double.isFinite(x)) return nonFinite(x);
    double magnitude = Math.abs(x);
    if (precision == 0 && magnitude < LONG_LIMIT) return sign(x) + (long) Math.rint(magnitude);
    return sign(x) + new BigDecimal(magnitude).setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
  }

  /** With one digit before and {@code precision} digits after the point, as {@code %.{precision}e}. */
  static String scientific(double x, int precision) {
    if (!Double.isFinite(x)) return nonFinite(x);
    String digits = "0";
    int exponent = 0;
    if (x != 0) {
      BigDecimal rounded = new BigDecimal(Math.abs(x)).round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
      digits = rounded.unscaledValue().toString();
      exponent = rounded.precision() - rounded.scale() - 1;
    }
    StringBuilder text = new StringBuilder(sign(x)).append(digits.charAt(0));
    if (precision > 0) text.append('.').append(digits, 1, digits.length()).repeat('0', precision + 1 - digits.length());
    text.append('e').append(exponent < 0 ? '-' : '+');
    int size = Math.abs(exponent);
    if (size < 10) text.append('0');
    return text.append(size).toString();
  }

  private static String nonFinite(double x) {
    if (Double.isNaN(x)) return "nan";
    return x > 0 ? "inf" : "-inf";
  }

  /** The sign bit's text: minus zero has one. */
  private static String sign(double x) { return Double.doubleToRawLongBits(x) < 0 ? "-" : ""; }
}
