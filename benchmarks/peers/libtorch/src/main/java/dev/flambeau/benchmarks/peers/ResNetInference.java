package dev.flambeau.benchmarks.peers;

import static dev.flambeau.benchmarks.worker.Inputs.uniform;

import dev.flambeau.benchmarks.worker.Row;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;

/** The logits of ResNet-18. */
final class ResNetInference implements Row {
  private final ResNet18 network = new ResNet18(false);
  private final Tensor x;

  ResNetInference(int batch, int side) { x = pictures(batch, side); }

  /** Square pictures of three colours. */
  static Tensor pictures(int batch, int side) {
    return LibTorch.tensor(uniform(batch * 3 * side * side, 1, 1), batch, 3, side, side);
  }

  private Tensor logits() {
    try (AutoGradMode _ = new AutoGradMode(false)) {
      return network.logits(x);
    }
  }

  @Override
  public Object step() {
    try (PointerScope _ = new PointerScope()) {
      return logits();
    }
  }

  @Override
  public float[] result() {
    try (PointerScope _ = new PointerScope()) {
      return LibTorch.floats(logits());
    }
  }
}
