package dev.flambeau;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Views and their bases change together, and so do their histories. */
class ViewsTest {
  private static Tensor counted(long... sizes) {
    return Torch.arange(24).to(DType.FLOAT64).narrow(0, 0, product(sizes)).clone().view(sizes);
  }

  private static long product(long... sizes) {
    long product = 1;
    for (long size : sizes) product *= size;
    return product;
  }

  @Test
  void aChangeOfTheViewIsAChangeOfTheBase() {
    Tensor x = counted(2, 3);
    x.get(Index.ALL, Index.at(1)).fill_(9);
    assertThat(x.toDoubleArray()).containsExactly(0, 9, 2, 3, 9, 5);
  }

  @Test
  void overlappingPartsAreReadBeforeTheyAreWritten() {
    Tensor x = counted(5);
    x.slice(0, 1, 5).copy_(x.slice(0, 0, 4));
    assertThat(x.toDoubleArray()).containsExactly(0, 0, 1, 2, 3);
  }

  @Test
  void reshapeIsAViewWhereverTheLayoutAllowsIt() {
    Tensor x = counted(2, 3, 4);
    assertThat(x.reshape(6, 4).isView()).isTrue();
    assertThat(x.transpose(0, 1).reshape(3, 2, 2, 2).strides()).containsExactly(4, 12, 2, 1);
    assertThat(x.transpose(0, 1).reshape(6, 4).isView()).isFalse();
    assertThat(x.transpose(0, 1).reshape(6, 4).toDoubleArray()).startsWith(0, 1, 2, 3, 12, 13);
    assertThatThrownBy(() -> x.transpose(0, 1).view(6, 4)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("reshape");
  }

  @Test
  void gradientsFlowThroughAnOverwrittenPartOfAView() {
    Tensor x = counted(2, 3).requiresGrad_();
    Tensor v = Torch.tensor(10.0, 20, 30).to(DType.FLOAT64).requiresGrad_();
    Tensor y = x.mul(2);
    y.t().get(Index.ALL, Index.at(0)).copy_(v);
    y.mul(y).sum().backward();
    assertThat(x.grad().toDoubleArray()).containsExactly(0, 0, 0, 24, 32, 40);
    assertThat(v.grad().toDoubleArray()).containsExactly(20, 40, 60);
    assertThat(y.gradFn().name()).isEqualTo("CopySlices");
  }

  @Test
  void anIndexedAssignmentToAViewReachesTheBase() {
    Tensor x = counted(2, 3).requiresGrad_();
    Tensor y = x.mul(1);
    y.get(0).set_(Torch.tensor(7.0, 8).to(DType.FLOAT64), Index.of(Torch.tensor(2L, 0)));
    assertThat(y.toDoubleArray()).containsExactly(8, 1, 7, 3, 4, 5);
    y.sum().backward();
    assertThat(x.grad().toDoubleArray()).containsExactly(0, 1, 0, 1, 1, 1);
  }

  @Test
  void stridesOfAViewOfAPermutedTensorGiveItsGradient() {
    Tensor x = counted(2, 3).requiresGrad_();
    Tensor y = x.t().asStrided(new long[] {2, 2}, new long[] {1, 2}, 1);
    assertThat(y.toDoubleArray()).containsExactly(1, 3, 2, 4);
    y.mul(y).sum().backward();
    assertThat(x.grad().toDoubleArray()).containsExactly(0, 2, 4, 6, 8, 0);
    assertThat(Autograd.gradgradcheck(in -> in[0].t().square().asStrided(new long[] {2, 2}, new long[] {1, 1}), x))
        .isTrue();
  }

  @Test
  void gradientsInAnotherLayoutReachAChangedView() {
    Tensor x = counted(2, 3).requiresGrad_();
    Tensor y = x.mul(1);
    y.view(6).mul_(2);
    Tensor z = y.t().clone();
    z.asStrided(new long[] {2}, new long[] {1}, 1).mul_(3);
    assertThat(z.t().toDoubleArray()).containsExactly(0, 6, 12, 6, 8, 10);
    z.t().mul(counted(3, 2).t()).sum().backward();
    assertThat(x.grad().toDoubleArray()).containsExactly(0, 12, 24, 2, 6, 10);
  }

  @Test
  void severalViewsOfOneFunctionCannotBeChangedInPlace() {
    Tensor x = counted(4).requiresGrad_().mul(1);
    for (Tensor[] parts : new Tensor[][] {x.split(2), x.chunk(2), x.unbind()}) {
      assertThatThrownBy(() -> parts[0].add_(parts[0])).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void unusedPartsGetZeroGradients() {
    Tensor x = counted(5).requiresGrad_();
    x.split(2)[1].sum().backward();
    assertThat(x.grad().toDoubleArray()).containsExactly(0, 0, 1, 1, 0);
  }

  @Test
  void aTensorCanBeTransposedItself() {
    Tensor x = counted(2, 3).requiresGrad_();
    Tensor y = x.mul(1);
    assertThat(y.t_()).isSameAs(y);
    assertThat(y.shape()).containsExactly(3, 2);
    y.narrow(0, 0, 1).sum().backward();
    assertThat(x.grad().toDoubleArray()).containsExactly(1, 0, 0, 1, 0, 0);
    assertThatThrownBy(x::t_).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aWrongIndexLeavesEverythingAsItWas() {
    Tensor x = counted(3);
    Tensor bad = Torch.tensor(0L, 3);
    Tensor v = counted(2).add(5);
    assertThatThrownBy(() -> x.scatter_(0, bad, v)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> x.indexAdd_(0, bad, v)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> x.set_(v, Index.of(bad))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> x.put_(bad, v)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> x.scatterReduce_(0, bad, v, "amax", false)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> x.get(3)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("-3 … 2");
    assertThat(x.toDoubleArray()).containsExactly(0, 1, 2);
    assertThat(x.version()).isZero();
  }

  @Test
  void masksIndicesSlicesAndNewDimensionsMix() {
    Tensor x = counted(2, 3, 4);
    Tensor mask = Torch.tensor(new boolean[][] {{true, false, true}, {false, true, false}});
    assertThat(x.get(Index.of(mask), Index.from(1)).shape()).containsExactly(3, 3);
    assertThat(x.get(Index.of(mask), Index.at(-1)).toDoubleArray()).containsExactly(3, 11, 19);
    Tensor i = Torch.tensor(0L, 1);
    assertThat(x.get(Index.of(i), Index.NEW_AXIS, Index.of(i)).shape()).containsExactly(2, 1, 4);
    assertThat(x.get(Index.of(i), Index.at(0), Index.of(i)).toDoubleArray()).containsExactly(0, 13);
    assertThat(x.get(Index.of(Torch.tensor(true)), Index.ELLIPSIS).shape()).containsExactly(1, 2, 3, 4);
    assertThat(x.get(Index.of(Torch.tensor(1L))).shape()).containsExactly(3, 4);
    assertThatThrownBy(() -> x.get(Index.ELLIPSIS, Index.ELLIPSIS)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> x.get(0, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sortedIndicesAreNoPartOfTheGraph() {
    Tensor x = Torch.tensor(3.0, 1, 2).to(DType.FLOAT64).requiresGrad_();
    ValuesAndIndices y = x.mul(x).sort();
    assertThat(y.indices().requiresGrad()).isFalse();
    assertThat(Autograd.gradgradcheck(in -> in[0].mul(in[0]).sort().values(), x)).isTrue();
  }

  @Test
  void theMedianSharesItsGradientAmongEquals() {
    Tensor x = Torch.tensor(1, 2, 2, Double.NaN, 2).requiresGrad_();
    assertThat(Autograd.grad(x.median(), x).getFirst().toDoubleArray()).containsExactly(0, 0, 0, 1, 0);
    assertThat(Autograd.grad(x.nanmedian(), x).getFirst().toFloatArray()).containsExactly(0, 1 / 3f, 1 / 3f, 0, 1 / 3f);
  }

  @Test
  void countsInBins() {
    assertThat(Torch.tensor(0, 1, 5, Double.POSITIVE_INFINITY).histc(3, 0, 5).toDoubleArray()).containsExactly(2, 0, 1);
    assertThat(Torch.tensor(1.0, 2, 4).histc(4, 0, 0).toDoubleArray()).containsExactly(1, 1, 0, 1);
    assertThat(Torch.tensor(2.0, 2).histc(4, 0, 0).toDoubleArray()).containsExactly(0, 0, 2, 0);
  }
}
