package dev.flambeau.examples;

import java.io.Console;

/** Shows how far a training run is: a bar in a terminal, else a line for each tenth. */
interface Progress extends AutoCloseable {
  /** One more step is done. */
  void step(double loss);

  @Override
  void close();

  static Progress of(long steps) { return of("training", steps); }

  @SuppressWarnings("SystemConsoleNull") // from Java 25 on it is null again where there is no terminal
  static Progress of(String title, long steps) {
    Console console = System.console();
    return console != null && console.isTerminal() ? new ProgressBarOfLosses(title, steps) : new ProgressLines(steps);
  }
}
