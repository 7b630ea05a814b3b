package dev.flambeau;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EinsumTest {
  @ParameterizedTest
  @ValueSource(strings = {"ij", "ij,jk,kl", "i,jk", "ijk,jk", "ij,jk->iz", "ij,jk->ii", "i1,jk", "ij,..jk",
    "ij,kl->ik->", "ii,jk"}) void equationsThatDoNotFitAreRefused(String equation) {
    assertThatThrownBy(() -> Torch.einsum(equation, Torch.ones(2, 3), Torch.ones(3, 4)))
        .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("einsum").hasMessageContaining(equation);
  }

  @Test
  void sizesOfOneLetterMustAgree() {
    assertThatThrownBy(() -> Torch.einsum("ij,ij->i", Torch.ones(2, 3), Torch.ones(2, 4)))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("'j'").hasMessageContaining("3")
        .hasMessageContaining("4");
  }

  @Test
  void theImplicitResultHasLettersInAlphabeticalOrderAfterTheEllipsis() {
    assertThat(Torch.einsum("b...a", Torch.ones(2, 3, 4)).shape()).containsExactly(3, 4, 2);
    assertThat(Torch.einsum("...ij,...jk", Torch.ones(5, 1, 2, 3), Torch.ones(4, 3, 6)).shape()).containsExactly(5, 4,
        2, 6);
  }

  @Test
  void aDimensionOfSizeOneBroadcasts() {
    assertThat(Torch.einsum("ij,jk->ik", Torch.ones(2, 1), Torch.ones(3, 4)).toDoubleArray()).hasSize(8)
        .containsOnly(3);
  }

  @Test
  void threeOperandsAreJoinedFromTheLeft() {
    Tensor a = Torch.arange(6).view(2, 3).to(DType.FLOAT64);
    Tensor y = Torch.einsum("ij,jk,kl->il", a, a.t(), a);
    assertThat(y.toDoubleArray()).isEqualTo(a.mm(a.t()).mm(a).toDoubleArray());
  }
}
