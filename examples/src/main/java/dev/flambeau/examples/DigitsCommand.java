package dev.flambeau.examples;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@link Digits} with other numbers. */
@Command(name = "digits", description = "Trains a network to read handwritten digits.")
final class DigitsCommand extends CheckedCommand implements Runnable {
  @Option(names = "--epochs", paramLabel = "n", description = "How often it sees each digit; ${DEFAULT-VALUE}.")
  int epochs = Digits.EPOCHS;

  @Option(names = "--batch", paramLabel = "n", description = "Digits for each step; ${DEFAULT-VALUE}.")
  int batch = Digits.BATCH;

  @Option(names = "--lr", paramLabel = "rate", description = "Learning rate; ${DEFAULT-VALUE}.")
  double rate = Digits.RATE;

  @Option(names = "--seed", paramLabel = "n", description = "Where its random numbers begin; ${DEFAULT-VALUE}.")
  long seed = Digits.SEED;

  @Option(names = "--steps", paramLabel = "n", description = "Steps instead of epochs; reports the heap in use, too.")
  @Nullable Long steps;

  @Override
  public void run() {
    check(epochs >= 1, "--epochs must be at least 1, but is " + epochs);
    check(batch >= 1 && batch <= Digits.TRAIN, "--batch must be from 1 to " + Digits.TRAIN + ", but is " + batch);
    check(rate > 0 && Double.isFinite(rate), "--lr must be a number above 0, but is " + rate);
    check(steps == null || steps >= 1, "--steps must be at least 1, but is " + steps);
    long wanted = steps == null ? Digits.steps(epochs, batch) : steps;
    Progress shown = Progress.of(wanted);
    Digits.run(wanted, batch, rate, seed, steps == null ? shown : new HeapWatch(wanted, shown));
  }
}
