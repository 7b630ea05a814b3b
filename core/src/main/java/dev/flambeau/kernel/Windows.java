package dev.flambeau.kernel;

/**
 * For each place of a result, the places along a dimension that it is made of: {@code start[o] + k · step} for {@code k < count[o]}, all inside.
 *
 * @param stride how far the next window is, 0 if that differs
 * @param kernel how many places a window has that is not cut off, and {@code before} how far before the first place the first one begins
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; made and read within one kernel
public record Windows(int[] start, int[] count, int step, int stride, int kernel, int before) {

  /** Windows of {@code kernel} places, the first one starting at {@code -padding}, cut off at the edges. */
  public static Windows sliding(int size, int out, int kernel, int stride, int padding, int dilation) {
    Windows w = new Windows(new int[out], new int[out], dilation, stride, kernel, padding);
    for (int o = 0; o < out; o++) {
      int first = o * stride - padding;
      int skipped = first < 0 ? (-first + dilation - 1) / dilation : 0;
      w.start[o] = first + skipped * dilation;
      w.count[o] = Math.clamp((size - w.start[o] + dilation - 1) / dilation, 0, Math.max(0, kernel - skipped));
    }
    return w;
  }

  /** {@code out} windows of nearly one size that together cover everything. */
  public static Windows adaptive(int size, int out) {
    Windows w = new Windows(new int[out], new int[out], 1, 0, 0, 0);
    for (int o = 0; o < out; o++) {
      w.start[o] = (int) ((long) o * size / out);
      w.count[o] = (int) (((long) (o + 1) * size + out - 1) / out) - w.start[o];
    }
    return w;
  }

  int size() { return start.length; }

  /** Where a window would begin that is not cut off. */
  int begin(int o) { return o * stride - before; }

  /** The same as a direction of a convolution, for inputs of {@code size} places. */
  ConvAxis axis(int size) { return new ConvAxis(size, size(), kernel, stride, before, step); }
}
