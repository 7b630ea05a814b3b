package dev.flambeau.io;

import java.io.Console;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how much of a large file has come: a bar in a terminal, else one line in the log. */
final class DownloadProgress implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("dev.flambeau");
  private static final long LARGE = 1 << 20;
  private static final int WIDTH = 79;
  private static final int MILLIS = 100;

  private final RemoteFile file;
  private final Optional<PrintStream> terminal;
  private @Nullable ProgressBar bar;
  private boolean announced;

  DownloadProgress(RemoteFile file, Optional<PrintStream> terminal) {
    this.file = file;
    this.terminal = terminal;
  }

  @SuppressWarnings("SystemConsoleNull") // from Java 25 on it is null again where there is no terminal
  static Optional<PrintStream> terminal() {
    Console console = System.console();
    return console != null && console.isTerminal() ? Optional.of(System.err) : Optional.empty();
  }

  /** So many bytes are here, of so many in all, or of -1 where nobody knows. */
  void at(long bytes, long total) {
    if (!announced && Math.max(bytes, total) >= LARGE) {
      announced = true;
      terminal.ifPresentOrElse(out -> bar = bar(out, bytes, total),
          () -> LOG.log(Level.INFO, "downloading " + file.name() + (total < 0 ? "" : ", " + total / LARGE + " MB")));
    }
    if (bar != null) bar.stepTo(bytes);
  }

  private ProgressBar bar(PrintStream out, long bytes, long total) {
    boolean blocks = out.charset().newEncoder().canEncode("█▏");
    return new ProgressBarBuilder().setTaskName(file.name()).setInitialMax(total).setUnit(" MB", LARGE)
        .setUpdateIntervalMillis(MILLIS).setStyle(blocks ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
        .setConsumer(new ConsoleProgressBarConsumer(out, WIDTH)).build().stepTo(bytes);
  }

  @Override
  public void close() {
    if (bar != null) bar.close();
  }
}
