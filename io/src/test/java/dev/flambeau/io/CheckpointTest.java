package dev.flambeau.io;

import static dev.flambeau.Torch.arange;
import static dev.flambeau.Torch.ones;
import static dev.flambeau.Torch.rand;
import static dev.flambeau.Torch.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flambeau.DType;
import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
  @TempDir
  Path folder;

  private Path file;

  @BeforeEach
  void name() { file = folder.resolve("x.pth"); }

  private Object saved(Object value) throws IOException {
    Checkpoint.save(file, value);
    return Checkpoint.load(file);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> path.getFileName().toString()).toList();
    }
  }

  @Test
  void plainValuesComeBack() throws IOException {
    Map<Object, Object> map = new LinkedHashMap<>();
    map.put("none", null);
    map.put("list", List.of(true, 1L, -1L, 255L, 256L, 1L << 31, Long.MIN_VALUE, 1.5, Double.NaN, "a\u0000\u4e16",
        BigInteger.TWO.pow(100)));
    map.put(3L, new LinkedHashSet<>(List.of("b", "a")));
    map.put(true, Map.of());
    map.put("dtype", DType.INT64);
    map.put(null, List.of());
    assertThat(saved(map)).isEqualTo(map);
    assertThat(List.copyOf(((Map<?, ?>) saved(map)).keySet().stream().map(String::valueOf).toList()))
        .containsExactly("none", "list", "3", "true", "dtype", "null");
    assertThat((byte[]) saved(new byte[] {0, -1, 10})).containsExactly(0, -1, 10);
    assertThat(saved(7)).isEqualTo(7L);
    assertThat(saved((short) 7)).isEqualTo(7L);
    assertThat(saved((byte) 7)).isEqualTo(7L);
    assertThat(saved(0.5f)).isEqualTo(0.5);
    assertThat(saved(null)).isNull();
  }

  @Test
  void tensorsKeepMemoryAndLayout() throws IOException {
    Tensor base = arange(24).view(4, 6);
    Tensor w = ones(2, 2).requiresGrad_();
    Map<?,
        ?> read = (Map<?,
            ?>) saved(Map.of("base", base, "t", base.t(), "part", base.get(2).slice(0, 1L, 6L, 2), "expanded",
                base.get(0, 3).expand(5), "w", w, "scalar", tensor(2.5), "empty", Torch.zeros(0, 3), "truth",
                tensor(true, false)));
    Tensor part = (Tensor) read.get("part");
    assertThat(part.strides()).containsExactly(2);
    assertThat(part.storageOffset()).isEqualTo(13);
    assertThat(part.toLongArray()).containsExactly(13, 15, 17);
    part.zero_();
    assertThat(((Tensor) read.get("t")).get(1, 2).item()).isZero();
    assertThat(((Tensor) read.get("expanded")).strides()).containsExactly(0);
    assertThat(((Tensor) read.get("w")).requiresGrad()).isTrue();
    assertThat(((Tensor) read.get("w")).isLeaf()).isTrue();
    assertThat(((Tensor) read.get("scalar")).dim()).isZero();
    assertThat(((Tensor) read.get("empty")).shape()).containsExactly(0, 3);
    assertThat(((Tensor) read.get("truth")).toBooleanArray()).containsExactly(true, false);
  }

  @Test
  void aTensorThatWasComputedIsSavedWithItsValues() throws IOException {
    Tensor y = ones(2).requiresGrad_().mul(3);
    Tensor read = (Tensor) saved(y);
    assertThat(read.toFloatArray()).containsExactly(3, 3);
    assertThat(read.isLeaf()).isTrue();
    assertThat(read.requiresGrad()).isTrue();
  }

  @Test
  void loadedTensorsTrain() throws IOException {
    Tensor w = (Tensor) saved(ones(2, 2).requiresGrad_());
    w.mul(3).sum().backward();
    assertThat(w.grad().toFloatArray()).containsOnly(3);
    Torch.noGrad(() -> w.sub_(w.grad()));
    assertThat(w.toFloatArray()).containsOnly(-2);
  }

  @Test
  void theSameValueGivesTheSameBytes() throws IOException {
    Map<String, Object> value = new LinkedHashMap<>(Map.of("a", arange(5)));
    Checkpoint.save(file, value);
    byte[] first = Files.readAllBytes(file);
    Checkpoint.save(file, value);
    assertThat(Files.readAllBytes(file)).isEqualTo(first);
  }

  @Test
  void entriesAreStoredAtMultiplesOf64() throws IOException {
    Checkpoint.save(file, List.of(rand(3), rand(100), arange(7)));
    try (Source source = Source.open(file); ZipFile zip = new ZipFile(file.toFile())) {
      assertThat(zip.stream().map(entry -> entry.getMethod())).containsOnly(0);
      assertThat(ZipArchive.of(source).entries()).hasSize(6)
          .allSatisfy(entry -> assertThat(entry.data() % 64).isZero());
    }
  }

  @Test
  void aStateDictIsFoundWhereItUsuallyIs() throws IOException {
    Map<String, Tensor> weights = Map.of("w", ones(2));
    for (Object value : List.of(weights, Map.of("state_dict", weights, "epoch", 3), Map.of("model", weights),
        Map.of("model_state_dict", weights))) {
      Checkpoint.save(file, value);
      assertThat(Checkpoint.loadStateDict(file).get("w").toFloatArray()).containsExactly(1, 1);
    }
  }

  @Test
  void whatCannotBeSavedIsRefusedAndNothingIsWritten() throws IOException {
    Checkpoint.save(file, "before");
    List<Object> circle = new ArrayList<>();
    circle.add(circle);
    for (Object value : Arrays.asList(new Object(), List.of(Path.of("x")), Map.of(List.of(), 1), circle, "\ud800",
        BigInteger.TWO.pow(3000))) {
      assertThatThrownBy(() -> Checkpoint.save(file, value)).isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("save: ");
    }
    assertThat(Checkpoint.load(file)).isEqualTo("before");
    assertThat(files()).containsExactly("x.pth");
    assertThatThrownBy(() -> Checkpoint.save(folder.resolve("none/x.pth"), 1)).isInstanceOf(IOException.class);
  }

  @Test
  void aFailureLeavesTheFormerFileAndNothingElse() throws IOException {
    Files.writeString(file, "before");
    assertThatThrownBy(() -> AtomicFile.write(file, out -> {
      out.write(new byte[1 << 20]);
      throw new IOException("disk full");
    })).hasMessage("disk full");
    assertThat(files()).containsExactly("x.pth");
    assertThat(file).hasContent("before");
  }

  @Test
  void aLinkIsFollowed() throws IOException {
    Path target = Files.writeString(folder.resolve("target.pth"), "before");
    Files.createSymbolicLink(file, target);
    Checkpoint.save(file, 1);
    assertThat(Files.isSymbolicLink(file)).isTrue();
    assertThat(Checkpoint.load(target)).isEqualTo(1L);
  }
}
