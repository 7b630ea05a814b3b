package dev.flambeau.nn;

/** {@code x (*, H, W)} with a rim that mirrors it at its outermost pixels. */
public final class ReflectionPad2d extends Stateless {
  /** Widths left, right, above, below; one number for all. */
  public ReflectionPad2d(long... padding) {
    super(x -> Functional.pad(x, rim(padding), "reflect", 0), "", rim(padding));
  }
}
