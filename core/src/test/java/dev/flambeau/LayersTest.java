package dev.flambeau;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.flambeau.nn.Functional;
import org.junit.jupiter.api.Test;

final class LayersTest {
  private static final DType F64 = DType.FLOAT64;

  private static void equalsReference(Fused op, Tensor... x) {
    assertThat(Op.apply(op, x).allclose(op.reference(x), 1e-12, 1e-12, false)).as(op.name()).isTrue();
  }

  @Test
  void fusedLayersEqualTheirReferences() {
    Tensor x = Torch.randn(F64, 2, 3, 4, 5);
    equalsReference(new Layers.Embedding(-1), Torch.randn(F64, 7, 3), Torch.randint(0, 7, 2, 5));
    Tensor numbers = Torch.randint(0, 7, 2, 5);
    equalsReference(new Layers.EmbeddingDenseBackward(7, 3), Torch.randn(F64, 2, 5, 4), numbers);
    Tensor table = Torch.randn(F64, 7, 3).requiresGrad_(true);
    assertThat(Autograd.gradgradcheck(w -> Functional.embedding(numbers, w[0], 3).sin(), table)).isTrue();
    Tensor[] heads = {x, Torch.randn(F64, 2, 3, 6, 5), Torch.randn(F64, 2, 3, 6, 8), Torch.tensor(0.0).to(F64)};
    var attention = new Attentions.ScaledDotProductFlashAttentionForCpu(0.3);
    assertThat(Op.apply(attention, heads)[0].allclose(attention.reference(heads)[0], 1e-12, 1e-12, false)).isTrue();
  }

  @Test
  void causalAttentionOnlyLooksBack() {
    Tensor q = Torch.randn(2, 4, 3);
    Tensor k = Torch.randn(2, 4, 3);
    Tensor v = Torch.randn(2, 4, 5);
    Tensor causal = Functional.scaledDotProductAttention(q, k, v, null, 0, true, null);
    assertThat(causal.select(1, 0).allclose(v.select(1, 0))).isTrue();
    Tensor seen = Torch.ones(DType.BOOL, 4, 4).tril();
    assertThat(causal.allclose(Functional.scaledDotProductAttention(q, k, v, seen, 0, false, null))).isTrue();
    assertThat(
        Functional.scaledDotProductAttention(q, k, v).select(1, 3).allclose(causal.select(1, 3), 1e-5, 1e-6, false))
            .isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Functional.scaledDotProductAttention(q, k, v, seen, 0, true, null));
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    Tensor x = Torch.zeros(2, 3);
    assertThatIllegalArgumentException().isThrownBy(() -> Functional.layerNorm(x, 2)).withMessageContaining("[2, 3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Functional.layerNorm(x, new long[] {3}, Torch.ones(2), null, 1e-5))
        .withMessageContaining("[3]");
    assertThatIllegalArgumentException().isThrownBy(() -> Functional.embedding(Torch.tensor(0, 2), x));
    assertThatIllegalArgumentException().isThrownBy(() -> Functional.embedding(Torch.tensor(0, 1), x, 5))
        .withMessageContaining("padding 5");
  }
}
