package dev.flambeau.benchmarks;

import java.util.Locale;

/** Figures as people read them: three digits and a unit. */
final class Figures {
  static final String NONE = "-";

  private static final String[] TIMES = {"ns", "µs", "ms", "s"};
  private static final String[] SIZES = {"B", "kB", "MB", "GB"};

  private Figures() {}

  static String time(double nanos) { return scaled(nanos, TIMES); }

  static String bytes(double bytes) { return scaled(bytes, SIZES); }

  private static String scaled(double value, String[] units) {
    if (Double.isNaN(value)) return NONE;
    int unit = 0;
    while (value >= 999.5 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return digits(value) + " " + units[unit];
  }

  private static String digits(double value) {
    if (value == 0) return "0";
    return String.format(Locale.ROOT, value >= 99.95 ? "%.0f" : value >= 9.995 ? "%.1f" : "%.2f", value);
  }

  static String percent(double share) {
    return Double.isNaN(share) ? NONE : String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  /** How many times as fast: the only figure of this form in the table. */
  static String ratio(double ratio) { return Double.isNaN(ratio) ? NONE : String.format(Locale.ROOT, "%.2f×", ratio); }

  /** A ratio in running text. */
  static String plain(double ratio) { return String.format(Locale.ROOT, "%.2f", ratio); }

  /** The least ratio that is wanted. */
  static String goal(double ratio) { return "≥ " + (ratio == Math.rint(ratio) ? "%.0f" : "%s").formatted(ratio); }

  static String difference(double difference) {
    return difference == 0 ? "0" : Double.isNaN(difference) ? NONE : String.format(Locale.ROOT, "%.0e", difference);
  }
}
