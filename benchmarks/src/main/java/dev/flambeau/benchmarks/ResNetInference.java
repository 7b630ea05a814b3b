package dev.flambeau.benchmarks;

import static dev.flambeau.Torch.fromArray;
import static dev.flambeau.Torch.noGrad;
import static dev.flambeau.benchmarks.worker.Inputs.uniform;

import dev.flambeau.Tensor;
import dev.flambeau.benchmarks.worker.Row;
import dev.flambeau.nn.Module;
import dev.flambeau.vision.ResNet;

/** The logits of ResNet-18. */
final class ResNetInference implements Row {
  private final Module network = Parameters.filled(ResNet.resnet18()).eval();
  private final Tensor x;

  ResNetInference(int batch, int side) { x = pictures(batch, side); }

  /** Square pictures of three colours. */
  static Tensor pictures(int batch, int side) {
    return fromArray(uniform(batch * 3 * side * side, 1, 1), batch, 3, side, side);
  }

  @Override
  public Tensor step() { return noGrad(() -> network.apply(x)); }

  @Override
  public float[] result() { return step().toFloatArray(); }
}
