package dev.flambeau.nn;

import dev.flambeau.RecurrentCell;
import dev.flambeau.Tensor;

/** One step of {@link GRU}; see {@link RNNCellBase} for the shapes. */
public final class GRUCell extends RNNCellBase {
  /** With biases. */
  public GRUCell(long inputSize, long hiddenSize) { this(inputSize, hiddenSize, true); }

  /** With biases, or without. */
  public GRUCell(long inputSize, long hiddenSize, boolean bias) {
    super(RecurrentCell.GRU, inputSize, hiddenSize, bias);
  }

  /** The next state. */
  public Tensor apply(Tensor x, Tensor hidden) { return call(this::run, x, hidden)[0]; }
}
