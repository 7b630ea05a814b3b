package dev.flambeau.nn;

import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import org.jspecify.annotations.Nullable;

/** y[o] = aᵀ W[o] b + bias[o]: {@code a (*, in1), b (*, in2)} → {@code (*, out)}. */
public final class Bilinear extends Module {
  private final long in1Features, in2Features, outFeatures;
  /** Shape (out, in1, in2); uniform in ±1/√in1 at first, and the bias too. */
  public Tensor weight;
  /** Shape (out). */
  public @Nullable Tensor bias;

  /** With a bias. */
  public Bilinear(long in1Features, long in2Features, long outFeatures) {
    this(in1Features, in2Features, outFeatures, true);
  }

  /** With a bias, or without. */
  public Bilinear(long in1Features, long in2Features, long outFeatures, boolean bias) {
    this.in1Features = in1Features;
    this.in2Features = in2Features;
    this.outFeatures = outFeatures;
    double bound = 1 / Math.sqrt((double) in1Features);
    this.weight = parameter(Init.uniform_(Torch.empty(outFeatures, in1Features, in2Features), -bound, bound));
    this.bias = bias ? parameter(Init.uniform_(Torch.empty(outFeatures), -bound, bound)) : null;
  }

  /** y for a and b. */
  public Tensor apply(Tensor a, Tensor b) {
    return call(in -> {
      Tensor y = Torch.einsum("...i,oij,...j->...o", in[0], weight, in[1]);
      return one(bias == null ? y : y.add(bias));
    }, a, b)[0];
  }

  @Override
  protected String extraRepr() {
    return PythonText.arguments("in1_features", in1Features, "in2_features", in2Features, "out_features", outFeatures,
        "bias", bias != null);
  }
}
