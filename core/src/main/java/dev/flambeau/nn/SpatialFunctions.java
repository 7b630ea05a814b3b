package dev.flambeau.nn;

import dev.flambeau.Normalizations;
import dev.flambeau.Pools;
import dev.flambeau.Resizings;
import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import dev.flambeau.ValuesAndIndices;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The functions of {@link Functional} that pool, resize and normalise channels. Images are [N, C, H, W], sequences [N, C, L]; those that pool also take one
 * without N. Of sizes for two dimensions, one number stands for both.
 */
abstract sealed class SpatialFunctions extends ConvolutionFunctions permits DistanceFunctions {
  private static final long[] ONE = {1};
  private static final long[] ZERO = {0};
  private static final long[] NONE = {};

  SpatialFunctions() {}

  // ---------------------------------------------------------------- pooling

  /** The greatest element of each window of {@code kernel} × {@code kernel} elements, side by side. */
  public static Tensor maxPool2d(Tensor x, long kernel) { return maxPool2d(x, kernel, kernel, 0); }

  /** The greatest element of each window, a window every {@code stride} elements, with a rim of {@code padding}. */
  public static Tensor maxPool2d(Tensor x, long kernel, long stride, long padding) {
    return maxPool2d(x, new long[] {kernel}, new long[] {stride}, new long[] {padding}, ONE, false);
  }

  /**
   * The greatest element of each window.
   *
   * @param stride from window to window; empty for that of the kernel
   * @param padding width of a rim that is never the greatest, at most half of the kernel
   * @param dilation from element to element of a window
   * @param ceilMode whether a last window that is not whole counts
   * @throws IllegalArgumentException if a size is out of range, or no window fits
   */
  public static Tensor maxPool2d(Tensor x, long[] kernel, long[] stride, long[] padding, long[] dilation,
      boolean ceilMode) {
    return Pools.max2dValues(x, kernel, stride, padding, dilation, ceilMode);
  }

  /** {@link #maxPool2d(Tensor, long[], long[], long[], long[], boolean)}, and where in its plane, counted row by row, each element was. */
  public static ValuesAndIndices maxPool2dWithIndices(Tensor x, long[] kernel, long[] stride, long[] padding,
      long[] dilation, boolean ceilMode) {
    return Pools.max2d(x, kernel, stride, padding, dilation, ceilMode);
  }

  /** {@link #maxPool1d(Tensor, long, long, long, long, boolean)} of windows side by side. */
  public static Tensor maxPool1d(Tensor x, long kernel) { return maxPool1d(x, kernel, kernel, 0, 1, false); }

  /** The greatest element of each window of the last dimension. */
  public static Tensor maxPool1d(Tensor x, long kernel, long stride, long padding, long dilation, boolean ceilMode) {
    return maxPool2d(flat(x, "maxPool1d"), inRow(1, kernel), inRow(1, stride), inRow(0, padding), inRow(1, dilation),
        ceilMode).squeeze(-2);
  }

  /** {@link #maxPool1d(Tensor, long, long, long, long, boolean)}, and where in the last dimension each element was. */
  public static ValuesAndIndices maxPool1dWithIndices(Tensor x, long kernel, long stride, long padding, long dilation,
      boolean ceilMode) {
    return flattened(Pools.max2d(flat(x, "maxPool1d"), inRow(1, kernel), inRow(1, stride), inRow(0, padding),
        inRow(1, dilation), ceilMode));
  }

  /** Zeros in planes of {@code outputSize}, with the elements of x at the places that {@link #maxPool2dWithIndices} gave. */
  public static Tensor maxUnpool2d(Tensor x, Tensor indices, long... outputSize) {
    return Pools.unpool2d(x, indices, outputSize);
  }

  /** The mean of each window of {@code kernel} × {@code kernel} elements, side by side. */
  public static Tensor avgPool2d(Tensor x, long kernel) {
    return avgPool2d(x, new long[] {kernel}, NONE, ZERO, false, true, null);
  }

  /**
   * The mean of each window.
   *
   * @param stride from window to window; empty for that of the kernel
   * @param padding width of a rim of zeros, at most half of the kernel
   * @param ceilMode whether a last window that is not whole counts
   * @param countIncludePad whether the rim's zeros count in the mean
   * @param divisorOverride what sums are divided by, in place of the number of elements
   * @throws IllegalArgumentException if a size is out of range, or no window fits
   */
  public static Tensor avgPool2d(Tensor x, long[] kernel, long[] stride, long[] padding, boolean ceilMode,
      boolean countIncludePad, @Nullable Long divisorOverride) {
    return Pools.average2d(x, kernel, stride, padding, ceilMode, countIncludePad, divisorOverride);
  }

  /** {@link #avgPool1d(Tensor, long, long, long, boolean, boolean)} of windows side by side. */
  public static Tensor avgPool1d(Tensor x, long kernel) { return avgPool1d(x, kernel, kernel, 0, false, true); }

