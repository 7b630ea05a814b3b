package dev.flambeau.examples;

import java.util.Locale;

/** A line for each tenth of a training run, for files and pipes. */
final class ProgressLines implements Progress {
  private static final int LINES = 10;

  private final long steps;
  private long done;

  ProgressLines(long steps) {
    this.steps = steps;
  }

  @Override
  public void step(double loss) {
    done++;
    if (done * LINES / steps == (done - 1) * LINES / steps) return;
    System.out.printf(Locale.ROOT, "%3d %%  step %d of %d  loss %.4f%n", 100 * done / steps, done, steps, loss);
  }

  @Override
  public void close() {}
}
