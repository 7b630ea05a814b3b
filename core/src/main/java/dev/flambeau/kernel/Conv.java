package dev.flambeau.kernel;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import org.jspecify.annotations.Nullable;

/**
 * Convolutions of images and their gradients. Images have any strides; weights and results are row-major, results hold
 * zeros beforehand. All sizes have been checked.
 *
 * <p>The order of the additions depends on the sizes alone, not on the number of threads.
 */
public final class Conv {
  private static final ConvLoops<float[]> FLOATS = new ConvLoops.Floats();
  private static final ConvLoops<double[]> DOUBLES = new ConvLoops.Doubles();

  private Conv() {}

  /** y = the convolution of x, plus a number for each filter. */
  public static void forward(ConvSizes s, NdArray x, NdArray weight, @Nullable NdArray bias, NdArray y) {
    if (y.numel() == 0) return;
    if (x.type() == ElementType.FLOAT32) forward(GemmTier.FLOATS, FLOATS, s, x, weight, bias, y);
    else forward(GemmTier.DOUBLES, DOUBLES, s, x, weight, bias, y);
  }

  /** dx = the gradient of x for the gradient g of y, plus a number for each channel. */
  public static void inputGradient(ConvSizes s, NdArray g, NdArray weight, @Nullable NdArray bias, NdArray dx) {
    if (dx.numel() == 0) return;
    if (g.type() == ElementType.FLOAT32) inputGradient(GemmTier.FLOATS, FLOATS, s, g, weight, bias, dx);
    else inputGradient(GemmTier.DOUBLES, DOUBLES, s, g, weight, bias, dx);
  }

  /** dw = the gradient of the weight for the gradient g of y. */
  public static void weightGradient(ConvSizes s, NdArray x, NdArray g, NdArray dw) {
    if (dw.numel() == 0 || g.numel() == 0) return;
    if (g.type() == ElementType.FLOAT32) weightGradient(GemmTier.FLOATS, FLOATS, s, x, g, dw);
    else weightGradient(GemmTier.DOUBLES, DOUBLES, s, x, g, dw);
  }

  @SuppressWarnings("unchecked")
  private static <A> void forward(GemmTiles<A> tiles, ConvLoops<A> loops, ConvSizes s, NdArray x, NdArray weight,
      @Nullable NdArray bias, NdArray y) {
    int perChannel = s.taps();
    int perFilter = s.channels() * perChannel;
    ConvBlock.Cut cut = ConvCorrelation.cut(tiles, s.filters(), s.batch(), s.down().out(), s.across().out());
    new ConvCorrelation<>(tiles, loops, s.groups(), s.channels(), s.filters(), ConvTaps.forward(s.down(), s.across()),
        ConvPlanes.of(x), s.down().in(), s.across().in(), (A) weight.data(), weight.offset(), perFilter, perChannel,
        s.filters() * perFilter, bias == null ? null : (A) bias.data(), bias == null ? 0 : bias.offset(),
        ConvPlanes.of(y), cut).run();
  }

  /** Inputs whose rows, and columns, have one remainder by the strides are read by the same elements of the weight. */
  @SuppressWarnings("unchecked")
  private static <A> void inputGradient(GemmTiles<A> tiles, ConvLoops<A> loops, ConvSizes s, NdArray g, NdArray weight,
      @Nullable NdArray bias, NdArray dx) {
    int perChannel = s.taps();
    int perFilter = s.channels() * perChannel;
    ConvPlanes<A> whole = ConvPlanes.of(dx);
    for (int row = 0; row < Math.min(s.down().stride(), s.down().in()); row++) {
      int height = ConvCorrelation.ceilDiv(s.down().in() - row, s.down().stride());
      int[][] down = ConvTaps.backward(s.down(), row);
      for (int column = 0; column < Math.min(s.across().stride(), s.across().in()); column++) {
        int width = ConvCorrelation.ceilDiv(s.across().in() - column, s.across().stride());
        int[][] across = ConvTaps.backward(s.across(), column);
        if (bias == null && down.length * across.length == 0) continue;
        ConvTaps taps = new ConvTaps(1, down, 1, across, s.across().kernel());
        new ConvCorrelation<>(tiles, loops, s.groups(), taps.count == 0 ? 0 : s.filters(), s.channels(), taps,
            ConvPlanes.of(g), s.down().out(), s.across().out(), (A) weight.data(), weight.offset(), perChannel,
            perFilter, s.filters() * perFilter, bias == null ? null : (A) bias.data(),
            bias == null ? 0 : bias.offset(), whole.every(row, s.down().stride(), column, s.across().stride()),
            ConvCorrelation.cut(tiles, s.channels(), s.batch(), height, width)).run();
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static <A> void weightGradient(GemmTiles<A> tiles, ConvLoops<A> loops, ConvSizes s, NdArray x, NdArray g,
      NdArray dw) {
    new ConvWeights<>(tiles, loops, s, ConvTaps.forward(s.down(), s.across()), ConvPlanes.of(x), ConvPlanes.of(g),
        (A) dw.data(), dw.offset()).run();
  }
}
