package dev.flambeau.benchmarks.peers;

import static dev.flambeau.benchmarks.worker.Inputs.BATCH;
import static dev.flambeau.benchmarks.worker.Inputs.HIDDEN;
import static dev.flambeau.benchmarks.worker.Inputs.IN;
import static dev.flambeau.benchmarks.worker.Inputs.LEARNING_RATE;
import static dev.flambeau.benchmarks.worker.Inputs.MOMENTUM;
import static dev.flambeau.benchmarks.worker.Inputs.OUT;
import static dev.flambeau.benchmarks.worker.Inputs.STEPS;
import static dev.flambeau.benchmarks.worker.Inputs.integers;
import static dev.flambeau.benchmarks.worker.Inputs.uniform;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import dev.flambeau.benchmarks.worker.Row;
import java.util.List;

/** A training step of a perceptron with one hidden layer. */
final class Perceptron implements Row {
  private final NDManager manager = NDManager.newBaseManager();
  private final Engine engine = Engine.getInstance();
  private final NDArray x = manager.create(uniform(BATCH * IN, 1, 1), new Shape(BATCH, IN));
  private final NDArray labels = manager.create(integers(BATCH, 2, OUT), new Shape(BATCH, 1));
  private final NDArray w1 = parameter(uniform(HIDDEN * IN, 3, 1f / 32), HIDDEN, IN);
  private final NDArray b1 = parameter(uniform(HIDDEN, 4, 1f / 32), HIDDEN);
  private final NDArray w2 = parameter(uniform(OUT * HIDDEN, 5, 1f / 16), OUT, HIDDEN);
  private final NDArray b2 = parameter(uniform(OUT, 6, 1f / 16), OUT);
  private final List<NDArray> parameters = List.of(w1, b1, w2, b2);
  private final List<NDArray> momenta = parameters.stream().map(NDArray::zerosLike).toList();

  private NDArray parameter(float[] values, long... shape) {
    NDArray p = manager.create(values, new Shape(shape));
    p.setRequiresGradient(true);
    return p;
  }

  @Override
  public Object step() {
    NDArray loss;
    try (GradientCollector gradients = engine.newGradientCollector();
        NDList hidden = Linear.linear(x, w1, b1);
        NDArray relu = hidden.singletonOrThrow().getNDArrayInternal().relu();
        NDList logits = Linear.linear(relu, w2, b2);
        NDArray logProbabilities = logits.singletonOrThrow().logSoftmax(1);
        NDArray picked = logProbabilities.gather(labels, 1);
        NDArray mean = picked.mean()) {
      loss = mean.neg();
      gradients.backward(loss);
    }
    for (int i = 0; i < parameters.size(); i++) {
      NDArray p = parameters.get(i), v = momenta.get(i);
      try (NDArray gradient = p.getGradient(); NDArray change = v.muli(MOMENTUM).addi(gradient).mul(LEARNING_RATE)) {
        p.subi(change);
      }
      JniUtils.zeroGrad((PtNDArray) p);
    }
    loss.close();
    return loss;
  }

  @Override
  public float[] result() {
    for (int i = 0; i < STEPS; i++) step();
    try (NDArray all = w1.flatten().concat(b1).concat(w2.flatten()).concat(b2)) {
      return all.toFloatArray();
    }
  }

  @Override
  public void close() { manager.close(); }
}
