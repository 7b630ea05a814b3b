package dev.flambeau.nn;

/**
 * A larger image, or sequence: {@code x (N, C, *)} → {@code (N, C, *size)}; modes are "nearest", "linear" for sequences, "bilinear" and "bicubic" for images.
 */
public final class Upsample extends Stateless {
  /** Each element as many times. */
  public Upsample(double scaleFactor) { this(scaleFactor, "nearest", false); }

  /** Larger by a factor; with {@code alignCorners} the outermost elements stay what they are. */
  public Upsample(double scaleFactor, String mode, boolean alignCorners) {
    super(x -> Functional.interpolate(x, null, new double[] {scaleFactor}, mode, alignCorners, false), "scale_factor",
        scaleFactor, "mode", mode);
  }

  /** Of this size. */
  public Upsample(long[] size, String mode, boolean alignCorners) {
    super(x -> Functional.interpolate(x, size, null, mode, alignCorners, false), "size", size, "mode", mode);
  }
}
