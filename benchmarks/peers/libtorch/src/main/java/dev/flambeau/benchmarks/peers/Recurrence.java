package dev.flambeau.benchmarks.peers;

import static dev.flambeau.benchmarks.worker.Inputs.SERIES;
import static dev.flambeau.benchmarks.worker.Inputs.SIGNALS;
import static dev.flambeau.benchmarks.worker.Inputs.STATES;
import static dev.flambeau.benchmarks.worker.Inputs.TIMES;
import static dev.flambeau.benchmarks.worker.Inputs.uniform;

import dev.flambeau.benchmarks.worker.Row;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LSTMImpl;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Forward and backward pass of a long short-term memory. */
final class Recurrence implements Row {
  private final LSTMImpl layer = new LSTMImpl(SIGNALS, STATES);
  private final TensorVector parameters = Parameters.filled(layer);
  private final Tensor x = LibTorch.tensor(uniform(TIMES * SERIES * SIGNALS, 1, 1), TIMES, SERIES, SIGNALS);

  @Override
  public Object step() {
    try (PointerScope _ = new PointerScope()) {
      for (Tensor p : parameters.get()) p.mutable_grad().reset();
      Tensor sum = layer.forward(x).get0().sum();
      sum.backward();
      return sum;
    }
  }

  @Override
  public float[] result() {
    step();
    try (PointerScope _ = new PointerScope()) {
      TensorVector gradients = new TensorVector();
      for (Tensor p : parameters.get()) gradients.push_back(p.grad().flatten());
      return LibTorch.floats(torch.cat(gradients));
    }
  }
}
