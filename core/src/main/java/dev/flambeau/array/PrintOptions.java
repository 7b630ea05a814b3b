package dev.flambeau.array;

import org.jspecify.annotations.Nullable;

/**
 * How elements are printed.
 *
 * @param precision digits after the point, unless all elements are whole numbers
 * @param threshold arrays of more elements are summarised
 * @param edgeItems elements shown at each end of a summarised dimension
 * @param lineWidth columns that a line should not exceed
 * @param sciMode whether to print in scientific notation; null to decide by the elements
 */
public record PrintOptions(int precision, int threshold, int edgeItems, int lineWidth, @Nullable Boolean sciMode) {
  /** Four digits, three elements at each end of more than 1000, lines of 80 columns. */
  public static final PrintOptions DEFAULT = new PrintOptions(4, 1000, 3, 80, null);

  /** Two digits, two elements at each end. */
  public static final PrintOptions SHORT = DEFAULT.withPrecision(2).withEdgeItems(2);

  /** Never summarised. */
  public static final PrintOptions FULL = DEFAULT.withThreshold(Integer.MAX_VALUE);

  /**
   * The given options.
   *
   * @throws IllegalArgumentException if a number is negative
   */
  public PrintOptions {
    if (precision < 0 || threshold < 0 || edgeItems < 0 || lineWidth < 0) {
      throw new IllegalArgumentException("print options: expected no negative number, got precision=" + precision
          + ", threshold=" + threshold + ", edgeItems=" + edgeItems + ", lineWidth=" + lineWidth);
    }
  }

  /** These options with another precision. */
  public PrintOptions withPrecision(int precision) {
    return new PrintOptions(precision, threshold, edgeItems, lineWidth, sciMode);
  }

  /** These options with another threshold. */
  public PrintOptions withThreshold(int threshold) {
    return new PrintOptions(precision, threshold, edgeItems, lineWidth, sciMode);
  }

  /** These options with another number of edge items. */
  public PrintOptions withEdgeItems(int edgeItems) {
    return new PrintOptions(precision, threshold, edgeItems, lineWidth, sciMode);
  }

  /** These options with another line width. */
  public PrintOptions withLineWidth(int lineWidth) {
    return new PrintOptions(precision, threshold, edgeItems, lineWidth, sciMode);
  }

  /** These options with scientific notation always, never, or (null) where the elements call for it. */
  public PrintOptions withSciMode(@Nullable Boolean sciMode) {
    return new PrintOptions(precision, threshold, edgeItems, lineWidth, sciMode);
  }
}
