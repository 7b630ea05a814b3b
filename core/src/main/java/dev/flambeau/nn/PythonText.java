package dev.flambeau.nn;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values as Python writes them. */
final class PythonText {
  private PythonText() {}

  /** Names and values in turn: {@code name=value, …}; without a name, only the value. */
  static String arguments(@Nullable Object... namesAndValues) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object name = namesAndValues[i];
      all.add("".equals(name) ? of(namesAndValues[i + 1]) : name + "=" + of(namesAndValues[i + 1]));
    }
    return String.join(", ", all);
  }

  /** A value; an array of one number, which stands for all dimensions, is a number, of several a tuple. */
  static String of(@Nullable Object value) {
    return switch (value) {
      case null -> "None";
      case Boolean truth -> truth ? "True" : "False";
      case Double number -> number(number);
      case String text -> "'" + text + "'";
      case List<?> numbers -> tuple(numbers.stream().mapToLong(n -> (Long) n).toArray());
      case long[] sizes -> sizes.length == 1 ? Long.toString(sizes[0]) : tuple(sizes);
      default -> value.toString();
    };
  }

  /** As {@code (3, 3)}, or {@code (3,)}. */
  static String tuple(long... sizes) {
    String inner = Arrays.toString(sizes);
    return "(" + inner.substring(1, inner.length() - 1) + (sizes.length == 1 ? ",)" : ")");
  }

  private static String number(double x) {
    if (Double.isNaN(x)) return "nan";
    if (Double.isInfinite(x)) return x > 0 ? "inf" : "-inf";
    double size = Math.abs(x);
    if (x == 0 || size >= 1e-4 && size < 1e16) {
      String plain = new BigDecimal(Double.toString(x)).toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    String[] parts = Double.toString(x).split("E", -1);
    int exponent = Integer.parseInt(parts[1]);
    return (parts[0].endsWith(".0") ? parts[0].substring(0, parts[0].length() - 2) : parts[0])
        + (exponent < 0 ? "e-" : "e+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
  }
}
