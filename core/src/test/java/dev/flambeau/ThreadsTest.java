package dev.flambeau;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Results are the same to the bit for any number of threads. */
final class ThreadsTest {
  private final int before = Torch.getNumThreads();

  @AfterEach
  void restore() { Torch.setNumThreads(before); }

  private static List<Supplier<Tensor>> computations() {
    Torch.manualSeed(7);
    Tensor x = Torch.randn(700, 501);
    Tensor y = Torch.randn(501, 300);
    Tensor wide = Torch.randn(3, 100_003);
    Tensor ints = Torch.randint(-1000, 1000, 200_001);
    List<Supplier<Tensor>> all = new ArrayList<>();
    all.add(() -> x.exp().add(x.t().contiguous().view(700, 501)).gelu());
    all.add(() -> x.mul(x.narrow(0, 3, 1)).sigmoid());
    all.add(x::sum);
    all.add(() -> x.sum(0));
    all.add(() -> x.sum(1));
    all.add(() -> x.t().sum(0));
    all.add(() -> wide.mean(1));
    all.add(() -> wide.var(1));
    all.add(() -> wide.logsumexp(1));
    all.add(() -> x.softmax(1));
    all.add(() -> x.logSoftmax(0));
    all.add(() -> x.cumsum(1));
    all.add(() -> x.amax(0));
    all.add(() -> x.matmul(y));
    all.add(() -> y.t().matmul(x.t()));
    all.add(() -> x.view(7, 100, 501).matmul(y));
    all.add(ints::sum);
    all.add(() -> x.to(DType.FLOAT64).norm());
    all.add(() -> {
      Tensor w = y.clone().requiresGrad_();
      x.matmul(w).tanh().pow(2).mean().backward();
      Tensor g = w.grad();
      if (g == null) throw new AssertionError("there is no gradient");
      return g;
    });
    return all;
  }

  @Test
  void bitsDoNotDependOnTheNumberOfThreads() {
    List<Supplier<Tensor>> computations = computations();
    List<double[]> expected = new ArrayList<>();
    Torch.setNumThreads(1);
    for (Supplier<Tensor> each : computations) expected.add(each.get().toDoubleArray());
    for (int threads : new int[] {2, 3, 7}) {
      Torch.setNumThreads(threads);
      for (int k = 0; k < computations.size(); k++) {
        assertThat(computations.get(k).get().toDoubleArray()).as("computation %s on %s threads", k, threads)
            .isEqualTo(expected.get(k));
      }
    }
  }

  @Test
  void bitsAreTheSameEachTime() {
    List<Supplier<Tensor>> computations = computations();
    for (int k = 0; k < computations.size(); k++) {
      double[] first = computations.get(k).get().toDoubleArray();
      for (int again = 0; again < 3; again++) {
        assertThat(computations.get(k).get().toDoubleArray()).as("computation %s", k).isEqualTo(first);
      }
    }
  }
}
