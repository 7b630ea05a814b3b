package dev.flambeau.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flambeau.DType;
import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Orders, batches and splits are those of PyTorch 2.13 after the same seed; see {@code tools/golden/data.py}. */
final class GoldenOrderTest {
  private static final List<Double> WEIGHTS = List.of(0.5, 3.0, 0.0, 1.0, 0.25, 2.0);
  private final Map<String, String> golden = golden();

  private static Map<String, String> golden() {
    try (InputStream in = GoldenOrderTest.class.getResourceAsStream("/golden/data.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII).lines()
          .map(line -> line.split(" ", 2)).collect(Collectors.toMap(line -> line[0], line -> line[1]));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void check(String name, long seed, Sampler sampler) {
    Torch.manualSeed(seed);
    StringBuilder found = new StringBuilder();
    for (long i : sampler.order()) found.append(i).append(' ');
    assertThat(found.toString().trim()).as(name).isEqualTo(golden.get(name));
    assertThat(sampler.size()).isEqualTo(found.chars().filter(c -> c == ' ').count());
  }

  private void checkBatches(String name, long seed, int epochs, Consumer<DataLoader<Tensor[]>> options) {
    for (int workers : new int[] {0, 1, 3}) {
      Torch.manualSeed(seed);
      StringBuilder found = new StringBuilder();
      try (var loader = DataLoader.of(new TensorDataset(Torch.arange(23))).workers(workers)) {
        options.accept(loader);
        long batches = 0;
        for (int epoch = 0; epoch < epochs; epoch++) {
          for (Tensor[] batch : loader) {
            for (long i : batch[0].toLongArray()) found.append(i).append(' ');
            found.append("; ");
            batches++;
          }
        }
        assertThat(batches).isEqualTo(epochs * loader.size());
      }
      found.append(Torch.randint(0, 1_000_000).itemLong());
      assertThat(found.toString()).as("%s, %s workers", name, workers).isEqualTo(golden.get(name));
    }
  }

  private void checkSplit(String name, long seed, long size, double... fractions) {
    checkSplit(name, seed, () -> Dataset.randomSplit(numbers(size), fractions));
  }

  private void checkSplit(String name, long seed, Supplier<List<Subset<Long>>> split) {
    Torch.manualSeed(seed);
    StringBuilder found = new StringBuilder();
    for (Subset<Long> part : split.get()) {
      for (long i : part.indices()) found.append(i).append(' ');
      found.append("; ");
    }
    assertThat(found.toString().trim()).as(name).isEqualTo(golden.get(name));
  }

  private static Dataset<Long> numbers(long size) {
    return Dataset.of(LongStream.range(0, size).boxed().toList());
  }

  @Test
  void samplersDrawPyTorchsOrders() {
    check("random", 2, new RandomSampler(9));
    check("random-fewer", 2, new RandomSampler(9, false, 4));
    check("random-more", 2, new RandomSampler(9, false, 21));
    check("random-again", 2, new RandomSampler(9, true, 70));
    check("subset", 4, new SubsetRandomSampler(List.of(3L, 1L, 4L, 15L, 9L, 2L, 6L)));
    check("weighted-once", 6, new WeightedRandomSampler(WEIGHTS, 4, false));
  }

  /** A sum in parts, as many as there are processors, would count the small weights; one after the other they are lost. PyTorch draws 0. */
  @Test
  void weightsAreSummedOneAfterTheOther() {
    Torch.manualSeed(0);
    double drawn = Torch.rand(DType.FLOAT64, 1).item();
    double unit = Math.ulp(drawn);
    List<Double> weights = new ArrayList<>(Collections.nCopies(1000, unit / 4));
    weights.addFirst(drawn - 4 * unit);
    weights.addLast(1 - drawn);
    Torch.manualSeed(0);
    assertThat(new WeightedRandomSampler(weights, 1, true).order()).containsExactly(0);
  }

  @Test
  void loadersMakePyTorchsBatchesWithAnyNumberOfWorkers() {
    checkBatches("shuffle", 0, 1, loader -> loader.batchSize(5).shuffle(true));
    checkBatches("epochs", 7, 3, loader -> loader.batchSize(4).shuffle(true));
    checkBatches("drop-last", 1, 1, loader -> loader.batchSize(5).shuffle(true).dropLast(true));
    checkBatches("sequential", 3, 1, loader -> loader.batchSize(10));
    checkBatches("weighted", 5, 1, loader -> loader.batchSize(8).sampler(new WeightedRandomSampler(WEIGHTS, 20, true)));
  }

  @Test
  void splitsArePyTorchs() {
    checkSplit("split", 42, () -> Dataset.randomSplit(numbers(10), 3, 7));
    checkSplit("split-fractions", 42, 30, 0.3, 0.3, 0.4);
    checkSplit("split-rest", 8, 17, 0.5, 0.25, 0.25);
    checkSplit("split-near-one", 9, 13, 0.7, 0.2, 0.1);
    checkSplit("split", 0, () -> {
      try (var _ = Torch.forkRng(42)) {
        return Dataset.randomSplit(numbers(10), 3, 7);
      }
    });
  }

  @Test
  void wrongLengthsAreRefused() {
    assertThatThrownBy(() -> Dataset.randomSplit(numbers(10), 3, 6)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("add up to the 10 samples").hasMessageContaining("[3, 6]");
    assertThatThrownBy(() -> Dataset.randomSplit(numbers(10), 0.5, 0.6)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("add up to 1");
    assertThatThrownBy(() -> Dataset.randomSplit(numbers(10), 1.5, -0.5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new WeightedRandomSampler(WEIGHTS, 6, false)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new WeightedRandomSampler(List.of(1., Double.NaN), 1, true))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RandomSampler(0, true, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void seedsArePyTorchs() {
    Torch.manualSeed(0);
    String found =
        LongStream.range(0, 4).mapToObj(_ -> Long.toString(Sampler.drawSeed())).collect(Collectors.joining(" "));
    assertThat(found).isEqualTo(golden.get("seeds"));
  }

  @Test
  void aForkedGeneratorLeavesTheOthersAlone() {
    Torch.manualSeed(3);
    float expected = (float) Torch.rand(1).item();
    Torch.manualSeed(3);
    try (var _ = Torch.forkRng(8)) {
      Torch.randn(5).sum().item();
      Torch.manualSeed(9);
      assertThat(Torch.initialSeed()).isEqualTo(9);
    }
    assertThat((float) Torch.rand(1).item()).isEqualTo(expected);
    assertThat(Torch.initialSeed()).isEqualTo(3);
  }
}
