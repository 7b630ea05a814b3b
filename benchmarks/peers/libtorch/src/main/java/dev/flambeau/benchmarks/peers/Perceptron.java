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

import dev.flambeau.benchmarks.worker.Row;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** A training step of a perceptron with one hidden layer. */
final class Perceptron implements Row {
  private final Tensor x = LibTorch.tensor(uniform(BATCH * IN, 1, 1), BATCH, IN);
  private final Tensor labels = torch.tensor(integers(BATCH, 2, OUT));
  private final Tensor w1 = LibTorch.tensor(uniform(HIDDEN * IN, 3, 1f / 32), HIDDEN, IN);
  private final Tensor b1 = LibTorch.tensor(uniform(HIDDEN, 4, 1f / 32), HIDDEN);
  private final Tensor w2 = LibTorch.tensor(uniform(OUT * HIDDEN, 5, 1f / 16), OUT, HIDDEN);
  private final Tensor b2 = LibTorch.tensor(uniform(OUT, 6, 1f / 16), OUT);
  private final List<Tensor> parameters = List.of(w1, b1, w2, b2), momenta = new ArrayList<>();
  private final Scalar momentum = new Scalar(MOMENTUM), rate = new Scalar(LEARNING_RATE);

  Perceptron() {
    for (Tensor p : parameters) {
      p.requires_grad_();
      momenta.add(torch.zeros_like(p));
    }
  }

  @Override
  public Object step() {
    try (PointerScope _ = new PointerScope()) {
      Tensor logits = torch.linear(torch.linear(x, w1, b1).relu(), w2, b2);
      Tensor loss = torch.cross_entropy_loss(logits, labels);
      loss.backward();
      try (AutoGradMode _ = new AutoGradMode(false)) {
        for (int i = 0; i < parameters.size(); i++) {
          Tensor p = parameters.get(i), v = momenta.get(i);
          v.mul_(momentum).add_(p.grad());
          p.sub_(v, rate);
          p.mutable_grad().reset();
        }
      }
      return loss;
    }
  }

  @Override
  public float[] result() {
    for (int i = 0; i < STEPS; i++) step();
    return LibTorch.floats(torch.cat(new TensorVector(w1.flatten(), b1, w2.flatten(), b2)));
  }
}
