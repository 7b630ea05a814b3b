package dev.flambeau.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A hundred thousand training steps, without a call that frees anything. */
@Tag("thorough")
class DigitsThoroughTest {
  @Test
  void theHeapStaysFlat() throws Exception {
    Captured printed = Captured.of(() -> assertThat(Commands.execute("digits", "--steps", "100000")).isZero());
    List<Double> used = printed.out().lines().filter(line -> line.startsWith("heap after collection at"))
        .map(line -> Double.valueOf(line.replaceFirst(".*: (.*) MB", "$1"))).toList();
    assertThat(used).hasSize(3);
    assertThat(used.getLast()).isLessThan(used.getFirst() * 1.25 + 2);
  }
}
