package dev.flambeau.io;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever bytes a file has, it is read or refused with a {@link FileFormatException}.
 *
 * <p>The build runs the seeds and what fuzzing found. With JAZZER_FUZZ=1 in the environment one method at a time is fuzzed:
 * {@code JAZZER_FUZZ=1 mvn -pl io test -Dtest=FileFuzzTest#pickle}.
 */
class FileFuzzTest {
  private static final int MOST = 1 << 16;

  @TempDir
  static Path folder;

  @MethodSource("pickles")
  @FuzzTest(maxDuration = "3m")
  void pickle(byte[] pickle) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("archive/data.pkl", pickle);
    for (int key = 0; key < 10; key++) entries.put("archive/data/" + key, new byte[16 * (key + 1)]);
    checkpoint(Hostile.zip(entries, false));
  }

  @MethodSource("archives")
  @FuzzTest(maxDuration = "3m")
  void checkpoint(byte[] content) throws IOException { read("x.pth", content); }

  @MethodSource("legacies")
  @FuzzTest(maxDuration = "3m")
  void legacy(byte[] content) throws IOException { read("x.pth", content); }

  @MethodSource("safetensorsFiles")
  @FuzzTest(maxDuration = "3m")
  void safetensors(byte[] content) throws IOException { read("x.safetensors", content); }

  @MethodSource("npyFiles")
  @FuzzTest(maxDuration = "3m")
  void npy(byte[] content) throws IOException { read("x.npy", content); }

  @MethodSource("npzFiles")
  @FuzzTest(maxDuration = "3m")
  void npz(byte[] content) throws IOException { read("x.npz", content); }

  private static void read(String name, byte[] content) throws IOException {
    if (content == null || content.length > MOST) return;
    try {
      Golden.describe(GoldenFilesTest.load(Files.write(folder.resolve(name), content)));
    } catch (FileFormatException expected) {
      // What is refused is refused in this way.
    }
  }

  static Stream<Arguments> pickles() {
    return files(".pth").filter(file -> !file.getFileName().toString().startsWith("legacy")).map(file -> {
      try (ZipFile zip = new ZipFile(file.toFile())) {
        return arguments((Object) zip
            .getInputStream(
                zip.stream().filter(entry -> entry.getName().endsWith("/data.pkl")).findFirst().orElseThrow())
            .readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  static Stream<Arguments> archives() {
    return contents(files(".pth").filter(file -> !file.getFileName().toString().startsWith("legacy")));
  }

  static Stream<Arguments> legacies() {
    return contents(files(".pth").filter(file -> file.getFileName().toString().startsWith("legacy")));
  }

  static Stream<Arguments> safetensorsFiles() { return contents(files(".safetensors")); }

  static Stream<Arguments> npyFiles() { return contents(files(".npy")); }

  static Stream<Arguments> npzFiles() { return contents(files(".npz")); }

  private static Stream<Path> files(String suffix) {
    try {
      return Golden.files(suffix).stream().map(Golden::file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Arguments> contents(Stream<Path> files) {
    return files.map(file -> {
      try {
        return arguments((Object) Files.readAllBytes(file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }
}
