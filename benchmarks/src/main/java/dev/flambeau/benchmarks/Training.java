package dev.flambeau.benchmarks;

import static dev.flambeau.Torch.fromArray;
import static dev.flambeau.Torch.noGrad;
import static dev.flambeau.benchmarks.worker.Inputs.ADAM_RATE;
import static dev.flambeau.benchmarks.worker.Inputs.CLASSES;
import static dev.flambeau.benchmarks.worker.Inputs.DECAY;
import static dev.flambeau.benchmarks.worker.Inputs.FEATURES;
import static dev.flambeau.benchmarks.worker.Inputs.HEADS;
import static dev.flambeau.benchmarks.worker.Inputs.INNER;
import static dev.flambeau.benchmarks.worker.Inputs.RESNET_RATE;
import static dev.flambeau.benchmarks.worker.Inputs.MOMENTUM;
import static dev.flambeau.benchmarks.worker.Inputs.SEQUENCES;
import static dev.flambeau.benchmarks.worker.Inputs.STEPS;
import static dev.flambeau.benchmarks.worker.Inputs.TOKENS;
import static dev.flambeau.benchmarks.worker.Inputs.integers;
import static dev.flambeau.benchmarks.worker.Inputs.uniform;

import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import dev.flambeau.benchmarks.worker.Row;
import dev.flambeau.nn.Functional;
import dev.flambeau.nn.LossReduction;
import dev.flambeau.nn.Module;
import dev.flambeau.nn.TransformerEncoderLayer;
import dev.flambeau.optim.AdamW;
import dev.flambeau.optim.Optimizer;
import dev.flambeau.optim.SGD;
import dev.flambeau.vision.ResNet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;

/** A training step of a network. */
record Training(Module network, Optimizer optimizer, BinaryOperator<Tensor> loss, Tensor x, Tensor target)
    implements Row {

  static Training resnet(int batch, int side) {
    return resnet(Parameters.filled(ResNet.resnet18()), batch, side);
  }

  static Training resnet(Module network, int batch, int side) {
    return new Training(network, new SGD(network.parameters(), RESNET_RATE).momentum(MOMENTUM),
        Functional::crossEntropy, ResNetInference.pictures(batch, side), fromArray(integers(batch, 2, CLASSES)));
  }

  static Training transformer() {
    Module layer = Parameters.filled(new TransformerEncoderLayer(FEATURES, HEADS, INNER, 0, Functional::gelu, true));
    return new Training(layer, new AdamW(layer.parameters(), ADAM_RATE).weightDecay(DECAY),
        (y, target) -> Functional.mseLoss(y, target, LossReduction.SUM), sequences(1), sequences(2));
  }

  private static Tensor sequences(int seed) {
    return fromArray(uniform(SEQUENCES * TOKENS * FEATURES, seed, 1), SEQUENCES, TOKENS, FEATURES);
  }

  @Override
  public Tensor step() {
    optimizer.zeroGrad();
    Tensor value = loss.apply(network.apply(x), target);
    value.backward();
    optimizer.step();
    return value;
  }

  /** Before the first step the output; then the losses: a rounding at a kink of ReLU tells in single outputs. */
  @Override
  public float[] result() {
    List<Tensor> all = new ArrayList<>(List.of(noGrad(() -> network.apply(x).flatten())));
    for (int i = 0; i < STEPS; i++) all.add(step().detach().reshape(1).div(target.numel()));
    return Torch.cat(all, 0).toFloatArray();
  }
}
