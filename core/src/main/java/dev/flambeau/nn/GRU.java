package dev.flambeau.nn;

import dev.flambeau.RecurrentCell;
import dev.flambeau.Tensor;

/**
 * Gated recurrent units (<a href="https://arxiv.org/abs/1406.1078">Cho et al. 2014</a>): r, z = σ(W x + U h + b), n = tanh(Wₙ x + bₙ + r · (Uₙ h + cₙ)),
 * h′ = (1 − z) · n + z · h; with shapes and parameters as {@link RNNBase} tells.
 */
public final class GRU extends RNNBase {
  /**
   * What a sequence gives.
   *
   * @param output the states of the last layer at all steps
   * @param hidden the last state of each layer and direction, (layers · D, N, hidden)
   */
  public record Output(Tensor output, Tensor hidden) {}

  /** One layer. */
  public GRU(long inputSize, long hiddenSize) { this(inputSize, hiddenSize, 1, true, false, 0, false); }

  /**
   * Some layers.
   *
   * @param batchFirst whether inputs and outputs are (N, T, …), not (T, N, …)
   * @param dropout the probability of zeros, in training, between layers
   */
  public GRU(long inputSize, long hiddenSize, int numLayers, boolean bias, boolean batchFirst, double dropout,
      boolean bidirectional) {
    super(RecurrentCell.GRU, inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional);
  }

  private static Output output(Tensor... all) { return new Output(all[0], all[1]); }

  /** The states at all steps and the last ones, from zeros on. */
  public Output applyAll(Tensor x) { return output(call(this::run, x)); }

  /**
   * The states at all steps and the last ones, from {@code hidden} on.
   *
   * @throws IllegalArgumentException if shapes or dtypes do not fit
   */
  public Output apply(Tensor x, Tensor hidden) { return output(call(this::run, x, hidden)); }
}
