package dev.flambeau.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void withoutNamesAllRowsAreMeasured() {
    assertThat(Options.parse().rows()).isEqualTo(Spec.ALL);
    assertThat(Options.parse("--write")).matches(Options::write).matches(Options::peers);
    assertThat(Options.parse("--alone").peers()).isFalse();
  }

  @Test
  void theStartOfANameIsEnough() {
    assertThat(Options.parse("mlp", "matmul").rows()).extracting(Spec::name)
        .containsExactly("matmul-64", "matmul-256", "matmul-1024", "matmul-2048", "mlp");
  }

  @Test
  void sizeAndMemoryAreNamedLikeRows() {
    assertThat(Options.parse().beside()).containsExactly("size", "memory");
    assertThat(Options.parse("mlp").beside()).isEmpty();
    assertThat(Options.parse("size")).matches(o -> o.rows().isEmpty()).matches(o -> o.beside().contains("size"));
    assertThat(Options.parse("mlp", "memory").rows()).extracting(Spec::name).containsExactly("mlp");
  }

  @Test
  void quickTurnsAreShorter() {
    assertThat(Options.parse("--quick").warmMillis()).isLessThan(Options.parse().warmMillis());
  }

  @Test
  void anUnknownWordIsRefusedWithTheNamesThatThereAre() {
    assertThatIllegalArgumentException().isThrownBy(() -> Options.parse("conv")).withMessageContaining("no row conv")
        .withMessageContaining("gelu-1m");
    assertThatIllegalArgumentException().isThrownBy(() -> Options.parse("--fast")).withMessageContaining("--help");
  }

  @Test
  void onlyTheWholeTableIsWritten() {
    for (String part : new String[] {"--quick", "--alone", "mlp", "size"}) {
      assertThatIllegalArgumentException().isThrownBy(() -> Options.parse("--write", part))
          .withMessageContaining("whole");
    }
  }

  @Test
  void theUsageNamesEveryRow() {
    assertThat(Options.usage()).contains(Spec.ALL.stream().map(Spec::name).toList());
  }
}
