package dev.flambeau.benchmarks;

import static dev.flambeau.Torch.fromArray;
import static dev.flambeau.Torch.noGrad;
import static dev.flambeau.benchmarks.worker.Inputs.BATCH;
import static dev.flambeau.benchmarks.worker.Inputs.HIDDEN;
import static dev.flambeau.benchmarks.worker.Inputs.IN;
import static dev.flambeau.benchmarks.worker.Inputs.LEARNING_RATE;
import static dev.flambeau.benchmarks.worker.Inputs.MOMENTUM;
import static dev.flambeau.benchmarks.worker.Inputs.OUT;
import static dev.flambeau.benchmarks.worker.Inputs.STEPS;
import static dev.flambeau.benchmarks.worker.Inputs.integers;
import static dev.flambeau.benchmarks.worker.Inputs.uniform;
import static dev.flambeau.nn.Functional.crossEntropy;

import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import dev.flambeau.benchmarks.worker.Row;
import java.util.List;

/** A training step of a perceptron with one hidden layer. */
final class Perceptron implements Row {
  private final Tensor x = fromArray(uniform(BATCH * IN, 1, 1), BATCH, IN);
  private final Tensor labels = fromArray(integers(BATCH, 2, OUT));
  private final Tensor w1 = fromArray(uniform(HIDDEN * IN, 3, 1f / 32), HIDDEN, IN).requiresGrad_();
  private final Tensor b1 = fromArray(uniform(HIDDEN, 4, 1f / 32), HIDDEN).requiresGrad_();
  private final Tensor w2 = fromArray(uniform(OUT * HIDDEN, 5, 1f / 16), OUT, HIDDEN).requiresGrad_();
  private final Tensor b2 = fromArray(uniform(OUT, 6, 1f / 16), OUT).requiresGrad_();
  private final List<Tensor> parameters = List.of(w1, b1, w2, b2);
  private final List<Tensor> momenta = parameters.stream().map(Torch::zerosLike).toList();

  @Override
  public Object step() {
    Tensor logits = x.linear(w1, b1).relu().linear(w2, b2);
    Tensor loss = crossEntropy(logits, labels);
    loss.backward();
    try (var _ = noGrad()) {
      for (int i = 0; i < parameters.size(); i++) {
        Tensor p = parameters.get(i), v = momenta.get(i);
        v.mul_(MOMENTUM).add_(gradient(p));
        p.sub_(v, LEARNING_RATE);
        p.grad(null);
      }
    }
    return loss;
  }

  static Tensor gradient(Tensor leaf) {
    Tensor gradient = leaf.grad();
    if (gradient == null) throw new IllegalStateException("backward has left no gradient");
    return gradient;
  }

  @Override
  public float[] result() {
    for (int i = 0; i < STEPS; i++) step();
    return Torch.cat(w1.flatten(), b1, w2.flatten(), b2).toFloatArray();
  }
}
