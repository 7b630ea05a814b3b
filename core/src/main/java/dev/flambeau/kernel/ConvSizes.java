package dev.flambeau.kernel;

/**
 * The sizes of a convolution of images: input {@code [batch, groups · channels, down.in, across.in]}, weight
 * {@code [groups · filters, channels, down.kernel, across.kernel]}, output {@code [batch, groups · filters, down.out,
 * across.out]}.
 *
 * @param channels of the input, in each group
 * @param filters which are the channels of the output, in each group
 */
public record ConvSizes(int batch, int groups, int channels, int filters, ConvAxis down, ConvAxis across) {
  int taps() { return down.kernel() * across.kernel(); }
}
