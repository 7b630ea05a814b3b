package dev.flambeau.nn;

/** Dimensions from … to, put together: {@code x (N, C, H, W)} → {@code (N, C · H · W)}. */
public final class Flatten extends Stateless {
  /** All dimensions but the first. */
  public Flatten() { this(1, -1); }

  /** These dimensions. */
  public Flatten(int startDim, int endDim) {
    super(x -> x.flatten(startDim, endDim), "start_dim", startDim, "end_dim", endDim);
  }
}
