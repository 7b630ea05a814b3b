package dev.flambeau.behaviour;

import static dev.flambeau.GraphOption.CREATE_GRAPH;
import static dev.flambeau.Torch.enableGrad;
import static dev.flambeau.Torch.inferenceMode;
import static dev.flambeau.Torch.noGrad;
import static dev.flambeau.Torch.ones;
import static dev.flambeau.Torch.tensor;
import static dev.flambeau.Torch.zeros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flambeau.Autograd;
import dev.flambeau.Node;
import dev.flambeau.Scope;
import dev.flambeau.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes in place, views and versions: behaviours 64 to 78. */
final class InPlaceBehaviourTest {
  private static double[] values(@Nullable Tensor x) {
    if (x == null) throw new AssertionError("there is no gradient");
    return x.toDoubleArray();
  }

  private static Node node(Tensor x) {
    Node node = x.gradFn();
    if (node == null) throw new AssertionError("it has no gradFn");
    return node;
  }

  @Behaviour(64)
  void changingWhatBackwardNeedsFailsAndOtherChangesDoNot() {
    Tensor x = tensor(1., 2.).requiresGrad_();
    Tensor y = x.mul(2);
    Tensor sum = y.add(3);
    y.add_(1);
    sum.sum().backward();
    assertThat(values(x.grad())).containsExactly(2, 2);

    Tensor a = x.mul(2);
    Tensor squared = a.mul(a);
    a.add_(1);
    assertThatThrownBy(() -> squared.sum().backward()).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("MulBackward0").hasMessageContaining("torch.float32").hasMessageContaining("[2]")
        .hasMessageContaining("version 1").hasMessageContaining("version 0");

    Tensor e = x.exp();
    Tensor after = e.add(1);
    e.add_(1);
    assertThatThrownBy(() -> after.sum().backward()).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("output 0 of ExpBackward0");

    assertThatThrownBy(() -> x.add_(1)).isInstanceOf(IllegalStateException.class).hasMessageContaining("leaf");
    try (var _ = noGrad()) {
      x.add_(1);
    }
    assertThat(x.toDoubleArray()).containsExactly(2, 3);
  }

  @Behaviour(65)
  void versionsAreSharedByViewsAndKeptWhenDataIsSet() {
    Tensor x = ones(2, 2);
    Tensor row = x.get(0);
    row.add_(1);
    assertThat(x.version()).isEqualTo(1);
    x.add_(1);
    assertThat(row.version()).isEqualTo(2);
    assertThat(x.detach().version()).isEqualTo(2);
    assertThat(x.data().version()).isZero();
    x.data(zeros(3));
    assertThat(x.version()).isEqualTo(2);
    assertThat(x.shape()).containsExactly(3);
  }

  @Behaviour(66)
  void detachSharesStorageAndVersionSoThatBackwardNoticesChanges() {
    Tensor x = tensor(1., 2.).requiresGrad_();
    Tensor y = x.mul(2);
    Tensor z = y.mul(y);
    y.detach().add_(1);
    assertThatThrownBy(() -> z.sum().backward()).isInstanceOf(IllegalStateException.class);

    Tensor w = y.mul(y);
    y.data().add_(1);
    w.sum().backward();
    assertThat(x.grad()).isNotNull();
    Tensor view = x.mul(1).narrow(0, 0, 1);
    assertThatThrownBy(view::detach_).isInstanceOf(IllegalStateException.class).hasMessageContaining("detach()");
    Tensor detached = x.mul(3).detach_();
    assertThat(detached.requiresGrad()).isFalse();
    assertThat(detached.isLeaf()).isTrue();
  }

  @Behaviour(67)
  void onlyWhatBackwardNeedsIsSaved() {
    Tensor a = tensor(1., 2.).requiresGrad_();
    Tensor b = tensor(3., 4.);
    assertThat(node(a.mul(b)).savedTensors()).containsExactly(b);
    assertThat(node(b.mul(a)).savedTensors()).containsExactly(b);
    assertThat(node(a.mul(a)).savedTensors()).containsExactly(a, a);
    assertThat(node(a.add(b)).savedTensors()).isEmpty();
    assertThat(node(a.sub(1)).savedTensors()).isEmpty();
    assertThat(node(a.neg()).savedTensors()).isEmpty();
    assertThat(node(a.sum()).savedTensors()).isEmpty();
    assertThat(node(a.mean()).savedTensors()).isEmpty();
    assertThat(node(a.exp()).savedTensors()).hasSize(1);
    assertThat(node(a.log()).savedTensors()).containsExactly(a);
    assertThat(node(a.div(b)).savedTensors()).containsExactly(b);
    assertThat(node(b.div(a)).savedTensors()).containsExactly(b, a);
    assertThat(node(a.unsqueeze(0).t()).savedTensors()).isEmpty();
    Tensor index = tensor(0, 1);
    assertThat(node(a.indexSelect(0, index)).savedTensors()).containsExactly(index);
  }

