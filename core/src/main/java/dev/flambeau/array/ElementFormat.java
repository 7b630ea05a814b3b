package dev.flambeau.array;

import java.util.function.IntConsumer;

/** How the elements of one array are written: the notation and the width that all of them share. */
final class ElementFormat {
  private static final double LARGEST_RATIO = 1000;
  private static final double LARGEST_PLAIN = 1e8;
  private static final double SMALLEST_PLAIN = 1e-4;

  /** The ways to write an element. */
  private enum Notation { PLAIN, WHOLE, FIXED, SCIENTIFIC }

  /** A walk over positions in an array. */
  @FunctionalInterface
  interface Walk {
    void forEach(IntConsumer visit);
  }

  private final NdArray array;
  private final int precision;
  private final Notation notation;
  private int width = 1;

  /** The format for the elements of {@code array} that {@code shown} visits; it looks at no others. */
  ElementFormat(NdArray array, Walk shown, PrintOptions options) {
    this.array = array;
    this.precision = options.precision();
    boolean floating = array.type().isFloating();
    this.notation = floating ? notation(array, shown, options) : Notation.PLAIN;
    shown.forEach(position -> {
      if (!floating || isCounted(array.doubleAt(position))) width = Math.max(width, text(position).length());
    });
  }

  /** Length of every text, but of NaN, infinities and zeros that are longer. */
  int width() { return width; }

  /** Appends the element at {@code position}, padded on the left to the width. */
  void append(StringBuilder out, int position) {
    String text = text(position);
    out.repeat(' ', Math.max(0, width - text.length())).append(text);
  }

  private String text(int position) {
    return switch (notation) {
      case PLAIN -> plain(position);
      case WHOLE -> {
        double x = array.doubleAt(position);
        String digits = NumberText.fixed(x, 0);
        yield Double.isFinite(x) ? digits + "." : digits;
      }
      case FIXED -> NumberText.fixed(array.doubleAt(position), precision);
      case SCIENTIFIC -> NumberText.scientific(array.doubleAt(position), precision);
    };
  }

  private String plain(int position) {
    long x = array.longAt(position);
    if (array.type() != ElementType.BOOL) return Long.toString(x);
    return x == 0 ? "False" : "True";
  }

  private static Notation notation(NdArray array, Walk shown, PrintOptions options) {
    Range range = new Range();
    shown.forEach(position -> {
      double x = array.doubleAt(position);
      if (isCounted(x)) range.add(x);
    });
    if (range.isEmpty()) return Notation.WHOLE;
    Boolean wanted = options.sciMode();
    if (wanted != null ? wanted : range.isWide()) return Notation.SCIENTIFIC;
    return range.whole ? Notation.WHOLE : Notation.FIXED;
  }

  /** Whether {@code x} has a say in notation and width. */
  private static boolean isCounted(double x) { return x != 0 && Double.isFinite(x); }

  /** What is to know of the counted elements. */
  private static final class Range {
    double min = Double.POSITIVE_INFINITY;
    double max;
    boolean whole = true;

    void add(double x) {
      min = Math.min(min, Math.abs(x));
      max = Math.max(max, Math.abs(x));
      whole &= x == Math.ceil(x);
    }

    boolean isEmpty() { return max == 0; }

    boolean isWide() { return max / min > LARGEST_RATIO || max > LARGEST_PLAIN || min < SMALLEST_PLAIN; }
  }
}
