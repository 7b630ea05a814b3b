package dev.flambeau.nn;

import dev.flambeau.Tensor;
import dev.flambeau.Torch;

/** x where x > 0, else w · x with a slope that is learned (<a href="https://arxiv.org/abs/1502.01852">He et al. 2015</a>). */
public final class PReLU extends Module {
  private final long numParameters;
  /** One slope, or one for each channel. */
  public Tensor weight;

  /** One slope, ¼ at first. */
  public PReLU() { this(1, 0.25); }

  /** One slope, or one for each channel of {@code x (N, C, *)}. */
  public PReLU(long numParameters, double init) {
    this.numParameters = numParameters;
    this.weight = parameter(Torch.full(init, numParameters));
  }

  @Override
  public Tensor forward(Tensor x) { return x.prelu(weight); }

  @Override
  protected String extraRepr() { return PythonText.arguments("num_parameters", numParameters); }
}
