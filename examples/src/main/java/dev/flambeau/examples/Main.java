package dev.flambeau.examples;

import java.io.IOException;

/** Runs an example by its name, as in {@code ./flambeau tutorial autograd}. */
public final class Main {
  private Main() {}

  /** Runs {@code tour}, {@code tutorial [name]}, {@code digits [options]} or {@code help}; else ends with code 2. */
  public static void main(String... args) throws IOException {
    // One tutorial goes without the command line library, so that its first gradient is on the screen sooner.
    Tutorial one = args.length == 2 && args[0].equals("tutorial") ? Tutorial.named(args[1]) : null;
    if (one != null) one.run();
    else System.exit(Commands.execute(args));
  }
}