  /** The mean of each window of the last dimension. */
  public static Tensor avgPool1d(Tensor x, long kernel, long stride, long padding, boolean ceilMode,
      boolean countIncludePad) {
    return avgPool2d(flat(x, "avgPool1d"), inRow(1, kernel), inRow(1, stride), inRow(0, padding), ceilMode,
        countIncludePad, null).squeeze(-2);
  }

  /** Means of windows that share out height and width, as many as {@code outputSize} says; −1 keeps a dimension. */
  public static Tensor adaptiveAvgPool2d(Tensor x, long... outputSize) {
    return Pools.adaptiveAverage2d(x, outputSize);
  }

  /** Means of {@code outputSize} windows that share out the last dimension. */
  public static Tensor adaptiveAvgPool1d(Tensor x, long outputSize) {
    return adaptiveAvgPool2d(flat(x, "adaptiveAvgPool1d"), 1, outputSize).squeeze(-2);
  }

  /** The greatest elements of windows that share out height and width, as many as {@code outputSize} says; −1 keeps a dimension. */
  public static Tensor adaptiveMaxPool2d(Tensor x, long... outputSize) {
    return adaptiveMaxPool2dWithIndices(x, outputSize).values();
  }

  /** {@link #adaptiveMaxPool2d}, and where in its plane, counted row by row, each element was. */
  public static ValuesAndIndices adaptiveMaxPool2dWithIndices(Tensor x, long... outputSize) {
    return Pools.adaptiveMax2d(x, outputSize);
  }

  /** The greatest elements of {@code outputSize} windows that share out the last dimension. */
  public static Tensor adaptiveMaxPool1d(Tensor x, long outputSize) {
    return adaptiveMaxPool1dWithIndices(x, outputSize).values();
  }

  /** {@link #adaptiveMaxPool1d}, and where in the last dimension each element was. */
  public static ValuesAndIndices adaptiveMaxPool1dWithIndices(Tensor x, long outputSize) {
    return flattened(Pools.adaptiveMax2d(flat(x, "adaptiveMaxPool1d"), new long[] {1, outputSize}));
  }

  /** A sequence as an image of one row. */
  private static Tensor flat(Tensor x, String operation) {
    if (x.dim() != 2 && x.dim() != 3) throw new IllegalArgumentException(
        operation + ": expected an input of shape [N, C, L] or [C, L], but it has " + x.dim() + " dimensions");
    return x.unsqueeze(-2);
  }

  private static ValuesAndIndices flattened(ValuesAndIndices y) {
    return new ValuesAndIndices(y.values().squeeze(-2), y.indices().squeeze(-2));
  }

  private static long[] inRow(long across, long along) { return new long[] {across, along}; }

  // ---------------------------------------------------------------- normalisation

  /** {@link #batchNorm(Tensor, Tensor, Tensor, Tensor, Tensor, boolean, double, double)} with given statistics, without weight and bias. */
  public static Tensor batchNorm(Tensor x, Tensor runningMean, Tensor runningVar) {
    return batchNorm(x, runningMean, runningVar, null, null, false, 0.1, 1e-5);
  }

  /**
   * (x − mean) / √(variance + ε) · weight + bias for each channel, dimension 1 of [N, C] or [N, C, …].
   *
   * @param runningMean per channel; used in place of the batch's mean unless {@code training}, else moved towards it by the share {@code momentum}
   * @param runningVar the same of the variance, which it follows without bias
   * @throws IllegalArgumentException if shapes or dtypes do not fit, or training has a single value per channel
   */
  public static Tensor batchNorm(Tensor x, @Nullable Tensor runningMean, @Nullable Tensor runningVar,
      @Nullable Tensor weight, @Nullable Tensor bias, boolean training, double momentum, double eps) {
    return Normalizations.batchNorm(x, runningMean, runningVar, weight, bias, training, momentum, eps);
  }

  /** {@link #instanceNorm(Tensor, Tensor, Tensor, Tensor, Tensor, boolean, double, double)} with its own statistics, without weight and bias. */
  public static Tensor instanceNorm(Tensor x) { return instanceNorm(x, null, null, null, null, true, 0.1, 1e-5); }

  /**
   * {@link #batchNorm(Tensor, Tensor, Tensor, Tensor, Tensor, boolean, double, double)} of each element of the batch for itself.
   *
   * @param useInputStats whether the input's own statistics are used; running ones follow their mean over the batch
   */
  public static Tensor instanceNorm(Tensor x, @Nullable Tensor runningMean, @Nullable Tensor runningVar,
      @Nullable Tensor weight, @Nullable Tensor bias, boolean useInputStats, double momentum, double eps) {
    return Normalizations.instanceNorm(x, runningMean, runningVar, weight, bias, useInputStats, momentum, eps);
  }

  /** {@link #groupNorm(Tensor, long, Tensor, Tensor, double)} without weight and bias, ε being 1e-5. */
  public static Tensor groupNorm(Tensor x, long numGroups) { return groupNorm(x, numGroups, null, null, 1e-5); }

  /** (x − mean) / √(variance + ε) for each of {@code numGroups} groups of channels, times weight, plus bias, per channel of [N, C] or [N, C, …]. */
  public static Tensor groupNorm(Tensor x, long numGroups, @Nullable Tensor weight, @Nullable Tensor bias,
      double eps) {
    return Normalizations.groupNorm(x, numGroups, weight, bias, eps);
  }

