package dev.flambeau.viz;

import dev.flambeau.viz.Dag.Box;

/** Sizes of text in pixels: estimates on the safe side, as the font is the viewer's. Its letters are equally wide. */
final class Letters {
  static final String FONT = "ui-monospace, Menlo, 'DejaVu Sans Mono', Consolas, 'Liberation Mono', monospace";
  static final int TITLE_SIZE = 13;
  static final int DETAIL_SIZE = 11;
  static final int DETAIL_LINE = 15;
  /** From the top of a box to the line on which its title stands. */
  static final int TITLE_BASE = 21;

  private static final double ADVANCE = 0.61;
  private static final int FIRST_WIDE = 0x1100;
  private static final int MARGIN = 14;
  private static final int TITLE_HEIGHT = 34;
  private static final int NARROWEST = 44;

  private Letters() {}

  static double width(Box box) {
    double text = Math.max(columns(box.title()) * TITLE_SIZE, columns(box.detail()) * DETAIL_SIZE) * ADVANCE;
    return Math.max(NARROWEST, Math.ceil(text) + 2 * MARGIN);
  }

  static double height(Box box) { return TITLE_HEIGHT + (box.detail().isEmpty() ? 0 : DETAIL_LINE); }

  /** East Asian letters take two columns. */
  private static long columns(String text) { return text.codePoints().mapToLong(c -> c < FIRST_WIDE ? 1 : 2).sum(); }
}
