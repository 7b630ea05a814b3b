package dev.flambeau;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.flambeau.nn.Functional;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

final class PoolsTest {
  static Tensor channelsLast(Tensor x) { return x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2); }

  /** Of every window the greatest, by {@code unfold}: a copy of every window, with a rim of −∞. */
  private static Tensor maxima(Tensor x, int k, int s, int p) {
    Tensor padded = x.pad(new long[] {p, p, p, p}, "constant", Double.NEGATIVE_INFINITY);
    return padded.unfold(2, k, s).unfold(3, k, s).amax(new int[] {-2, -1}, false);
  }

  @RepeatedTest(30)
  void maximaAreThoseOfAllWindowsInEveryLayout(RepetitionInfo info) {
    Random random = new Random(info.getCurrentRepetition());
    int k = 1 + random.nextInt(4);
    int s = 1 + random.nextInt(3);
    int p = random.nextInt(k / 2 + 1);
    DType dtype = random.nextBoolean() ? DType.FLOAT32 : DType.FLOAT64;
    Tensor x = Torch.randn(dtype, 1 + random.nextInt(2), 1 + random.nextInt(40), k + random.nextInt(12),
        k + random.nextInt(50));
    Tensor expected = maxima(x, k, s, p);
    for (Tensor like : List.of(x, channelsLast(x), x.transpose(2, 3).contiguous().transpose(2, 3))) {
      Tensor each = like.detach().requiresGrad_();
      long[] kernel = {k};
      long[] stride = {s};
      long[] padding = {p};
      ValuesAndIndices y = Functional.maxPool2dWithIndices(each, kernel, stride, padding, new long[] {1}, false);
      assertThat(y.values().equal(expected)).isTrue();
      Tensor taken = each.flatten(2).gather(2, y.indices().flatten(2));
      assertThat(taken.equal(expected.flatten(2))).isTrue();
      Tensor g = Torch.randn(dtype, expected.shape());
      Tensor wanted = Torch.zeros(dtype, each.shape()).flatten(2).scatterAdd(2, y.indices().flatten(2), g.flatten(2));
      Tensor got = Autograd.grad(List.of(y.values()), List.of(each), List.of(g)).getFirst();
      assertThat(got.flatten(2).allclose(wanted, 1e-5, 1e-6, false)).isTrue();
    }
  }

  @RepeatedTest(20)
  void averagesAreThoseOfAllWindowsInEveryLayout(RepetitionInfo info) {
    Random random = new Random(info.getCurrentRepetition());
    int k = 1 + random.nextInt(4);
    int s = 1 + random.nextInt(3);
    int p = random.nextInt(k / 2 + 1);
    Tensor x = Torch.randn(DType.FLOAT64, 1 + random.nextInt(2), 1 + random.nextInt(5),
        k + random.nextInt(12), k + random.nextInt(12));
    Tensor expected = x.pad(p, p, p, p).unfold(2, k, s).unfold(3, k, s).mean(new int[] {-2, -1}, false);
    for (Tensor each : List.of(x, channelsLast(x))) {
      Tensor y =
          Functional.avgPool2d(each, new long[] {k}, new long[] {s}, new long[] {p}, false, true, null);
      assertThat(y.allclose(expected, 1e-12, 1e-12, false)).isTrue();
    }
  }

  @Test
  void planesOfOneElementPool() {
    assertThat(Functional.maxPool2d(Torch.ones(2, 20, 1, 1), 1).shape()).containsExactly(2, 20, 1, 1);
    assertThat(Functional.adaptiveMaxPool2d(Torch.ones(2, 20, 1, 1), 2).shape()).containsExactly(2, 20, 2, 2);
  }

  @Test
  void indicesLeadBack() {
    Tensor x = Torch.arange(16.0).view(1, 1, 4, 4);
    ValuesAndIndices y = Functional.maxPool2dWithIndices(x, new long[] {2}, new long[0], new long[] {0},
        new long[] {1}, false);
    Tensor back = Functional.maxUnpool2d(y.values(), y.indices(), 4);
    assertThat(back.equal(x.mul(back.gt(0)))).isTrue();
    assertThat(back.sum().item()).isEqualTo(5 + 7 + 13 + 15);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Tensor x = Torch.ones(1, 1, 2, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Functional.maxPool2d(x, 3))
        .withMessageContaining("[1, 1, 2, 2]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Functional.maxPool2d(x, 2, 2, 2))
        .withMessageContaining("padding");
    assertThatIllegalArgumentException().isThrownBy(() -> Functional.adaptiveAvgPool2d(x, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Functional.interpolate(x, 2, "cubic"))
        .withMessageContaining("bicubic");
    assertThatIllegalArgumentException().isThrownBy(() -> Functional.pixelShuffle(x, 2)).withMessageContaining("2²");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Functional.maxPool2d(x.to(DType.INT64), 1))
        .withMessageContaining("int64");
  }

  @Test
  void everyResizingHasItsTransposeAsGradient() {
    for (String mode : List.of("nearest", "nearest-exact", "bilinear", "bicubic")) {
      Tensor x = Torch.randn(DType.FLOAT64, 1, 2, 5, 7).requiresGrad_();
      Tensor y = Functional.interpolate(x, new long[] {9, 3}, mode);
      Tensor g = Torch.randn(DType.FLOAT64, 1, 2, 9, 3);
      Tensor back = Autograd.grad(List.of(y), List.of(x), List.of(g)).getFirst();
      assertThat(y.mul(g).sum().item()).isCloseTo(x.mul(back).sum().item(), within(1e-12));
    }
  }
}
