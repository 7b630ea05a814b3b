package dev.flambeau;

import static dev.flambeau.scalar.Scalar.arg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flambeau.kernel.Parallel;
import java.util.List;
import org.junit.jupiter.api.Test;

class FusedUpdateTest {
  private static final FusedUpdate SWAP = new FusedUpdate(2, arg(1), arg(0));
  /** a ← a · b + n, b ← b − c. */
  private static final FusedUpdate MIXED = new FusedUpdate(4, arg(0).mul(arg(1)).add(arg(3)), arg(1).sub(arg(2)));

  @Test
  void readsAllOldValuesBeforeItWrites() {
    for (int n : new int[] {0, 1, 7, 100, 70_000}) {
      Tensor a = Torch.rand(n);
      Tensor b = Torch.rand(n).to(DType.FLOAT64);
      float[] oldA = a.toFloatArray();
      float[] oldB = b.toFloatArray();
      SWAP.apply(List.of(a, b));
      assertThat(a.toFloatArray()).isEqualTo(oldB);
      assertThat(b.toFloatArray()).isEqualTo(oldA);
    }
  }

  @Test
  void changesLeavesWithoutRecording() {
    Tensor a = Torch.ones(3).requiresGrad_();
    Tensor b = Torch.ones(3);
    MIXED.apply(List.of(a, b, Torch.ones(3).requiresGrad_()), 2);
    assertThat(a.toFloatArray()).containsExactly(3, 3, 3);
    assertThat(b.toFloatArray()).containsOnly(0);
    assertThat(a.isLeaf() && a.requiresGrad() && !b.requiresGrad()).isTrue();
    assertThat(a.version()).isEqualTo(1);
    assertThat(b.version()).isEqualTo(1);
  }

  @Test
  void backwardNoticesTheChange() {
    Tensor a = Torch.ones(3).requiresGrad_();
    Tensor loss = a.mul(a).sum();
    MIXED.apply(List.of(a, Torch.ones(3), Torch.ones(3)), 2);
    assertThatThrownBy(loss::backward).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anyStridesGiveTheSame() {
    Tensor[] x = {Torch.rand(30, 40), Torch.rand(30, 40), Torch.rand(30, 40)};
    Tensor a = x[0].clone();
    Tensor b = x[1].clone();
    MIXED.apply(List.of(a, b, x[2]), 0.5);
    Tensor a2 = x[0].t().contiguous().t();
    Tensor b2 = Torch.zeros(30, 80).slice(1, null, null, 2).copy_(x[1]);
    MIXED.apply(List.of(a2, b2, x[2].select(0, 3).expand(30, 40)), 0.5);
    assertThat(a2.toFloatArray()).isEqualTo(a.toFloatArray());
    MIXED.apply(List.of(x[0], x[1], x[2].select(0, 3).expand(30, 40)), 0.5);
    assertThat(b2.toFloatArray()).isEqualTo(x[1].toFloatArray());
  }

  @Test
  void readsAnotherViewOfATargetBeforeItWrites() {
    Tensor a = Torch.arange(9).to(DType.FLOAT32).reshape(3, 3);
    float[] turned = a.t().toFloatArray();
    new FusedUpdate(2, arg(1)).apply(List.of(a, a.t()));
    assertThat(a.toFloatArray()).isEqualTo(turned);
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBits() {
    int threads = Parallel.threads();
    Tensor a = Torch.rand(200_001);
    Tensor b = Torch.rand(200_001);
    Tensor c = Torch.rand(200_001);
    float[][] results = new float[2][];
    try {
      for (int k = 0; k < 2; k++) {
        Parallel.setThreads(1 + 2 * k);
        Tensor target = a.clone();
        MIXED.apply(List.of(target, b.clone(), c), 0.1);
        results[k] = target.toFloatArray();
      }
    } finally {
      Parallel.setThreads(threads);
    }
    assertThat(results[1]).isEqualTo(results[0]);
  }

  @Test
  void refusesWhatDoesNotFitBeforeItChangesAnything() {
    Tensor a = Torch.ones(3);
    Tensor wide = Torch.ones(1).expand(3);
    assertThatThrownBy(() -> MIXED.apply(List.of(a, Torch.ones(4), a), 1)).hasMessageContaining("one shape");
    assertThatThrownBy(() -> MIXED.apply(List.of(a, wide, a), 1)).hasMessageContaining("place of its own");
    assertThatThrownBy(() -> MIXED.apply(List.of(a, Torch.tensor(1, 2, 3), a), 1)).hasMessageContaining("real numbers");
    assertThatThrownBy(() -> MIXED.apply(List.of(a, Torch.ones(3)), 1)).hasMessageContaining("4 arguments");
    assertThatThrownBy(() -> new FusedUpdate(1, arg(0), arg(0))).hasMessageContaining("formula");
    assertThatThrownBy(() -> new FusedUpdate(11, arg(0))).hasMessageContaining("10");
    assertThat(a.toFloatArray()).containsExactly(1, 1, 1);
    assertThat(a.version()).isZero();
  }
}