  @Behaviour(68)
  void assigningToLeavesWithoutRecordingMovesTheVersion() {
    Tensor x = ones(3).requiresGrad_();
    try (var _ = noGrad()) {
      x.set_(5., 1);
    }
    assertThat(x.version()).isEqualTo(1);
    assertThat(x.requiresGrad()).isTrue();
    assertThat(x.isLeaf()).isTrue();
    assertThat(x.toDoubleArray()).containsExactly(1, 5, 1);
  }

  @Behaviour(69)
  void aViewOfALeafCannotBeChangedInPlace() {
    Tensor x = ones(3).requiresGrad_();
    assertThatThrownBy(() -> x.narrow(0, 0, 1).add_(1)).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("view of a leaf");
    assertThat(x.toDoubleArray()).containsExactly(1, 1, 1);
  }

  @Behaviour(70)
  void changingAViewReachesItsBaseAndItsOtherViews() {
    Tensor a = ones(2, 2).requiresGrad_();
    Tensor b = a.mul(2);
    Tensor x = b.get(0);
    Tensor other = b.get(0);
    x.mul_(2);
    assertThat(node(b).name()).isEqualTo("CopySlices");
    assertThat(node(x).name()).isEqualTo("AsStridedBackward0");
    assertThat(node(other).name()).isEqualTo("AsStridedBackward0");
    b.sum().backward();
    assertThat(values(a.grad())).containsExactly(4, 4, 2, 2);

    Tensor c = ones(2, 2).requiresGrad_();
    Tensor d = c.mul(1);
    Tensor viewOfView = d.t().get(0);
    viewOfView.mul_(tensor(2., 3.));
    d.mul(tensor(new double[][] {{1, 2}, {3, 4}})).sum().backward();
    assertThat(values(c.grad())).containsExactly(2, 2, 9, 4);

    Tensor e = ones(2).requiresGrad_();
    Tensor base = zeros(2, 2);
    Tensor row = base.get(1);
    base.get(1).copy_(e);
    assertThat(row.requiresGrad()).isTrue();
    row.mul(3).sum().backward();
    assertThat(values(e.grad())).containsExactly(3, 3);

    Tensor f = ones(4).requiresGrad_();
    Tensor g = f.mul(2);
    Tensor half = g.narrow(0, 0, 2);
    g.mul_(3);
    half.sum().backward();
    assertThat(values(f.grad())).containsExactly(6, 6, 0, 0);
  }

  @Behaviour(70)
  void changesInPlaceOnViewsCanBeDifferentiatedTwice() {
    Tensor a = tensor(2., 3.).requiresGrad_();
    Tensor b = a.mul(a);
    b.narrow(0, 0, 1).mul_(a.narrow(0, 1, 1));
    Tensor g = Autograd.grad(List.of(b.sum()), List.of(a), List.of(), CREATE_GRAPH).getFirst();
    assertThat(g.toDoubleArray()).containsExactly(2 * 2 * 3, 4 + 6);
    g.sum().backward();
    assertThat(values(a.grad())).containsExactly(2 * 3 + 2 * 2, 2 * 2 + 2);
  }

  @Behaviour(71)
  void viewsOfSeveralOutputsOrMadeUnrecordedCannotBeChangedInPlace() {
    Tensor x = ones(2, 2).requiresGrad_();
    Tensor y = x.mul(2);
    Tensor[] rows = y.unbind(0);
    assertThatThrownBy(() -> rows[0].add_(1)).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("several views");
    Tensor whole = y;
    whole.add_(1);
    assertThatThrownBy(() -> assertThat(rows[1].gradFn()).isNull()).isInstanceOf(IllegalStateException.class);
    assertThat(rows[1].requiresGrad()).isTrue();
    assertThat(rows[1].toString()).contains("grad_fn=<Invalid>");

    Tensor z = x.mul(2);
    Tensor unrecorded;
    try (var _ = noGrad()) {
      unrecorded = z.narrow(0, 0, 1);
    }
    assertThat(unrecorded.requiresGrad()).isTrue();
    assertThat(unrecorded.gradFn()).isNull();
    assertThat(unrecorded.isLeaf()).isTrue();
    assertThatThrownBy(() -> unrecorded.add_(x.narrow(0, 0, 1))).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no-grad mode");

    Tensor inferred;
    try (var _ = inferenceMode()) {
      inferred = z.narrow(0, 0, 1);
    }
    assertThatThrownBy(() -> inferred.add_(x.narrow(0, 0, 1))).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("inference mode");
  }

