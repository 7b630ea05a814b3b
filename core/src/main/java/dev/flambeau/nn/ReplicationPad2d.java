package dev.flambeau.nn;

/** {@code x (*, H, W)} with a rim that repeats its outermost pixels. */
public final class ReplicationPad2d extends Stateless {
  /** Widths left, right, above, below; one number for all. */
  public ReplicationPad2d(long... padding) {
    super(x -> Functional.pad(x, rim(padding), "replicate", 0), "", rim(padding));
  }
}
