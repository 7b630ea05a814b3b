package dev.flambeau.behaviour;

import static dev.flambeau.GraphOption.CREATE_GRAPH;
import static dev.flambeau.GraphOption.RETAIN_GRAPH;
import static dev.flambeau.Torch.fromArray;
import static dev.flambeau.Torch.ones;
import static dev.flambeau.Torch.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flambeau.Autograd;
import dev.flambeau.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

/** Hooks on what is saved: behaviours 92 to 95. */
final class SavedTensorHooksBehaviourTest {
  private static double[] values(@Nullable Tensor x) {
    if (x == null) throw new AssertionError("there is no gradient");
    return x.toDoubleArray();
  }

  private static Tensor unpacked(@Nullable Object x) { return (Tensor) Objects.requireNonNull(x); }

  @Behaviour(92)
  void packAndUnpackStandBetweenSavingAndReading() {
    Tensor a = tensor(3.).requiresGrad_();
    Tensor y;
    try (var _ = Autograd.savedTensorsHooks(x -> x.mul(2), x -> unpacked(x).div(2))) {
      y = a.mul(a).add(a.exp().mul(0));
    }
    y.backward();
    assertThat(values(a.grad())).containsExactly(6);

    Tensor b = tensor(3.).requiresGrad_();
    try (var _ = Autograd.savedTensorsHooks(x -> x.mul(2), x -> unpacked(x))) {
      y = b.mul(b);
    }
    y.backward();
    assertThat(values(b.grad())).containsExactly(12);
  }

  @Behaviour(93)
  void aSavedInputThatIsDetachedInPlaceIsNoticed() {
    Tensor a = tensor(3.).requiresGrad_();
    Tensor b = a.mul(2);
    Tensor y = b.mul(b);
    b.detach_();
    assertThatThrownBy(y::backward).isInstanceOf(IllegalStateException.class).hasMessageContaining("detach_()");

    Tensor e = a.exp();
    Tensor z = e.mul(2);
    e.detach_();
    z.backward();
    assertThat(a.grad()).isNotNull();

    Tensor c = a.mul(1);
    Tensor w = c.mul(c);
    Tensor saved = Objects.requireNonNull(w.gradFn()).savedTensors().getFirst();
    assertThat(saved).isSameAs(c);
    c.add_(1);
    assertThatThrownBy(w::backward).isInstanceOf(IllegalStateException.class).hasMessageContaining("version");
  }

  @Behaviour(94)
  void theInnermostPairCountsAndHooksCanBeRefused() {
    Tensor a = tensor(2.).requiresGrad_();
    Tensor y;
    try (var _ = Autograd.savedTensorsHooks(x -> x.mul(100), x -> unpacked(x))) {
      try (var _ = Autograd.savedTensorsHooks(x -> x.mul(3), x -> unpacked(x))) {
        y = a.mul(a);
      }
    }
    y.backward();
    assertThat(values(a.grad())).containsExactly(12);
    try (var _ = Autograd.disableSavedTensorsHooks("not here")) {
      assertThatThrownBy(() -> Autograd.savedTensorsHooks(x -> x, x -> unpacked(x)))
          .isInstanceOf(IllegalStateException.class).hasMessage("not here");
      try (var _ = Autograd.disableSavedTensorsHooks("nor here")) {
        assertThatThrownBy(() -> Autograd.savedTensorsHooks(x -> x, x -> unpacked(x))).hasMessage("nor here");
      }
      assertThatThrownBy(() -> Autograd.savedTensorsHooks(x -> x, x -> unpacked(x))).hasMessage("not here");
    }
    try (var _ = Autograd.savedTensorsHooks(x -> x, x -> unpacked(x))) {
      assertThatThrownBy(() -> Autograd.disableSavedTensorsHooks("too late")).isInstanceOf(IllegalStateException.class)
          .hasMessage("too late");
    }
  }

  @Behaviour(95)
  void hooksAreCalledOncePerSlotAndTheirErrorsPassOn(@TempDir Path folder) {
    Tensor a = tensor(3.).requiresGrad_();
    int[] calls = new int[2];
    Tensor y;
    try (var _ = Autograd.savedTensorsHooks(x -> {
      calls[0]++;
      assertThat(x.requiresGrad()).isFalse();
      return x;
    }, x -> {
      calls[1]++;
      return unpacked(x);
    })) {
      y = a.mul(a).mul(2);
    }
    assertThat(calls[0]).isEqualTo(2);
    y.backward(RETAIN_GRAPH);
    y.backward(RETAIN_GRAPH);
    assertThat(calls[1]).isEqualTo(4);

    try (var _ = Autograd.savedTensorsHooks(x -> x.add_(1), x -> unpacked(x))) {
      assertThatThrownBy(() -> a.mul(a)).isInstanceOf(IllegalStateException.class).hasMessageContaining("pack hook");
    }
    try (var _ = Autograd.savedTensorsHooks(_ -> {
      throw new ArithmeticException("full");
    }, x -> unpacked(x))) {
      assertThatThrownBy(() -> a.mul(a)).isInstanceOf(ArithmeticException.class);
    }
    Tensor bad;
    try (var _ = Autograd.savedTensorsHooks(x -> x, _ -> "no tensor")) {
      bad = a.mul(a);
    }
    assertThatThrownBy(bad::backward).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("String");

    Tensor big = ones(50).requiresGrad_();
    Tensor stored;
    try (var _ = Autograd.savedTensorsHooks(x -> write(folder, x), SavedTensorHooksBehaviourTest::read)) {
      stored = big.mul(big).sum();
    }
    stored.backward();
    assertThat(values(big.grad())).containsOnly(2);
  }

  @Behaviour(95)
  void gradientsOfGradientsPassThroughHooks() {
    Tensor a = tensor(2.).requiresGrad_();
    Tensor y;
    try (var _ = Autograd.savedTensorsHooks(x -> x, x -> unpacked(x).mul(1))) {
      y = a.pow(3);
    }
    Tensor g = Autograd.grad(List.of(y), List.of(a), List.of(), CREATE_GRAPH).getFirst();
    assertThat(values(g)).containsExactly(12);
    assertThat(values(Autograd.grad(g, a).getFirst())).containsExactly(12);
  }

  private static Path write(Path folder, Tensor x) {
    try {
      Path file = Files.createTempFile(folder, "saved", ".bin");
      ByteBuffer bytes = ByteBuffer.allocate((int) x.numel() * Float.BYTES);
      bytes.asFloatBuffer().put(x.toFloatArray());
      return Files.write(file, bytes.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Tensor read(@Nullable Object file) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes((Path) Objects.requireNonNull(file)));
      float[] floats = new float[bytes.capacity() / Float.BYTES];
      bytes.asFloatBuffer().get(floats);
      return fromArray(floats);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
