package dev.flambeau.nn;

/** x where it is above the threshold, else the value. */
public final class Threshold extends Stateless {
  /** With this threshold and value. */
  public Threshold(double threshold, double value) {
    super(x -> x.threshold(threshold, value), "threshold", threshold, "value", value);
  }
}
