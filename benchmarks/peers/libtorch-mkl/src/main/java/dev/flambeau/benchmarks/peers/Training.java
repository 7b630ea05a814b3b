package dev.flambeau.benchmarks.peers;

import static dev.flambeau.benchmarks.worker.Inputs.ADAM_RATE;
import static dev.flambeau.benchmarks.worker.Inputs.CLASSES;
import static dev.flambeau.benchmarks.worker.Inputs.DECAY;
import static dev.flambeau.benchmarks.worker.Inputs.FEATURES;
import static dev.flambeau.benchmarks.worker.Inputs.RESNET_RATE;
import static dev.flambeau.benchmarks.worker.Inputs.MOMENTUM;
import static dev.flambeau.benchmarks.worker.Inputs.SEQUENCES;
import static dev.flambeau.benchmarks.worker.Inputs.STEPS;
import static dev.flambeau.benchmarks.worker.Inputs.TOKENS;
import static dev.flambeau.benchmarks.worker.Inputs.integers;
import static dev.flambeau.benchmarks.worker.Inputs.uniform;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.flambeau.benchmarks.worker.Row;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** A training step of a network. */
record Training(NDManager manager, Parameters parameters, UnaryOperator<NDArray> network, Optimizer optimizer,
    BinaryOperator<NDArray> loss, NDArray x, NDArray target) implements Row {

  static Training resnet(int batch, int side) {
    NDManager manager = NDManager.newBaseManager();
    Parameters parameters = new Parameters(manager, true);
    Optimizer optimizer = Optimizer.sgd().setLearningRateTracker(Tracker.fixed((float) RESNET_RATE))
        .optMomentum((float) MOMENTUM).build();
    return new Training(manager, parameters, new ResNet18(manager, parameters, true)::logits, optimizer,
        (logits, labels) -> logits.logSoftmax(1).gather(labels, 1).mean().neg(),
        ResNetInference.pictures(manager, batch, side),
        manager.create(integers(batch, 2, CLASSES), new Shape(batch, 1)));
  }

  static Training transformer() {
    NDManager manager = NDManager.newBaseManager();
    Parameters parameters = new Parameters(manager, true);
    Optimizer optimizer = Optimizer.adamW().optLearningRateTracker(Tracker.fixed((float) ADAM_RATE))
        .optWeightDecays((float) DECAY).build();
    return new Training(manager, parameters, new TransformerLayer(parameters)::output, optimizer,
        (y, target) -> y.sub(target).square().sum(), sequences(manager, 1), sequences(manager, 2));
  }

  private static NDArray sequences(NDManager manager, int seed) {
    return manager.create(uniform(SEQUENCES * TOKENS * FEATURES, seed, 1), new Shape(SEQUENCES, TOKENS, FEATURES));
  }

  private NDArray trained() {
    NDArray value = parameters.backward(() -> loss.apply(network.apply(x), target));
    parameters.update(optimizer);
    return value;
  }

  @Override
  public Object step() {
    try (NDManager made = manager.newSubManager()) {
      x.tempAttach(made);
      return trained();
    }
  }

  @Override
  public float[] result() {
    try (NDManager made = manager.newSubManager()) {
      x.tempAttach(made);
      NDArray all = network.apply(x).flatten();
      for (int i = 0; i < STEPS; i++) all = all.concat(trained().reshape(1).div(target.size()));
      return all.toFloatArray();
    }
  }

  @Override
  public void close() { manager.close(); }
}
