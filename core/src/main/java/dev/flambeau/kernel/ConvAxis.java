package dev.flambeau.kernel;

/**
 * One direction of a convolution: output p reads the inputs {@code p·stride + r·dilation − before} for r below
 * {@code kernel}, zeros where there are none.
 *
 * @param in how many inputs
 * @param out how many outputs
 * @param before zeros before the first input
 */
public record ConvAxis(int in, int out, int kernel, int stride, int before, int dilation) {
  /** A direction of length one. */
  public static final ConvAxis NONE = new ConvAxis(1, 1, 1, 1, 0, 1);
}
