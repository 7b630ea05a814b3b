package dev.flambeau.behaviour;

import static dev.flambeau.GraphOption.ALLOW_UNUSED;
import static dev.flambeau.Torch.noGrad;
import static dev.flambeau.Torch.ones;
import static dev.flambeau.Torch.tensor;
import static dev.flambeau.Torch.zeros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flambeau.Autograd;
import dev.flambeau.Index;
import dev.flambeau.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Differences from PyTorch that random programs once found. */
final class RegressionBehaviourTest {
  private static double[] values(@Nullable Tensor x) {
    if (x == null) throw new AssertionError("there is no gradient");
    return x.toDoubleArray();
  }

  private static String node(Tensor x) {
    var node = x.gradFn();
    return node == null ? "none" : node.name();
  }

  @Test
  void aViewOfALeafMadeInNoGradModeHasNoPlaceInTheGraph() {
    Tensor x = ones(2, 3).requiresGrad_();
    Tensor view;
    try (var _ = noGrad()) {
      view = x.select(1, 1);
    }
    assertThat(view.requiresGrad()).isTrue();
    assertThat(view.isLeaf()).isTrue();
    assertThatThrownBy(() -> view.backward(ones(2))).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no-grad mode");
    assertThatThrownBy(() -> view.registerHook(g -> g)).isInstanceOf(IllegalStateException.class);
    view.mul(x.sum()).sum().backward();
    assertThat(view.grad()).isNull();
    assertThat(values(x.grad())).containsOnly(2);
    assertThat(Autograd.grad(List.of(x.sum()), List.of(view), List.of(), ALLOW_UNUSED)).containsExactly((Tensor) null);
  }

  @Test
  void changesOfTheShapeInPlaceMoveTheVersion() {
    Tensor x = ones(2, 3);
    x.t_();
    assertThat(x.version()).isEqualTo(1);
    x.squeeze_().unsqueeze_(0).transpose_(0, 1);
    assertThat(x.version()).isEqualTo(4);
  }

  @Test
  void viewsKeepTheirPlaceWhenTheirBaseIsTransposedInPlace() {
    Tensor x = tensor(new double[][] {{1, 2}, {3, 4}}).requiresGrad_();
    Tensor y = x.add(2);
    Tensor row = y.select(0, 0);
    y.t_();
    row.mul_(10);
    assertThat(y.toDoubleArray()).containsExactly(30, 5, 40, 6);
    y.backward(tensor(new double[][] {{1, 2}, {3, 4}}));
    assertThat(values(x.grad())).containsExactly(10, 30, 2, 4);
  }

  @Test
  void aViewTransposedInPlaceInNoGradModeFollowsItsBase() {
    Tensor x = ones(2, 3).requiresGrad_();
    Tensor view = x.mul(2).view(3, 2);
    try (var _ = noGrad()) {
      view.t_();
    }
    assertThat(node(view)).isEqualTo("AsStridedBackward0");
    view.backward(tensor(new double[][] {{1, 2, 3}, {4, 5, 6}}));
    assertThat(values(x.grad())).containsExactly(2, 8, 4, 10, 6, 12);
  }

  @Test
  void whatIsOverwrittenGetsAGradientOfZero() {
    Tensor x = ones(3).requiresGrad_();
    Tensor y = x.mul(2);
    y.zero_();
    y.fill_(3);
    y.copy_(zeros(3));
    Tensor z = x.mul(2).fill_(1);
    z.sum().backward();
    assertThat(values(x.grad())).containsOnly(0);
  }

  @Test
  void aViewOfADetachedLeafCannotBeChangedInPlace() {
    Tensor x = ones(2, 2).requiresGrad_();
    Tensor row = x.select(0, 1);
    x.detach_();
    assertThatThrownBy(row::zero_).isInstanceOf(IllegalStateException.class).hasMessageContaining("view of a leaf");
  }

  @Test
  void aSliceOfAllOfADimensionIsNoStepOfItsOwn() {
    Tensor x = ones(2, 3).requiresGrad_();
    assertThat(node(x.get(Index.slice(0, 2)))).isEqualTo("SliceBackward0");
    assertThat(node(x.get(Index.ALL))).isEqualTo("SliceBackward0");
    assertThat(node(x.get(Index.ALL, Index.ALL))).isEqualTo("AliasBackward0");
    assertThat(node(x.get(Index.ALL, Index.slice(0, 3)))).isEqualTo("AliasBackward0");
    assertThat(node(x.get(Index.slice(0, 5), Index.slice(0, 2)))).isEqualTo("SliceBackward0");
    Tensor y = zeros(2, 2);
    y.set_(x.sum(), Index.slice(0, 2));
    assertThat(node(y)).isEqualTo("FillBackward3");
  }
}
