package dev.flambeau.nn;

/**
 * Channels spread over finer pixels: {@code x (*, C · r², H, W)} → {@code (*, C, r · H, r · W)}
 * (<a href="https://arxiv.org/abs/1609.05158">Shi et al. 2016</a>).
 */
public final class PixelShuffle extends Stateless {
  /** With r = {@code upscaleFactor}. */
  public PixelShuffle(long upscaleFactor) {
    super(x -> Functional.pixelShuffle(x, upscaleFactor), "upscale_factor", upscaleFactor);
  }
}
