package dev.flambeau.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flambeau.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that PyTorch, NumPy and safetensors wrote. */
class GoldenFilesTest {
  static Stream<String> readable() throws IOException {
    return Stream.of(".pth", ".safetensors", ".npy", ".npz").flatMap(GoldenFilesTest::files)
        .filter(name -> !name.startsWith("refused"));
  }

  static Stream<String> refused() {
    return Stream.of(".pth", ".safetensors", ".npy", ".npz").flatMap(GoldenFilesTest::files)
        .filter(name -> name.startsWith("refused"));
  }

  private static Stream<String> files(String suffix) {
    try {
      return Golden.files(suffix).stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static Object load(Path file) throws IOException {
    String name = file.getFileName().toString();
    if (name.endsWith(".pth")) return Checkpoint.load(file);
    if (name.endsWith(".npy")) return Npy.load(file);
    return name.endsWith(".npz") ? Npz.load(file) : SafeTensors.load(file);
  }

  @ParameterizedTest
  @MethodSource("readable")
  void holdWhatTheirWritersPutIn(String name) throws IOException {
    assertThat(Golden.describe(load(Golden.file(name)))).isEqualTo(Golden.expected(name));
  }

  @ParameterizedTest
  @MethodSource("readable")
  void areReadAgainAfterBeingWritten(String name, @TempDir Path folder) throws IOException {
    Object value = load(Golden.file(name));
    Path copy = folder.resolve("copy.pth");
    Checkpoint.save(copy, value);
    assertThat(Golden.describe(Checkpoint.load(copy))).isEqualTo(Golden.describe(value));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void areRefusedByNameIfTheirElementsHaveNoCounterpart(String name) {
    String type = Map
        .of("refused_complex.pth", "torch.ComplexFloatStorage", "refused_float8.pth", "torch.float8_e4m3fn",
            "refused_module.pth",
            "torch.nn.modules.activation.ReLU", "refused_sparse.pth", "torch._utils._rebuild_sparse_tensor",
            "refused_uint64.pth", "torch.uint64",
            "refused_float8.safetensors", "F8_E4M3")
        .getOrDefault(name, Map.of("refused_object.npy", "|O", "refused_record.npy", "records",
            "refused_text.npy", "<U2", "refused_complex.npy", "<c8", "refused_uint64.npy", "<u8").get(name));
    assertThatThrownBy(() -> load(Golden.file(name))).isInstanceOf(FileFormatException.class).hasMessageContaining(type)
        .hasMessageContaining(name);
  }

  @Test
  void keepStoragesShared() throws IOException {
    for (String name : List.of("layouts.pth", "legacy_layouts.pth", "deflated.pth")) {
      Map<String, Tensor> tensors = Checkpoint.loadStateDict(Golden.file(name));
      Tensor whole = tensors.get("whole");
      tensors.get("block").fill_(77);
      assertThat(whole.get(1, 2).item()).isEqualTo(77);
      assertThat(tensors.get("transposed").get(2, 1).item()).isEqualTo(77);
      assertThat(tensors.get("tied").storage()).isSameAs(tensors.get("tied_again").storage())
          .isNotSameAs(whole.storage());
      assertThat(whole.isView()).isFalse();
    }
  }

  @Test
  void keepSafetensorsMetadata() throws IOException {
    assertThat(SafeTensors.metadata(Golden.file("all.safetensors")))
        .containsExactly(Map.entry("note", "a \"quoted\" \u4e16"));
  }
}
