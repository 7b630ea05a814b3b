package dev.flambeau.viz;

import dev.flambeau.viz.Dag.Kind;

/** The colours of a box. */
record Look(String fill, String line) {
  static final String INK = "#111827";
  static final String FAINT_INK = "#4b5563";
  static final String ARROW = "#6b7280";

  private static final Look LEAF = new Look("#bfdbfe", "#2563eb");
  private static final Look FUNCTION = new Look("#f3f4f6", "#9ca3af");
  private static final Look ROOT = new Look("#bbf7d0", "#16a34a");

  static Look of(Kind kind) {
    return switch (kind) {
      case LEAF -> LEAF;
      case FUNCTION -> FUNCTION;
      case ROOT -> ROOT;
    };
  }
}
