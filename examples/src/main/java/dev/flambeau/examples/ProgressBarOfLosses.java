package dev.flambeau.examples;

import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar that fills, with the last loss beside it. */
final class ProgressBarOfLosses implements Progress {
  private static final int WIDTH = 79;

  private final ProgressBar bar;

  ProgressBarOfLosses(String title, long steps) {
    bar = new ProgressBarBuilder().setTaskName(title).setInitialMax(steps).setUpdateIntervalMillis(50)
        .setStyle(Letters.canShow("█▏") ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
        .setConsumer(new ConsoleProgressBarConsumer(System.out, WIDTH)).build();
  }

  @Override
  public void step(double loss) {
    bar.setExtraMessage(String.format(Locale.ROOT, "loss %.4f", loss)).step();
  }

  @Override
  public void close() { bar.close(); }
}
