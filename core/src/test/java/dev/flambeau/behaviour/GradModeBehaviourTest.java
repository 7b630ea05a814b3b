package dev.flambeau.behaviour;

import static dev.flambeau.Torch.enableGrad;
import static dev.flambeau.Torch.inferenceMode;
import static dev.flambeau.Torch.isGradEnabled;
import static dev.flambeau.Torch.isInferenceModeEnabled;
import static dev.flambeau.Torch.noGrad;
import static dev.flambeau.Torch.ones;
import static dev.flambeau.Torch.setGradEnabled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flambeau.Scope;
import dev.flambeau.Tensor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Grad modes and inference mode: behaviours 96 to 99. */
final class GradModeBehaviourTest {
  private static double[] values(@Nullable Tensor x) {
    if (x == null) throw new AssertionError("there is no gradient");
    return x.toDoubleArray();
  }

  @Behaviour(96)
  void recordingIsSwitchedByScopesBlocksAndCalls() {
    Tensor x = ones(2).requiresGrad_();
    try (var _ = noGrad()) {
      assertThat(x.mul(2).requiresGrad()).isFalse();
      try (var _ = enableGrad()) {
        assertThat(x.mul(2).requiresGrad()).isTrue();
      }
      assertThat(ones(1).requiresGrad_().requiresGrad()).isTrue();
      assertThat(isGradEnabled()).isFalse();
    }
    assertThat(isGradEnabled()).isTrue();
    assertThat(noGrad(() -> x.mul(2)).requiresGrad()).isFalse();
    boolean[] inside = {true};
    noGrad(() -> {
      inside[0] = isGradEnabled();
    });
    assertThat(inside[0]).isFalse();
    Scope scope = setGradEnabled(false);
    assertThat(x.mul(2).requiresGrad()).isFalse();
    scope.close();
    assertThat(x.mul(2).requiresGrad()).isTrue();
  }

  @Behaviour(97)
  void modesAreRestoredAfterErrorsAndBelongToTheirThread() throws InterruptedException {
    assertThatThrownBy(() -> noGrad(() -> {
      throw new ArithmeticException("inside");
    })).isInstanceOf(ArithmeticException.class);
    assertThat(isGradEnabled()).isTrue();
    AtomicBoolean platform = new AtomicBoolean();
    AtomicBoolean virtual = new AtomicBoolean();
    try (var _ = noGrad()) {
      Thread p = Thread.ofPlatform().start(() -> platform.set(isGradEnabled()));
      Thread v = Thread.ofVirtual().start(() -> {
        try (var _ = noGrad()) {
          Thread.yield();
        }
        virtual.set(isGradEnabled());
      });
      p.join();
      v.join();
    }
    assertThat(platform).isTrue();
    assertThat(virtual).isTrue();
  }

  @Behaviour(98)
  void theModeIsRestoredAfterABackwardWithinABackward() {
    Tensor x = ones(1).requiresGrad_();
    Tensor y = x.mul(2);
    boolean[] after = {true};
    y.registerHook(g -> {
      assertThat(isGradEnabled()).isFalse();
      try (var _ = enableGrad()) {
        Tensor inner = ones(1).requiresGrad_();
        inner.mul(3).backward();
        after[0] = isGradEnabled();
      }
      return g;
    });
    y.backward();
    assertThat(after[0]).isTrue();
    assertThat(isGradEnabled()).isTrue();
  }

  @Behaviour(99)
  void inferenceTensorsCannotEnterAGraph() {
    Tensor leaf = ones(2).requiresGrad_();
    Tensor normal = leaf.mul(1);
    Tensor inferred;
    Tensor view;
    try (var _ = inferenceMode()) {
      assertThat(isInferenceModeEnabled()).isTrue();
      assertThat(isGradEnabled()).isFalse();
      inferred = leaf.mul(2);
      assertThat(inferred.isInference()).isTrue();
      assertThat(inferred.requiresGrad()).isFalse();
      assertThat(ones(1).isInference()).isTrue();
      inferred.add_(1);
      int before = leaf.version();
      leaf.mul_(1);
      assertThat(leaf.version()).isEqualTo(before + 1);
      assertThat(leaf.isInference()).isFalse();
      view = leaf.narrow(0, 0, 1);
      assertThat(view.isInference()).isFalse();
      assertThatThrownBy(inferred::version).isInstanceOf(IllegalStateException.class);
    }
    assertThat(isInferenceModeEnabled()).isFalse();
    assertThat(inferred.mul(2).isInference()).isFalse();
    assertThat(inferred.narrow(0, 0, 1).isInference()).isTrue();
    assertThat(inferred.clone().isInference()).isFalse();
    assertThatThrownBy(() -> inferred.add_(1)).isInstanceOf(IllegalStateException.class).hasMessageContaining("clone");
    assertThatThrownBy(inferred::requiresGrad_).isInstanceOf(IllegalStateException.class).hasMessageContaining("clone");
    assertThat(normal.add(inferred).requiresGrad()).isTrue();
    assertThatThrownBy(() -> normal.mul(inferred)).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("clone");
    assertThatThrownBy(() -> view.mul_(2)).isInstanceOf(IllegalStateException.class);
    normal.mul(inferred.clone()).sum().backward();
    assertThat(values(leaf.grad())).containsExactly(3, 3);
  }
}
