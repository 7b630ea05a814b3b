package dev.flambeau.nn;

import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import org.jspecify.annotations.Nullable;

/**
 * y = x Wᵀ + b: {@code x (*, in)} → {@code (*, out)}, as in
 * <a href="https://pytorch.org/docs/stable/generated/torch.nn.Linear.html">torch.nn.Linear</a>.
 */
public class Linear extends Module {
  /** Sizes of the last dimension. */
  public final long inFeatures, outFeatures;
  /** Shape (out, in); uniform in ±1/√in at first, and the bias too. */
  public Tensor weight;
  /** Shape (out). */
  public @Nullable Tensor bias;

  /** With a bias. */
  public Linear(long inFeatures, long outFeatures) { this(inFeatures, outFeatures, true); }

  /** With a bias, or without. */
  public Linear(long inFeatures, long outFeatures, boolean bias) {
    this.inFeatures = inFeatures;
    this.outFeatures = outFeatures;
    this.weight = parameter(Init.kaimingUniform_(Torch.empty(outFeatures, inFeatures), Math.sqrt(5)));
    this.bias = bias ? parameter(Init.bias(outFeatures, weight)) : null;
  }

  @Override
  public Tensor forward(Tensor x) { return x.linear(weight, bias); }

  @Override
  protected String extraRepr() {
    return PythonText.arguments("in_features", inFeatures, "out_features", outFeatures, "bias", bias != null);
  }
}
