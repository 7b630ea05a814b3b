package dev.flambeau.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flambeau.DType;
import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** safetensors, .npy and .npz, written and read. */
class TensorFilesTest {
  @TempDir
  Path folder;

  private static Map<String, Tensor> samples() {
    Map<String, Tensor> samples = new LinkedHashMap<>();
    for (DType dtype : DType.values()) {
      Tensor x = Torch.arange(24).to(dtype).view(2, 3, 4);
      samples.put(dtype + ".whole", x);
      samples.put(dtype + ".transposed", x.transpose(0, 2));
      samples.put(dtype + ".part", x.get(1, 2));
      samples.put(dtype + ".scalar", x.get(1, 1, 1));
      samples.put(dtype + ".expanded", x.get(1, 1, 1).expand(2, 2));
      samples.put(dtype + ".empty", Torch.zeros(dtype, 0, 3));
    }
    return samples;
  }

  private static void assertSame(Map<String, Tensor> read, Map<String, Tensor> written) {
    assertThat(read.keySet()).containsExactlyElementsOf(written.keySet());
    written.forEach((name, x) -> assertSame(name, read.get(name), x));
  }

  private static void assertSame(String name, Tensor read, Tensor written) {
    assertThat(read.dtype()).as(name).isEqualTo(written.dtype());
    assertThat(read.shape()).as(name).isEqualTo(written.shape());
    assertThat(read.toDoubleArray()).as(name).isEqualTo(written.toDoubleArray());
    assertThat(read.isContiguous()).as(name).isTrue();
  }

  @Test
  void safetensorsComeBack() throws IOException {
    Path file = folder.resolve("x.safetensors");
    SafeTensors.save(file, samples());
    assertSame(SafeTensors.load(file), samples());
    assertThat(SafeTensors.metadata(file)).isEmpty();
    SafeTensors.save(file, Map.of(), Map.of("a \"b\"", "\u4e16\n"));
    assertThat(SafeTensors.load(file)).isEmpty();
    assertThat(SafeTensors.metadata(file)).containsExactly(Map.entry("a \"b\"", "\u4e16\n"));
  }

  @Test
  void safetensorsThatSharedMemoryAreWrittenEachForItself() throws IOException {
    Tensor x = Torch.arange(4);
    Path file = folder.resolve("x.safetensors");
    SafeTensors.save(file, Map.of("a", x, "b", x));
    Map<String, Tensor> read = SafeTensors.load(file);
    assertThat(read.get("a").storage()).isNotSameAs(read.get("b").storage());
  }

  @Test
  void aReservedNameIsRefusedAndNothingIsWritten() throws IOException {
    Path file = folder.resolve("x.safetensors");
    assertThatThrownBy(() -> SafeTensors.save(file, Map.of("__metadata__", Torch.ones(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("__metadata__");
    assertThatThrownBy(() -> SafeTensors.save(file, Map.of("\ud800", Torch.ones(1))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(file).doesNotExist();
  }

  @Test
  void npyComesBack() throws IOException {
    Path file = folder.resolve("x.npy");
    for (Map.Entry<String, Tensor> sample : samples().entrySet()) {
      Npy.save(file, sample.getValue());
      assertThat((Files.size(file) - sample.getValue().numel() * sample.getValue().dtype().element().bytes()) % 64)
          .isZero();
      assertSame(sample.getKey(), Npy.load(file), sample.getValue());
    }
  }

  @Test
  void npzComesBack() throws IOException {
    Path stored = folder.resolve("x.npz");
    Path compressed = folder.resolve("y.npz");
    Npz.save(stored, samples());
    Npz.saveCompressed(compressed, samples());
    assertSame(Npz.load(stored), samples());
    assertSame(Npz.load(compressed), samples());
    for (int i = 0; i < 2; i++) {
      byte[] before = Files.readAllBytes(compressed);
      Npz.saveCompressed(compressed, samples());
      assertThat(Files.readAllBytes(compressed)).isEqualTo(before);
    }
    assertThatThrownBy(() -> Npy.load(stored)).isInstanceOf(FileFormatException.class).hasMessageContaining("Npz.load");
  }

  @Test
  void largeTensorsPassInPieces() throws IOException {
    Torch.manualSeed(0);
    Tensor x = Torch.rand(300, 1001);
    Path file = folder.resolve("x.npy");
    Npy.save(file, x.t());
    assertThat(Npy.load(file).toFloatArray()).isEqualTo(x.t().toFloatArray());
    Npz.saveCompressed(file, Map.of("x", x));
    assertThat(Npz.load(file).get("x").toFloatArray()).isEqualTo(x.toFloatArray());
    Checkpoint.save(file, x);
    assertThat(((Tensor) Checkpoint.load(file)).toFloatArray()).isEqualTo(x.toFloatArray());
  }
}
