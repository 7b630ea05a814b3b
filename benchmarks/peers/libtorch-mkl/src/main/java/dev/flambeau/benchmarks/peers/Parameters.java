package dev.flambeau.benchmarks.peers;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Optimizer;
import dev.flambeau.benchmarks.worker.Inputs;
import java.util.function.Supplier;

/** The parameters of a network in their order, with the values that every library's get. */
final class Parameters {
  private final NDManager manager;
  private final boolean trained;
  private final Engine engine = Engine.getInstance();
  private final NDList all = new NDList();

  Parameters(NDManager manager, boolean trained) {
    this.manager = manager;
    this.trained = trained;
  }

  NDArray weight(long... shape) { return next(false, shape); }

  NDArray bias(long size) { return next(true, size); }

  private NDArray next(boolean bias, long... shape) {
    NDArray p = manager.create(Inputs.parameter(all.size(), bias, shape), new Shape(shape));
    p.setRequiresGradient(trained);
    all.add(p);
    return p;
  }

  NDList all() { return all; }

  /** The gradients of what {@code loss} gives are those of the parameters then. */
  NDArray backward(Supplier<NDArray> loss) {
    for (NDArray p : all) JniUtils.zeroGrad((PtNDArray) p);
    try (GradientCollector gradients = engine.newGradientCollector()) {
      NDArray value = loss.get();
      gradients.backward(value);
      return value;
    }
  }

  void update(Optimizer optimizer) {
    for (int i = 0; i < all.size(); i++) {
      NDArray p = all.get(i);
      try (NDArray gradient = p.getGradient()) {
        optimizer.update(Integer.toString(i), p, gradient);
      }
    }
  }
}
