package dev.flambeau.nn;

import dev.flambeau.RecurrentCell;
import dev.flambeau.Tensor;

/**
 * Long short-term memory (<a href="https://doi.org/10.1162/neco.1997.9.8.1735">Hochreiter &amp; Schmidhuber 1997</a>): i, f, o = σ(W x + b + U h + c) and
 * g = tanh(…) likewise, c′ = f · c + i · g, h′ = o · tanh c′; with shapes and parameters as {@link RNNBase} tells.
 */
public final class LSTM extends RNNBase {
  /**
   * What a sequence gives.
   *
   * @param output the states of the last layer at all steps
   * @param hidden the last state of each layer and direction, (layers · D, N, hidden)
   * @param cell the last cell states, of the same shape
   */
  public record Output(Tensor output, Tensor hidden, Tensor cell) {}

  /** One layer. */
  public LSTM(long inputSize, long hiddenSize) { this(inputSize, hiddenSize, 1, true, false, 0, false); }

  /**
   * Some layers.
   *
   * @param batchFirst whether inputs and outputs are (N, T, …), not (T, N, …)
   * @param dropout the probability of zeros, in training, between layers
   */
  public LSTM(long inputSize, long hiddenSize, int numLayers, boolean bias, boolean batchFirst, double dropout,
      boolean bidirectional) {
    super(RecurrentCell.LSTM, inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional);
  }

  private static Output output(Tensor... all) { return new Output(all[0], all[1], all[2]); }

  /** The states at all steps and the last ones, from zeros on. */
  public Output applyAll(Tensor x) { return output(call(this::run, x)); }

  /**
   * The states at all steps and the last ones, from {@code hidden} and {@code cell} on.
   *
   * @throws IllegalArgumentException if shapes or dtypes do not fit
   */
  public Output apply(Tensor x, Tensor hidden, Tensor cell) { return output(call(this::run, x, hidden, cell)); }
}
