package dev.flambeau.io;

import dev.flambeau.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Files of several named tensors in NumPy's format, {@code .npz}: zip archives of {@link Npy} files, as {@code numpy.savez} and
 * {@code numpy.savez_compressed} write them.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.savez.html">numpy.savez</a>
 */
public final class Npz {
  private static final String SUFFIX = ".npy";

  private Npz() {}

  /**
   * The tensors of a file by name, in its order.
   *
   * @throws FileFormatException if it is not a sound zip archive of .npy files, or one holds elements of another type
   * @throws IOException if it cannot be read
   */
  public static Map<String, Tensor> load(Path file) throws IOException {
    try (Source source = Source.open(file)) {
      ZipArchive archive = ZipArchive.of(source);
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (ZipArchive.Entry entry : archive.entries()) {
        String name = entry.name();
        if (!name.endsWith(SUFFIX)) throw archive.place(entry).error("expected entries that end in .npy only");
        try (ZipArchive.Reader reader = archive.open(entry)) {
          Tensor x = Npy.read(archive.place(entry), reader, entry.size(), source.chunk());
          reader.finish();
          tensors.put(name.substring(0, name.length() - SUFFIX.length()), x);
        }
      }
      return tensors;
    }
  }

  /**
   * Writes tensors, each in row-major order. The file is put into its place when it is complete.
   *
   * @throws IOException if it cannot be written
   */
  public static void save(Path file, Map<String, Tensor> tensors) throws IOException { save(file, tensors, false); }

  /** As {@link #save(Path, Map)}, smaller and slower. */
  public static void saveCompressed(Path file, Map<String, Tensor> tensors) throws IOException {
    save(file, tensors, true);
  }

  private static void save(Path file, Map<String, Tensor> tensors, boolean compressed) throws IOException {
    AtomicFile.write(file, out -> {
      try (ZipWriter zip = new ZipWriter(out)) {
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
          Tensor x = entry.getValue().detach().contiguous();
          String name = entry.getKey() + SUFFIX;
          if (compressed) zip.deflate(name, to -> Npy.write(x, to));
          else
            zip.store(name, NpyHeader.of(x).length + x.numel() * x.dtype().element().bytes(), to -> Npy.write(x, to));
        }
      }
    });
  }
}
