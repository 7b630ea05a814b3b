package dev.flambeau.benchmarks;

import static dev.flambeau.Torch.fromArray;
import static dev.flambeau.benchmarks.worker.Inputs.count;
import static dev.flambeau.benchmarks.worker.Inputs.uniform;

import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import dev.flambeau.benchmarks.worker.Row;
import dev.flambeau.benchmarks.worker.Worker;
import java.io.IOException;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The rows in Flambeau. */
final class FlambeauWorker {
  private static final int MILLION = 1 << 20;

  private FlambeauWorker() {}

  /** Takes the number of threads. */
  public static void main(String[] args) throws IOException {
    int threads = Integer.parseInt(args[0]);
    Torch.setNumThreads(threads);
    new Worker(rows(threads)).serve("this commit, " + Torch.getNumThreads() + " threads");
  }

  static Map<String, Supplier<Row>> rows(int threads) {
    return Map.ofEntries(
        Map.entry("peak", () -> new Peak(threads)),
        Map.entry("graph-2x2", Tutorial::new),
        Map.entry("add-2x2", () -> binary(Tensor::add, 2, 2)),
        Map.entry("matmul-64", () -> binary(Tensor::matmul, 64, 64)),
        Map.entry("matmul-256", () -> binary(Tensor::matmul, 256, 256)),
        Map.entry("matmul-1024", () -> binary(Tensor::matmul, 1024, 1024)),
        Map.entry("matmul-2048", () -> binary(Tensor::matmul, 2048, 2048)),
        Map.entry("add-1m", () -> binary(Tensor::add, MILLION)),
        Map.entry("add-16m", () -> binary(Tensor::add, 16 * MILLION)),
        Map.entry("exp-1m", () -> unary(Tensor::exp, MILLION)),
        Map.entry("gelu-1m", () -> unary(Tensor::gelu, MILLION)),
        Map.entry("sum-1m", () -> unary(Tensor::sum, MILLION)),
        Map.entry("mlp", Perceptron::new),
        Map.entry("resnet-training-8-224", () -> Training.resnet(8, 224)),
        Map.entry("resnet-training-8-64", () -> Training.resnet(8, 64)),
        Map.entry("resnet-training-1-64", () -> Training.resnet(1, 64)),
        Map.entry("resnet-inference-8-224", () -> new ResNetInference(8, 224)),
        Map.entry("resnet-inference-8-64", () -> new ResNetInference(8, 64)),
        Map.entry("resnet-inference-1-64", () -> new ResNetInference(1, 64)),
        Map.entry("transformer", Training::transformer),
        Map.entry("lstm", Recurrence::new));
  }

  private static Row unary(UnaryOperator<Tensor> op, long... shape) {
    Tensor x = fromArray(uniform(count(shape), 1, 1), shape);
    return new Forward(() -> op.apply(x));
  }

  private static Row binary(BinaryOperator<Tensor> op, long... shape) {
    Tensor a = fromArray(uniform(count(shape), 1, 1), shape), b = fromArray(uniform(count(shape), 2, 1), shape);
    return new Forward(() -> op.apply(a, b));
  }

  private record Forward(Supplier<Tensor> op) implements Row {
    @Override
    public Object step() { return op.get(); }

    @Override
    public float[] result() { return op.get().toFloatArray(); }
  }

  private static final class Tutorial implements Row {
    private final Tensor x = fromArray(uniform(4, 1, 1), 2, 2).requiresGrad_();

    @Override
    public Object step() {
      x.grad(null);
      Tensor y = x.add(2);
      Tensor out = y.mul(y).mul(3).mean();
      out.backward();
      return out;
    }

    @Override
    public float[] result() {
      step();
      return Perceptron.gradient(x).toFloatArray();
    }
  }
}
