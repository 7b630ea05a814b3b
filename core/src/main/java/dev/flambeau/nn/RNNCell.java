package dev.flambeau.nn;

import dev.flambeau.Tensor;

/** One step of {@link RNN}; see {@link RNNCellBase} for the shapes. */
public final class RNNCell extends RNNCellBase {
  private final String nonlinearity;

  /** With biases and tanh. */
  public RNNCell(long inputSize, long hiddenSize) { this(inputSize, hiddenSize, true, "tanh"); }

  /** With biases, or without; the nonlinearity is "tanh" or "relu". */
  public RNNCell(long inputSize, long hiddenSize, boolean bias, String nonlinearity) {
    super(RNN.cell(nonlinearity), inputSize, hiddenSize, bias);
    this.nonlinearity = nonlinearity;
  }

  /** The next state. */
  public Tensor apply(Tensor x, Tensor hidden) { return call(this::run, x, hidden)[0]; }

  @Override
  protected String extraRepr() {
    return super.extraRepr() + (nonlinearity.equals("tanh") ? "" : ", nonlinearity=" + nonlinearity);
  }
}
