package dev.flambeau.kernel;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import org.jspecify.annotations.Nullable;

/**
 * Convolutions of images and their gradients. Images have any strides; weights and results are row-major, and results
 * may hold anything beforehand. All sizes have been checked.
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
    if (x.type() == ElementType.FLOAT32) forward(GemmTier.FLOATS, FLOATS, s, x, weight, plus(FLOATS, bias), y);
    else forward(GemmTier.DOUBLES, DOUBLES, s, x, weight, plus(DOUBLES, bias), y);
  }

  /**
   * y = the convolution of x, times a number for each filter, plus another, plus {@code rest}; of that what is positive
   * if {@code rectified}. All are floats and row-major; scale, shift and y begin their arrays.
   */
  public static void normalized(ConvSizes s, NdArray x, NdArray weight, NdArray scale, NdArray shift,
      @Nullable NdArray rest, boolean rectified, NdArray y) {
    if (y.numel() == 0) return;
    NdArray beside = rest;
    if (rest != null && rest.offset() != y.offset()) {
      beside = NdArray.unwritten(rest.type(), rest.shape());
      Loops.copy(beside, rest);
    }
    ConvEnd<float[]> end = new ConvEnd.Normalized(scale.floats(), shift.floats(),
        beside == null ? null : beside.floats(), rectified);
    forward(GemmTier.FLOATS, FLOATS, s, x, weight, end, y);
  }

  @SuppressWarnings("unchecked")
  private static <A> ConvEnd<A> plus(ConvLoops<A> loops, @Nullable NdArray bias) {
    return ConvEnd.plus(loops, bias == null ? null : (A) bias.data(), bias == null ? 0 : bias.offset());
  }

  /**
   * dx = the gradient of x for the gradient g of y, plus a number for each channel. If there may be
   * inputs that no output reads, dx holds zeros beforehand.
   */
  public static void inputGradient(ConvSizes s, NdArray g, NdArray weight, @Nullable NdArray bias, NdArray dx) {
    if (dx.numel() == 0) return;
    if (g.type() == ElementType.FLOAT32) inputGradient(GemmTier.FLOATS, FLOATS, s, g, weight, bias, dx);
    else inputGradient(GemmTier.DOUBLES, DOUBLES, s, g, weight, bias, dx);
  }

  /** dw = the gradient of the weight for the gradient g of y. */
  public static void weightGradient(ConvSizes s, NdArray x, NdArray g, NdArray dw) {
    if (dw.numel() == 0) return;
    if (g.type() == ElementType.FLOAT32) weightGradient(GemmTier.FLOATS, FLOATS, s, x, g, dw);
    else weightGradient(GemmTier.DOUBLES, DOUBLES, s, x, g, dw);
  }

  @SuppressWarnings("unchecked")
  private static <A> void forward(GemmTiles<A> tiles, ConvLoops<A> loops, ConvSizes s, NdArray x, NdArray weight,
      ConvEnd<A> end, NdArray y) {
    int perChannel = s.taps();
    int perFilter = s.channels() * perChannel;
    ConvBlock.Cut cut = ConvCorrelation.cut(tiles, s.filters(), s.batch(), s.down().out(), s.across().out());
    ConvTaps taps = ConvTaps.forward(s.down(), s.across());
    ConvCorrelation<A> c = new ConvCorrelation<>(tiles, loops, s.groups(), s.channels(), s.filters(), taps,
        ConvPlanes.of(x), s.down().in(), s.across().in(), (A) weight.data(), weight.offset(), perFilter, perChannel,
        s.filters() * perFilter, end, ConvPlanes.of(y), cut);
    if (ConvColumns.suits(s) && !c.special()) {
      new ConvColumns<>(tiles, loops, s, taps, c.x(), c.y(), c.weight(), c.weightFrom()).forward(end);
    } else {
      c.run();
    }
  }

  /** Inputs whose rows, and columns, have one remainder by the strides are read by the same elements of the weight. */
  @SuppressWarnings("unchecked")
  private static <A> void inputGradient(GemmTiles<A> tiles, ConvLoops<A> loops, ConvSizes s, NdArray g, NdArray weight,
      @Nullable NdArray bias, NdArray dx) {
    if (bias == null && ConvColumns.suits(s) && !remainder(tiles, loops, s, g, weight, null, dx, 0, 0).special()) {
      new ConvColumns<>(tiles, loops, s, ConvTaps.forward(s.down(), s.across()), ConvPlanes.<A>of(dx), ConvPlanes.of(g),
          (A) weight.data(), weight.offset()).toInput();
      return;
    }
    for (int row = 0; row < Math.min(s.down().stride(), s.down().in()); row++) {
      for (int column = 0; column < Math.min(s.across().stride(), s.across().in()); column++) {
        ConvCorrelation<A> c = remainder(tiles, loops, s, g, weight, bias, dx, row, column);
        if (bias != null || c.taps().count > 0) c.run();
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static <A> ConvCorrelation<A> remainder(GemmTiles<A> tiles, ConvLoops<A> loops, ConvSizes s, NdArray g,
      NdArray weight, @Nullable NdArray bias, NdArray dx, int row, int column) {
    int perChannel = s.taps();
    int perFilter = s.channels() * perChannel;
    int height = ConvCorrelation.ceilDiv(s.down().in() - row, s.down().stride());
    int width = ConvCorrelation.ceilDiv(s.across().in() - column, s.across().stride());
    ConvTaps taps = new ConvTaps(1, ConvTaps.backward(s.down(), row), 1, ConvTaps.backward(s.across(), column),
        s.across().kernel());
    return new ConvCorrelation<>(tiles, loops, s.groups(), taps.count == 0 ? 0 : s.filters(), s.channels(), taps,
        ConvPlanes.of(g), s.down().out(), s.across().out(), (A) weight.data(), weight.offset(), perChannel, perFilter,
        s.filters() * perFilter, plus(loops, bias),
        ConvPlanes.<A>of(dx).every(row, s.down().stride(), column, s.across().stride()),
        ConvCorrelation.cut(tiles, s.channels(), s.batch(), height, width));
  }

  @SuppressWarnings("unchecked")
  private static <A> void weightGradient(GemmTiles<A> tiles, ConvLoops<A> loops, ConvSizes s, NdArray x, NdArray g,
      NdArray dw) {
    if (g.numel() == 0) {
      loops.zero((A) dw.data(), dw.offset(), dw.offset() + dw.numel());
      return;
    }
    ConvTaps taps = ConvTaps.forward(s.down(), s.across());
    ConvWeights<A> weights =
        new ConvWeights<>(tiles, loops, s, taps, ConvPlanes.of(x), ConvPlanes.of(g), (A) dw.data(), dw.offset());
    if (dw.type() == ElementType.FLOAT32 && ConvWinogradWeights.suits(s)) {
      ConvWinogradWeights.run((ConvWeights<float[]>) weights);
    } else if (ConvDepthwise.suitsWeight(s, taps)) {
      ConvDepthwise.weights(weights);
    } else if (ConvColumns.suitsWeight(s)) {
      new ConvColumns<>(tiles, loops, s, taps, weights.x(), weights.g(), weights.dw(), weights.dwFrom()).toWeight();
    } else {
      weights.run();
    }
  }
}
