package dev.flambeau.nn;

import dev.flambeau.RecurrentCell;
import dev.flambeau.Tensor;

/** One step of {@link LSTM}; see {@link RNNCellBase} for the shapes. {@link #apply(Tensor)} gives the next hidden state. */
public final class LSTMCell extends RNNCellBase {
  /** The states after a step. */
  public record State(Tensor hidden, Tensor cell) {}

  /** With biases. */
  public LSTMCell(long inputSize, long hiddenSize) { this(inputSize, hiddenSize, true); }

  /** With biases, or without. */
  public LSTMCell(long inputSize, long hiddenSize, boolean bias) {
    super(RecurrentCell.LSTM, inputSize, hiddenSize, bias);
  }

  private static State state(Tensor... all) { return new State(all[0], all[1]); }

  /** The next states, from zeros on. */
  public State applyAll(Tensor x) { return state(call(this::run, x)); }

  /** The next states. */
  public State apply(Tensor x, Tensor hidden, Tensor cell) { return state(call(this::run, x, hidden, cell)); }
}
