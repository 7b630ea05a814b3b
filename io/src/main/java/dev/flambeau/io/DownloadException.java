package dev.flambeau.io;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A file could not be had. The message says which, what each address answered, what was expected of the file, and
 * where to put it by hand.
 */
public final class DownloadException extends IOException {
  DownloadException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
