package dev.flambeau.vision.transforms;

/** What is put around a picture. */
public enum PaddingMode {
  /** One value. */
  CONSTANT,
  /** The pixels at the edge, again and again. */
  EDGE,
  /** The picture mirrored, without the pixels at the edge. */
  REFLECT,
  /** The picture mirrored. */
  SYMMETRIC;

  /** The place in 0 … n − 1 from which place {@code i}, which may be outside, is filled. */
  int source(int i, int n) {
    return switch (this) {
      case CONSTANT -> i;
      case EDGE -> Math.clamp(i, 0, n - 1);
      case REFLECT -> {
        int period = Math.max(1, 2 * (n - 1));
        int at = Math.floorMod(i, period);
        yield at < n ? at : period - at;
      }
      case SYMMETRIC -> {
        int at = Math.floorMod(i, 2 * n);
        yield at < n ? at : 2 * n - 1 - at;
      }
    };
  }
}
