package dev.flambeau.nn;

import dev.flambeau.RecurrentCell;
import dev.flambeau.RecurrentLayers;
import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One step of a recurrent layer: {@code x (N, in)} and states {@code (N, hidden)} → states {@code (N, hidden)}; all without N for a single one. */
public abstract sealed class RNNCellBase extends Module permits RNNCell, LSTMCell, GRUCell {
  private final RecurrentCell cell;
  /** Size of the last dimension of the input, and of a state. */
  public final long inputSize, hiddenSize;
  /** Shapes (gates · hidden, in) and (gates · hidden, hidden); uniform in ±1/√hidden at first, and the biases too. */
  public Tensor weightIh, weightHh;
  /** Shape (gates · hidden). */
  public @Nullable Tensor biasIh, biasHh;

  RNNCellBase(RecurrentCell cell, long inputSize, long hiddenSize, boolean bias) {
    this.cell = cell;
    this.inputSize = inputSize;
    this.hiddenSize = hiddenSize;
    Tensor[] all = RNNBase.fresh(cell, inputSize, hiddenSize, bias);
    weightIh = all[0];
    weightHh = all[1];
    biasIh = bias ? all[2] : null;
    biasHh = bias ? all[3] : null;
  }

  /** The next states. Inputs: x, and states, zeros if there are none. */
  final Tensor[] run(Tensor... in) {
    Tensor[] rows = new Tensor[3];
    boolean single = in[0].dim() == 1;
    if (!single && in[0].dim() != 2 || in[0].size(-1) != inputSize) {
      throw new IllegalArgumentException(name() + ": takes an input of shape (batch, " + inputSize + "), or ("
          + inputSize + ") without a batch, but got " + Arrays.toString(in[0].shape()));
    }
    for (int k = 0; k < in.length; k++) rows[k] = single ? in[k].unsqueeze(0) : in[k];
    for (int k = in.length; k < 3; k++) rows[k] = Torch.zeros(in[0].dtype(), rows[0].size(0), hiddenSize);
    Tensor[] weights = biasIh == null || biasHh == null ? new Tensor[] {weightIh, weightHh}
        : new Tensor[] {weightIh, weightHh, biasIh, biasHh};
    Tensor[] y = RecurrentLayers.run(cell, false, rows[0].unsqueeze(0), rows[1],
        cell == RecurrentCell.LSTM ? rows[2] : null, weights);
    y[0] = y[0].squeeze(0);
    if (single) for (int k = 0; k < y.length; k++) y[k] = y[k].squeeze(0);
    return y;
  }

  @Override
  public Tensor forward(Tensor x) { return run(x)[0]; }

  @Override
  protected String extraRepr() { return inputSize + ", " + hiddenSize + (biasIh == null ? ", bias=False" : ""); }
}