  /** {@link #rmsNorm(Tensor, long[], Tensor, Double)} without weight. */
  public static Tensor rmsNorm(Tensor x, long... normalizedShape) { return rmsNorm(x, normalizedShape, null, null); }

  /** x / √(mean x² + ε) over the last dimensions, of shape {@code normalizedShape}, times weight; without ε the dtype's is taken. */
  public static Tensor rmsNorm(Tensor x, long[] normalizedShape, @Nullable Tensor weight, @Nullable Double eps) {
    return Normalizations.rmsNorm(x, normalizedShape, weight, eps);
  }

  // ---------------------------------------------------------------- size

  /** {@link #interpolate(Tensor, long[], double[], String, boolean, boolean)} to a given size. */
  public static Tensor interpolate(Tensor x, long[] size, String mode) {
    return interpolate(x, size, null, mode, false, false);
  }

  /** {@link #interpolate(Tensor, long[], double[], String, boolean, boolean)} by a factor in each dimension. */
  public static Tensor interpolate(Tensor x, double scaleFactor, String mode) {
    return interpolate(x, null, new double[] {scaleFactor}, mode, false, false);
  }

  /**
   * Images [N, C, H, W] or sequences [N, C, L] in another size.
   *
   * @param size the new height and width, or length; null if there is a factor
   * @param scaleFactor the ratios of the new sizes, which are rounded down; null if there is a size
   * @param mode "nearest", "nearest-exact", "linear" for sequences, "bilinear" or "bicubic" for images
   * @param alignCorners whether the first and last elements stay what they are; for other modes than the nearest
   * @param recomputeScaleFactor whether places are computed from the rounded sizes, not from the factor
   * @throws IllegalArgumentException if size and factor are not one of them, or the mode does not fit
   */
  public static Tensor interpolate(Tensor x, long @Nullable [] size, double @Nullable [] scaleFactor, String mode,
      boolean alignCorners, boolean recomputeScaleFactor) {
    return Resizings.interpolate(x, size, scaleFactor, mode, alignCorners, recomputeScaleFactor);
  }

  /** Blocks of r² channels spread over r × r places, r being {@code upscaleFactor}: [.., C·r², H, W] becomes [.., C, H·r, W·r]. */
  public static Tensor pixelShuffle(Tensor x, long upscaleFactor) {
    return Resizings.pixelShuffle(x, upscaleFactor, false);
  }

  /** The inverse of {@link #pixelShuffle}. */
  public static Tensor pixelUnshuffle(Tensor x, long downscaleFactor) {
    return Resizings.pixelShuffle(x, downscaleFactor, true);
  }

  // ---------------------------------------------------------------- dropout

  /** In training each channel of [N, C, L] or [C, L] becomes 0 with probability {@code p}, the others grow by 1 / (1 − p). */
  public static Tensor dropout1d(Tensor x, double p, boolean training) {
    return dropChannels("dropout1d", x, p, training, 2, 3);
  }

  /** In training each channel of [N, C, H, W] or [C, H, W] becomes 0 with probability {@code p}, the others grow by 1 / (1 − p). */
  public static Tensor dropout2d(Tensor x, double p, boolean training) {
    return dropChannels("dropout2d", x, p, training, 3, 4);
  }

  private static Tensor dropChannels(String operation, Tensor x, double p, boolean training, int single, int batch) {
    if (x.dim() != single && x.dim() != batch) throw new IllegalArgumentException(
        operation + ": expected " + single + " or " + batch + " dimensions, but the input has " + x.dim());
    if (!isActive(operation, p, training)) return x;
    long[] shape = x.shape();
    Arrays.fill(shape, x.dim() == batch ? 2 : 1, shape.length, 1);
    if (p == 1) return x.mul(Torch.zeros(x.dtype(), shape));
    return x.mul(Torch.bernoulli(Torch.full(x.dtype(), 1 - p, shape)).div_(1 - p));
  }

  /** In training each element becomes the least value of SELU with probability {@code p}, then all are moved and scaled to keep mean 0 and variance 1. */
  public static Tensor alphaDropout(Tensor x, double p, boolean training) {
    if (!isActive("alphaDropout", p, training)) return x;
    if (p == 1) return x.mul(Torch.zeros(x.dtype(), x.shape()));
    double alpha = 1.7580993408473766;
    double a = 1 / Math.sqrt((alpha * alpha * p + 1) * (1 - p));
    Tensor kept = Torch.bernoulli(Torch.fullLike(x, 1 - p));
    Tensor shift = kept.add(-1).mul_(alpha * a).add_(alpha * a * p);
    return x.mul(kept.mul_(a)).add(shift);
  }

  private static boolean isActive(String operation, double p, boolean training) {
    if (!(p >= 0 && p <= 1))
      throw new IllegalArgumentException(operation + ": p is a probability, in 0 … 1, but is " + p);
    return training && p > 0;
  }
}
