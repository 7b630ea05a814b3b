package dev.flambeau.benchmarks.peers;

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

import dev.flambeau.benchmarks.worker.Row;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.TransformerActivation;
import org.bytedeco.pytorch.TransformerEncoderLayerImpl;
import org.bytedeco.pytorch.TransformerEncoderLayerOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.kGELU;

/** A training step of a network. */
record Training(UnaryOperator<Tensor> network, Optimizer optimizer, BinaryOperator<Tensor> loss, Tensor x,
    Tensor target) implements Row {

  static Training resnet(int batch, int side) {
    ResNet18 network = new ResNet18(true);
    SGDOptions options = new SGDOptions(RESNET_RATE);
    options.momentum().put(MOMENTUM);
    return new Training(network::logits, new SGD(network.parameters(), options), torch::cross_entropy_loss,
        ResNetInference.pictures(batch, side), torch.tensor(integers(batch, 2, CLASSES)));
  }

  private static final long SUM = 2;

  /** The layer wants the tokens first. */
  static Training transformer() {
    TransformerEncoderLayerOptions sizes = new TransformerEncoderLayerOptions(FEATURES, HEADS);
    sizes.dim_feedforward().put(INNER);
    sizes.dropout().put(0);
    sizes.activation().put(new TransformerActivation(new kGELU()));
    TransformerEncoderLayerImpl layer = new TransformerEncoderLayerImpl(sizes);
    AdamWOptions options = new AdamWOptions(ADAM_RATE);
    options.weight_decay().put(DECAY);
    return new Training(x -> layer.forward(x.transpose(0, 1)).transpose(0, 1),
        new AdamW(Parameters.filled(layer), options), (y, target) -> torch.mse_loss(y, target, SUM), sequences(1),
        sequences(2));
  }

  private static Tensor sequences(int seed) {
    return LibTorch.tensor(uniform(SEQUENCES * TOKENS * FEATURES, seed, 1), SEQUENCES, TOKENS, FEATURES);
  }

  private Tensor trained() {
    optimizer.zero_grad();
    Tensor value = loss.apply(network.apply(x), target);
    value.backward();
    optimizer.step();
    return value;
  }

  @Override
  public Object step() {
    try (PointerScope _ = new PointerScope()) {
      return trained();
    }
  }

  @Override
  public float[] result() {
    try (PointerScope _ = new PointerScope()) {
      TensorVector all = new TensorVector();
      try (AutoGradMode _ = new AutoGradMode(false)) {
        all.push_back(network.apply(x).flatten());
      }
      for (int i = 0; i < STEPS; i++) all.push_back(trained().detach().reshape(1).div(new Scalar(target.numel())));
      return LibTorch.floats(torch.cat(all));
    }
  }
}
