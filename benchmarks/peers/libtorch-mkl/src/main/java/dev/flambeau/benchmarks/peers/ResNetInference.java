package dev.flambeau.benchmarks.peers;

import static dev.flambeau.benchmarks.worker.Inputs.uniform;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.flambeau.benchmarks.worker.Row;

/** The logits of ResNet-18. */
final class ResNetInference implements Row {
  private final NDManager manager = NDManager.newBaseManager();
  private final ResNet18 network = new ResNet18(manager, new Parameters(manager, false), false);
  private final NDArray x;

  ResNetInference(int batch, int side) { x = pictures(manager, batch, side); }

  /** Square pictures of three colours. */
  static NDArray pictures(NDManager manager, int batch, int side) {
    return manager.create(uniform(batch * 3 * side * side, 1, 1), new Shape(batch, 3, side, side));
  }

  @Override
  public Object step() {
    try (NDManager made = manager.newSubManager()) {
      x.tempAttach(made);
      return network.logits(x);
    }
  }

  @Override
  public float[] result() {
    try (NDManager made = manager.newSubManager()) {
      x.tempAttach(made);
      return network.logits(x).toFloatArray();
    }
  }

  @Override
  public void close() { manager.close(); }
}
