package dev.flambeau.nn;

/** {@code x (*, H, W)} with a rim of zeros. */
public final class ZeroPad2d extends Stateless {
  /** Widths left, right, above, below; one number for all. */
  public ZeroPad2d(long... padding) { super(x -> Functional.pad(x, rim(padding)), "", rim(padding)); }
}
