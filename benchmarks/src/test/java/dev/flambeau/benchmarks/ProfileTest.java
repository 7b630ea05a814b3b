package dev.flambeau.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flambeau.benchmarks.worker.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileTest {
  private static final Spec SPEC = new Spec("busy", "A busy row", 1, 0, 0);

  private static final class Busy implements Row {
    @Override
    public Object step() {
      double x = 0;
      for (int i = 1; i < 2_000_000; i++) x += Math.sqrt(i) / i;
      return x;
    }

    @Override
    public float[] result() { return new float[0]; }
  }

  @Test
  void theMethodThatTakesTheTimeComesFirst(@TempDir Path folder) throws IOException {
    Profile profile = Profile.of(SPEC, new Busy(), 300, 300, folder.resolve("profile.jfr"));
    assertThat(profile.stepNanos()).isPositive();
    assertThat(profile.shares().values().stream().mapToDouble(s -> s).sum()).isCloseTo(1, within(1e-9));
    assertThat(profile.toString().lines().toList()).startsWith("## A busy row")
        .filteredOn(line -> line.startsWith("| ProfileTest")).first().asString().contains("step");
  }

  @Test
  void theNumbersOfGeneratedClassesAreLeftOut() {
    assertThat(List.of("dev.flambeau.kernel.Tile/0x00000000790495e8", "dev.flambeau.kernel.Tile.0x00000000790495e8",
        "dev.flambeau.kernel.Tile+0x79.12", "a.b.Tile"))
            .map(type -> Profile.name(type, "multiply")).containsOnly("Tile.multiply");
  }
}
