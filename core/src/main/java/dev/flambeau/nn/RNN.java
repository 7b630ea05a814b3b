package dev.flambeau.nn;

import dev.flambeau.RecurrentCell;
import dev.flambeau.Tensor;

/**
 * Layers of tanh or ReLU units (<a href="https://doi.org/10.1207/s15516709cog1402_1">Elman 1990</a>): h′ = tanh(W x + b + U h + c); with shapes and parameters
 * as {@link RNNBase} tells.
 */
public final class RNN extends RNNBase {
  /**
   * What a sequence gives.
   *
   * @param output the states of the last layer at all steps
   * @param hidden the last state of each layer and direction, (layers · D, N, hidden)
   */
  public record Output(Tensor output, Tensor hidden) {}

  /** One layer with tanh. */
  public RNN(long inputSize, long hiddenSize) { this(inputSize, hiddenSize, 1, "tanh", true, false, 0, false); }

  /**
   * Some layers.
   *
   * @param nonlinearity "tanh" or "relu"
   * @param batchFirst whether inputs and outputs are (N, T, …), not (T, N, …)
   * @param dropout the probability of zeros, in training, between layers
   */
  public RNN(long inputSize, long hiddenSize, int numLayers, String nonlinearity, boolean bias, boolean batchFirst,
      double dropout, boolean bidirectional) {
    super(cell(nonlinearity), inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional);
  }

  static RecurrentCell cell(String nonlinearity) {
    return switch (nonlinearity) {
      case "tanh" -> RecurrentCell.RNN_TANH;
      case "relu" -> RecurrentCell.RNN_RELU;
      default -> throw new IllegalArgumentException(
          "RNN: the nonlinearity is \"tanh\" or \"relu\", but got \"" + nonlinearity + "\"");
    };
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
