package dev.flambeau;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.flambeau.array.Shape;
import dev.flambeau.nn.Functional;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NormalizationsTest {
  private static Tensor batchNorm(Tensor x, Tensor w, Tensor b) {
    return Functional.batchNorm(x, null, null, w, b, true, 0.1, 1e-5);
  }

  @Test
  void givenStatisticsEqualTheReference() {
    DType type = DType.FLOAT64;
    Fused op = new Normalizations.GivenNorm(Shape.of(3, 1, 1), 1e-5);
    Tensor[] x = {Torch.randn(type, 2, 3, 4, 5), Torch.randn(type, 3), Torch.randn(type, 3), Torch.randn(type, 3),
      Torch.rand(type, 3).add(0.5)};
    assertThat(Op.apply(op, x).allclose(op.reference(x), 1e-12, 1e-12, false)).isTrue();
  }

  @Test
  void aLargeMeanCostsNoPrecision() {
    Tensor far = Torch.randn(8, 3, 40, 40).add(1000);
    for (Tensor x : List.of(far, PoolsTest.channelsLast(far))) {
      Tensor mean = Torch.zeros(3);
      Tensor variance = Torch.zeros(3);
      Tensor y = Functional.batchNorm(x, mean, variance, null, null, true, 1, 1e-5);
      Tensor exact = x.to(DType.FLOAT64);
      Tensor exactVariance = exact.var(new int[] {0, 2, 3}, 1, false);
      assertThat(variance.to(DType.FLOAT64).allclose(exactVariance, 1e-5, 0, false)).isTrue();
      assertThat(mean.to(DType.FLOAT64).allclose(exact.mean(0, 2, 3), 2e-7, 0, false)).isTrue();
      Tensor expected = Functional.batchNorm(exact, null, null, null, null, true, 1, 1e-5);
      assertThat(y.to(DType.FLOAT64).allclose(expected, 1e-4, 2e-4, false)).isTrue();
    }
  }

  @Test
  void layoutAndThreadsChangeNothing() {
    int threads = Torch.getNumThreads();
    try {
      for (Tensor x : List.of(Torch.randn(6, 24, 30, 31), PoolsTest.channelsLast(Torch.randn(6, 24, 30, 31)))) {
        x.requiresGrad_();
        Tensor w = Torch.randn(24).requiresGrad_();
        Tensor b = Torch.randn(24).requiresGrad_();
        Tensor g = Torch.randn(6, 24, 30, 31);
        Torch.setNumThreads(1);
        List<Tensor> alone = all(x, w, b, g);
        Torch.setNumThreads(4);
        List<Tensor> together = all(x, w, b, g);
        for (int k = 0; k < alone.size(); k++) assertThat(together.get(k).equal(alone.get(k))).isTrue();
        List<Tensor> plain = all(x.detach().contiguous().requiresGrad_(), w, b, g);
        for (int k = 0; k < alone.size(); k++)
          assertThat(plain.get(k).allclose(alone.get(k), 1e-4, 1e-4, false)).isTrue();
      }
    } finally {
      Torch.setNumThreads(threads);
    }
  }

  private static List<Tensor> all(Tensor x, Tensor w, Tensor b, Tensor g) {
    Tensor y = batchNorm(x, w, b);
    List<Tensor> d = Autograd.grad(List.of(y), List.of(x, w, b), List.of(g));
    return List.of(y, d.get(0), d.get(1), d.get(2));
  }

  @Test
  void whatIsRefusedLeavesTheRunningStatistics() {
    Tensor mean = Torch.ones(3);
    Tensor variance = Torch.ones(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Functional.batchNorm(Torch.ones(1, 3), mean, variance, null, null, true, 0.1, 1e-5))
        .withMessageContaining("more than one value");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Functional.batchNorm(Torch.ones(2, 3), mean, Torch.ones(4), null, null, true, 0.1, 1e-5))
        .withMessageContaining("[4]");
    assertThat(mean.equal(Torch.ones(3))).isTrue();
    assertThatIllegalArgumentException().isThrownBy(() -> Functional.groupNorm(Torch.ones(2, 3), 2));
    assertThatIllegalArgumentException().isThrownBy(() -> Functional.batchNorm(Torch.ones(3), mean, variance));
  }

  @Test
  void onlyWhatIsWantedIsSavedAndComputed() {
    Tensor x = Torch.randn(4, 3);
    Tensor b = Torch.zeros(3).requiresGrad_();
    Tensor y = batchNorm(x, Torch.ones(3), b);
    Node node = requireNonNull(y.gradFn());
    assertThat(node.savedTensors()).isEmpty();
    y.sum().backward();
    assertThat(requireNonNull(b.grad()).equal(Torch.full(4.0, 3))).isTrue();
  }

  @Test
  void oneChannelOfABatchIsDropped() {
    Torch.manualSeed(0);
    Tensor y = Functional.dropout2d(Torch.ones(8, 16, 3, 3), 0.5, true);
    Tensor perChannel = y.amax(new int[] {2, 3}, false);
    assertThat(perChannel.equal(y.amin(new int[] {2, 3}, false))).isTrue();
    assertThat(perChannel.eq(0).logicalOr(perChannel.eq(2)).all().item()).isEqualTo(1);
    Tensor alpha = Functional.alphaDropout(Torch.randn(100_000), 0.3, true);
    assertThat(alpha.mean().item()).isBetween(-0.02, 0.02);
    assertThat(alpha.var().item()).isBetween(0.97, 1.03);
    assertThat(Functional.dropout1d(Torch.ones(2, 3), 0.5, false).sum().item()).isEqualTo(6);
  }
}
