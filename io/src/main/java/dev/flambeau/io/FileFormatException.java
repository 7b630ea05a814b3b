package dev.flambeau.io;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file that cannot be read as what it is taken for: truncated, corrupt, of another format, or with contents that are refused.
 *
 * <p>The message names the file, the place in it, what was expected and what was found. Nothing of a refused file has been executed, and nothing that it
 * describes has been kept.
 */
public final class FileFormatException extends IOException {
  private static final long serialVersionUID = 1;

  private final String file;
  private final String part;

  FileFormatException(Path file, String part, String problem) {
    super(file + (part.isEmpty() ? "" : ", " + part) + ": " + problem);
    this.file = file.toString();
    this.part = part;
  }

  /** The file, as its path was given. */
  public String file() { return file; }

  /** The place in the file, as in {@code archive/data.pkl at byte 17}; empty for the file as a whole. */
  public String part() { return part; }
}
