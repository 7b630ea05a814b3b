package dev.flambeau.benchmarks.peers;

import static dev.flambeau.benchmarks.worker.Inputs.count;
import static dev.flambeau.benchmarks.worker.Inputs.uniform;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import dev.flambeau.benchmarks.worker.Row;
import dev.flambeau.benchmarks.worker.Worker;
import java.io.IOException;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The rows in DJL; arrays are closed one by one, which is cheaper than a manager for each step. */
public final class LibTorchMkl {
  private static final int MILLION = 1 << 20;

  private LibTorchMkl() {}

  /** Takes the number of threads. */
  public static void main(String[] args) throws IOException {
    Engine engine = Engine.getEngine("PyTorch");
    JniUtils.setNumThreads(Integer.parseInt(args[0]));
    new Worker(ROWS).serve(engine.getVersion() + ", DJL, " + JniUtils.getNumThreads() + " threads");
  }

  private static final Map<String, Supplier<Row>> ROWS = Map.ofEntries(
      Map.entry("graph-2x2", Tutorial::new),
      Map.entry("add-2x2", () -> binary(NDArray::add, 2, 2)),
      Map.entry("matmul-64", () -> binary(NDArray::matMul, 64, 64)),
      Map.entry("matmul-256", () -> binary(NDArray::matMul, 256, 256)),
      Map.entry("matmul-1024", () -> binary(NDArray::matMul, 1024, 1024)),
      Map.entry("matmul-2048", () -> binary(NDArray::matMul, 2048, 2048)),
      Map.entry("add-1m", () -> binary(NDArray::add, MILLION)),
      Map.entry("add-16m", () -> binary(NDArray::add, 16 * MILLION)),
      Map.entry("exp-1m", () -> unary(NDArray::exp, MILLION)),
      Map.entry("gelu-1m", () -> unary(Activation::gelu, MILLION)),
      Map.entry("sum-1m", () -> unary(NDArray::sum, MILLION)),
      Map.entry("mlp", Perceptron::new),
      Map.entry("resnet-training-8-224", () -> Training.resnet(8, 224)),
      Map.entry("resnet-training-8-64", () -> Training.resnet(8, 64)),
      Map.entry("resnet-training-1-64", () -> Training.resnet(1, 64)),
      Map.entry("resnet-inference-8-224", () -> new ResNetInference(8, 224)),
      Map.entry("resnet-inference-8-64", () -> new ResNetInference(8, 64)),
      Map.entry("resnet-inference-1-64", () -> new ResNetInference(1, 64)),
      Map.entry("transformer", Training::transformer),
      Map.entry("lstm", Recurrence::new));

  private static Row unary(UnaryOperator<NDArray> op, long... shape) {
    NDManager manager = NDManager.newBaseManager();
    NDArray x = manager.create(uniform(count(shape), 1, 1), new Shape(shape));
    return new Forward(manager, () -> op.apply(x));
  }

  private static Row binary(BinaryOperator<NDArray> op, long... shape) {
    NDManager manager = NDManager.newBaseManager();
    Shape of = new Shape(shape);
    NDArray a = manager.create(uniform(count(shape), 1, 1), of),
        b = manager.create(uniform(count(shape), 2, 1), of);
    return new Forward(manager, () -> op.apply(a, b));
  }

  private record Forward(NDManager manager, Supplier<NDArray> op) implements Row {
    @Override
    public Object step() {
      try (NDArray y = op.get()) {
        return y;
      }
    }

    @Override
    public float[] result() {
      try (NDArray y = op.get()) {
        return y.toFloatArray();
      }
    }

    @Override
    public void close() { manager.close(); }
  }

  private static final class Tutorial implements Row {
    private final NDManager manager = NDManager.newBaseManager();
    private final Engine engine = Engine.getInstance();
    private final NDArray x = manager.create(uniform(4, 1, 1), new Shape(2, 2));

    Tutorial() { x.setRequiresGradient(true); }

    @Override
    public Object step() {
      JniUtils.zeroGrad((PtNDArray) x);
      try (GradientCollector gradients = engine.newGradientCollector();
          NDArray y = x.add(2);
          NDArray square = y.mul(y);
          NDArray z = square.mul(3);
          NDArray out = z.mean()) {
        gradients.backward(out);
        return out;
      }
    }

    @Override
    public float[] result() {
      step();
      try (NDArray gradient = x.getGradient()) {
        return gradient.toFloatArray();
      }
    }

    @Override
    public void close() { manager.close(); }
  }
}
