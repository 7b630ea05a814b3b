package dev.flambeau.benchmarks.peers;

import static dev.flambeau.benchmarks.worker.Inputs.SERIES;
import static dev.flambeau.benchmarks.worker.Inputs.SIGNALS;
import static dev.flambeau.benchmarks.worker.Inputs.STATES;
import static dev.flambeau.benchmarks.worker.Inputs.TIMES;
import static dev.flambeau.benchmarks.worker.Inputs.uniform;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.flambeau.benchmarks.worker.Row;

/** Forward and backward pass of a long short-term memory. */
final class Recurrence implements Row {
  private final NDManager manager = NDManager.newBaseManager();
  private final Parameters parameters = new Parameters(manager, true);
  private final NDArray x =
      manager.create(uniform(TIMES * SERIES * SIGNALS, 1, 1), new Shape(TIMES, SERIES, SIGNALS));

  Recurrence() {
    parameters.weight(4 * STATES, SIGNALS);
    parameters.weight(4 * STATES, STATES);
    parameters.bias(4 * STATES);
    parameters.bias(4 * STATES);
  }

  private NDArray sum() {
    Shape state = new Shape(1, SERIES, STATES);
    NDList first = new NDList(x.getManager().zeros(state), x.getManager().zeros(state));
    return x.getNDArrayInternal().lstm(x, first, parameters.all(), true, 1, 0, true, false, false).get(0).sum();
  }

  @Override
  public Object step() {
    try (NDManager made = manager.newSubManager()) {
      x.tempAttach(made);
      return parameters.backward(this::sum);
    }
  }

  @Override
  public float[] result() {
    step();
    try (NDManager made = manager.newSubManager()) {
      NDArray gradients = made.create(new Shape(0));
      for (NDArray p : parameters.all()) {
        NDArray gradient = p.getGradient();
        gradient.attach(made);
        gradients = gradients.concat(gradient.flatten());
      }
      return gradients.toFloatArray();
    }
  }

  @Override
  public void close() { manager.close(); }
}
