package dev.flambeau.io;

import dev.flambeau.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Reads all golden files and writes them again into a folder, for tools/golden/files_check.py to read. */
final class Rewrite {
  private Rewrite() {}

  public static void main(String... folder) throws IOException {
    Path out = Files.createDirectories(Path.of(folder[0]));
    for (String name : GoldenFilesTest.readable().toList()) {
      Object value = GoldenFilesTest.load(Golden.file(name));
      write(out.resolve(name), value);
    }
  }

  static void write(Path file, Object value) throws IOException {
    String name = file.getFileName().toString();
    if (name.endsWith(".pth")) Checkpoint.save(file, value);
    else if (name.endsWith(".npy")) Npy.save(file, (Tensor) value);
    else if (name.endsWith(".safetensors")) SafeTensors.save(file, tensors(value), Map.of("note", "written again"));
    else if (name.startsWith("compressed")) Npz.saveCompressed(file, tensors(value));
    else Npz.save(file, tensors(value));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Tensor> tensors(Object value) { return (Map<String, Tensor>) value; }
}
