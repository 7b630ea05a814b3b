package dev.flambeau.nn;

import static java.util.Objects.requireNonNull;

import dev.flambeau.Convolutions;
import dev.flambeau.Tensor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A convolution, batch normalisation and ReLU, one after the other: layer by layer while a graph is recorded, in training, or with hooks; otherwise
 * normalised while the results are in the cache. The two ways differ by roundings.
 */
public final class ConvBnReLU {
  private ConvBnReLU() {}

  /** relu(norm(convolution(x))), without a ReLU if that is null. */
  public static Tensor apply(Tensor x, Module convolution, Module norm, @Nullable Module relu) {
    Tensor fused = fits(convolution, norm, relu) ? fused(x, convolution, norm, null, relu != null) : null;
    if (fused != null) return fused;
    Tensor y = norm.apply(convolution.apply(x));
    return relu == null ? y : relu.apply(y);
  }

  /** relu(norm(convolution(x)) + rest). */
  public static Tensor apply(Tensor x, Module convolution, Module norm, Supplier<Tensor> rest, Module relu) {
    if (!fits(convolution, norm, relu)) return relu.apply(norm.apply(convolution.apply(x)).add_(rest.get()));
    Tensor summand = rest.get();
    Tensor fused = fused(x, convolution, norm, summand, true);
    return fused != null ? fused : relu.apply(norm.apply(convolution.apply(x)).add_(summand));
  }

  /** Whether layers are what they seem, and nobody looks at what is between them. */
  static boolean fits(Module convolution, Module norm, @Nullable Module relu) {
    return convolution instanceof Conv2d conv && !conv.isHooked() && conv.padsWithZeros()
        && norm instanceof BatchNorm2d bn && !bn.isHooked() && !bn.isTraining() && bn.runningMean != null
        && bn.runningVar != null && (relu == null || relu instanceof ReLU && !relu.isHooked());
  }

  /** In one pass, of layers that {@link #fits fit}; null if a graph is recorded or the shapes or dtypes are others. */
  private static @Nullable Tensor fused(Tensor x, Module convolution, Module norm, @Nullable Tensor rest,
      boolean rectified) {
    Conv2d conv = (Conv2d) convolution;
    BatchNorm2d bn = (BatchNorm2d) norm;
    return Convolutions.normalized(x, conv.weight, conv.bias, conv.stride, conv.padding, conv.dilation, conv.groups,
        requireNonNull(bn.runningMean), requireNonNull(bn.runningVar), bn.weight, bn.bias, bn.eps, rest, rectified);
  }
}
