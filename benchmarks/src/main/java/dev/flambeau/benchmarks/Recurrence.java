package dev.flambeau.benchmarks;

import static dev.flambeau.Torch.fromArray;
import static dev.flambeau.benchmarks.worker.Inputs.SERIES;
import static dev.flambeau.benchmarks.worker.Inputs.SIGNALS;
import static dev.flambeau.benchmarks.worker.Inputs.STATES;
import static dev.flambeau.benchmarks.worker.Inputs.TIMES;
import static dev.flambeau.benchmarks.worker.Inputs.uniform;

import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import dev.flambeau.benchmarks.worker.Row;
import dev.flambeau.nn.LSTM;

/** Forward and backward pass of a long short-term memory. */
final class Recurrence implements Row {
  private final LSTM layer = Parameters.filled(new LSTM(SIGNALS, STATES));
  private final Tensor x = fromArray(uniform(TIMES * SERIES * SIGNALS, 1, 1), TIMES, SERIES, SIGNALS);

  @Override
  public Object step() {
    layer.zeroGrad();
    Tensor sum = layer.apply(x).sum();
    sum.backward();
    return sum;
  }

  @Override
  public float[] result() {
    step();
    return Torch.cat(layer.parameters().stream().map(p -> Perceptron.gradient(p).flatten()).toList(), 0).toFloatArray();
  }
}
