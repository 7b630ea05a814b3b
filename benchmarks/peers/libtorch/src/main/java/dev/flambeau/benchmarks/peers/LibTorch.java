package dev.flambeau.benchmarks.peers;

import static dev.flambeau.benchmarks.worker.Inputs.count;
import static dev.flambeau.benchmarks.worker.Inputs.uniform;

import dev.flambeau.benchmarks.worker.Row;
import dev.flambeau.benchmarks.worker.Worker;
import java.io.IOException;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The rows in LibTorch; a scope releases what a step has made. */
public final class LibTorch {
  private static final int MILLION = 1 << 20;

  private LibTorch() {}

  /** Takes the number of threads. */
  public static void main(String[] args) throws IOException {
    torch.set_num_threads(Integer.parseInt(args[0]));
    new Worker(ROWS).serve(
        Loader.getVersion("org.bytedeco", "pytorch") + ", JavaCPP presets, " + torch.get_num_threads() + " threads");
  }

  private static final Map<String, Supplier<Row>> ROWS = Map.ofEntries(
      Map.entry("graph-2x2", Tutorial::new),
      Map.entry("add-2x2", () -> binary(Tensor::add, 2, 2)),
      Map.entry("matmul-64", () -> binary(Tensor::matmul, 64, 64)),
      Map.entry("matmul-256", () -> binary(Tensor::matmul, 256, 256)),
      Map.entry("matmul-1024", () -> binary(Tensor::matmul, 1024, 1024)),
      Map.entry("matmul-2048", () -> binary(Tensor::matmul, 2048, 2048)),
      Map.entry("add-1m", () -> binary(Tensor::add, MILLION)),
      Map.entry("add-16m", () -> binary(Tensor::add, 16 * MILLION)),
      Map.entry("exp-1m", () -> unary(Tensor::exp, MILLION)),
      Map.entry("gelu-1m", () -> unary(torch::gelu, MILLION)),
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

  static Tensor tensor(float[] values, long... shape) { return torch.tensor(values).reshape(shape); }

  static float[] floats(Tensor x) {
    float[] values = new float[Math.toIntExact(x.numel())];
    Tensor contiguous = x.detach().contiguous();
    new FloatPointer(contiguous.data_ptr_float()).get(values);
    return values;
  }

  private static Row unary(UnaryOperator<Tensor> op, long... shape) {
    Tensor x = tensor(uniform(count(shape), 1, 1), shape);
    return new Forward(() -> op.apply(x));
  }

  private static Row binary(BinaryOperator<Tensor> op, long... shape) {
    Tensor a = tensor(uniform(count(shape), 1, 1), shape), b = tensor(uniform(count(shape), 2, 1), shape);
    return new Forward(() -> op.apply(a, b));
  }

  private record Forward(Supplier<Tensor> op) implements Row {
    @Override
    public Object step() {
      try (PointerScope _ = new PointerScope()) {
        return op.get();
      }
    }

    @Override
    public float[] result() {
      try (PointerScope _ = new PointerScope()) {
        return floats(op.get());
      }
    }
  }

  private static final class Tutorial implements Row {
    private final Tensor x = tensor(uniform(4, 1, 1), 2, 2).requires_grad_();
    private final Scalar two = new Scalar(2), three = new Scalar(3);

    @Override
    public Object step() {
      try (PointerScope _ = new PointerScope()) {
        x.mutable_grad().reset();
        Tensor y = x.add(two);
        Tensor out = y.mul(y).mul(three).mean();
        out.backward();
        return out;
      }
    }

    @Override
    public float[] result() {
      try (PointerScope _ = new PointerScope()) {
        step();
        return floats(x.grad());
      }
    }
  }
}
