package dev.flambeau.io;

import java.time.Duration;

/**
 * How long a download hopes.
 *
 * @param attempts how often an address is asked before the next one is
 * @param pause before the second attempt; doubled before each further one, up to sixteenfold
 * @param timeout how long to wait for a connection, for an answer, and for the next bytes
 */
public record Patience(int attempts, Duration pause, Duration timeout) {
  /** Six attempts with half a second before the second, and twenty seconds without a byte. */
  public static final Patience DEFAULT = new Patience(6, Duration.ofMillis(500), Duration.ofSeconds(20));

  private static final int DOUBLINGS = 4;

  /** {@link IllegalArgumentException} unless there is at least one attempt, and a time to wait for it. */
  public Patience {
    if (attempts < 1 || pause.isNegative() || !timeout.isPositive())
      throw new IllegalArgumentException(
          "patience: expected at least one attempt, a pause of zero or more and a timeout above zero, got "
              + attempts + ", " + pause + ", " + timeout);
  }

  Duration after(int attempt) { return pause.multipliedBy(1L << Math.min(attempt - 1, DOUBLINGS)); }
}
