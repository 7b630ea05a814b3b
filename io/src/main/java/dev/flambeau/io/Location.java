package dev.flambeau.io;

import java.nio.file.Path;

/** A part of a file, for error messages. */
record Location(Path file, String part) {
  private static final int LONGEST = 120;

  Location in(String part) { return new Location(file, part); }

  Location at(long position) { return in((part.isEmpty() ? "" : part + " at ") + "byte " + position); }

  FileFormatException error(String problem) { return new FileFormatException(file, part, problem); }

  /** What a file says, fit for a message: short, in quotes, without control characters. */
  static String quote(String text) {
    String shown = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    return '"' + shown.replaceAll("\\p{Cntrl}", "?") + '"';
  }
}
