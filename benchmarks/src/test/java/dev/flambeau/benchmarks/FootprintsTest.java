package dev.flambeau.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FootprintsTest {
  @Test
  void foldersCountWithAllTheirFiles(@TempDir Path dir) throws Exception {
    Path inner = Files.createDirectories(dir.resolve("library/inner"));
    Files.write(inner.resolve("a"), new byte[300]);
    Files.write(dir.resolve("library/b"), new byte[40]);
    Path jar = Files.write(dir.resolve("c.jar"), new byte[2]);
    assertThat(Footprints.size(List.of(dir.resolve("library"), jar))).isEqualTo(342);
  }

  @Test
  void theCoreIsPartOfWhatTheBenchmarksUse() throws Exception {
    List<Footprint> sizes = Footprints.sizes(Map.of());
    assertThat(sizes.get(0).of("Flambeau")).isBetween(1e5, sizes.get(1).of("Flambeau"));
    assertThat(sizes.get(0).of("LibTorch")).isNaN();
  }
}