  @Behaviour(72)
  void assignmentByIndexPassesGradientsToTargetAndValue() {
    Tensor x = ones(3).requiresGrad_();
    Tensor v = tensor(5.).requiresGrad_();
    Tensor y = x.mul(2);
    y.set_(v, 1);
    assertThat(node(y).name()).isEqualTo("CopySlices");
    y.mul(tensor(1., 2., 3.)).sum().backward();
    assertThat(values(x.grad())).containsExactly(2, 0, 6);
    assertThat(values(v.grad())).containsExactly(2);

    Tensor z = ones(3).requiresGrad_();
    Tensor masked = z.mul(2).maskedFill_(tensor(true, false, true), 9.);
    masked.sum().backward();
    assertThat(values(z.grad())).containsExactly(0, 2, 0);
  }

  @Behaviour(73)
  void repeatedIndicesAddUp() {
    Tensor x = tensor(1., 2., 3.).requiresGrad_();
    x.indexSelect(0, tensor(0, 0, 2)).sum().backward();
    assertThat(values(x.grad())).containsExactly(2, 0, 1);
    Tensor y = tensor(1., 2., 3.).requiresGrad_();
    y.gather(0, tensor(1, 1, 1)).sum().backward();
    assertThat(values(y.grad())).containsExactly(0, 3, 0);
    Tensor z = tensor(1., 2., 3.).requiresGrad_();
    z.get(tensor(2, 2)).sum().backward();
    assertThat(values(z.grad())).containsExactly(0, 0, 2);
  }

  @Behaviour(74)
  void expandedGradientsPassThroughViews() {
    Tensor x = ones(3, 3).requiresGrad_();
    x.get(1).sum().backward();
    x.narrow(0, 0, 2).sum().backward();
    x.diagonal(0, 0, 1).sum().backward();
    assertThat(values(x.grad())).containsExactly(2, 1, 1, 2, 3, 2, 0, 0, 1);
  }

  @Behaviour(75)
  void theVersionCanBeMovedByHand() {
    Tensor x = ones(2).requiresGrad_();
    Tensor y = x.mul(2);
    Tensor z = y.mul(y);
    Autograd.incrementVersion(y);
    assertThat(y.version()).isEqualTo(1);
    assertThatThrownBy(() -> z.sum().backward()).isInstanceOf(IllegalStateException.class);
  }

  @Behaviour(77)
  void aBaseThatNeedsNoGradientGetsNoneThroughItsChangedView() {
    Tensor v = ones(2).requiresGrad_();
    Tensor base = ones(2, 2);
    base.get(0).mul_(v);
    assertThat(base.requiresGrad()).isTrue();
    assertThat(node(base).nextFunctions().getFirst().node()).isNull();
    base.sum().backward();
    assertThat(values(v.grad())).containsExactly(1, 1);
  }

  @Behaviour(78)
  void savedTensorsMayBeChangedWhereThatIsAllowed() {
    Tensor a = tensor(2., 3.).requiresGrad_();
    try (var _ = Autograd.allowMutationOnSavedTensors()) {
      Tensor b = a.mul(1);
      Tensor out = b.mul(b).sum();
      b.narrow(0, 0, 1).zero_();
      b.sin_();
      out.backward();
      assertThat(values(a.grad())).containsExactly(4, 6);
      assertThatThrownBy(Autograd::allowMutationOnSavedTensors).isInstanceOf(IllegalStateException.class);
    }
    Tensor late;
    try (Scope _ = Autograd.allowMutationOnSavedTensors()) {
      late = a.mul(a).sum();
    }
    assertThatThrownBy(late::backward).isInstanceOf(IllegalStateException.class).hasMessageContaining("scope");
    assertThat(enableGrad(() -> a.mul(2).requiresGrad())).isTrue();
  }
}
