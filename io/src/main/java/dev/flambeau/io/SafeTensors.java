package dev.flambeau.io;

import dev.flambeau.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Files of named tensors in the safetensors format: eight bytes that tell the length of a JSON header, the header, the tensors' bytes.
 *
 * {@snippet :
 * Map<String, Tensor> weights = SafeTensors.load(Path.of("model.safetensors"));
 * SafeTensors.save(Path.of("copy.safetensors"), weights, Map.of("format", "pt"));
 * }
 *
 * <p>F16 and BF16 are widened to float32, I8, I16 and U16 to int32, U32 to int64; other types (U64, F8_E4M3, C64, …) are refused by name. Files are
 * held to the format's rules: a header of at most 100 MB, no name twice, tensors that fill the rest of the file without gaps and overlaps.
 *
 * @see <a href="https://huggingface.co/docs/safetensors/index">safetensors</a>
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
public final class SafeTensors {
  private static final int MAX_HEADER = 100_000_000;
  private static final int PREFIX = 8;

  private SafeTensors() {}

  /**
   * The tensors of a file by name, in the order of its header.
   *
   * @throws FileFormatException if it is not a sound safetensors file, or holds elements of another type
   * @throws IOException if it cannot be read
   */
  public static Map<String, Tensor> load(Path file) throws IOException {
    try (Source source = Source.open(file)) {
      SafeTensorsHeader header = header(source);
      long start = PREFIX + source.read(0, PREFIX).getLong(0);
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (Map.Entry<String, SafeTensorsHeader.Entry> entry : header.tensors().entrySet()) {
        tensors.put(entry.getKey(), read(source, entry.getKey(), entry.getValue(), start));
      }
      return tensors;
    }
  }

  /**
   * The texts that a file carries beside its tensors.
   *
   * @throws FileFormatException if it is not a sound safetensors file
   * @throws IOException if it cannot be read
   */
  public static Map<String, String> metadata(Path file) throws IOException {
    try (Source source = Source.open(file)) {
      return header(source).metadata();
    }
  }

  private static SafeTensorsHeader header(Source source) throws IOException {
    Location place = source.place().in("header");
    long length = source.read(0, PREFIX).getLong(0);
    if (length < 2 || length > MAX_HEADER || length > source.size() - PREFIX) {
      throw place.error("expected a header of 2 to " + MAX_HEADER + " bytes within the file of " + source.size()
          + ", but its length is "
          + Long.toUnsignedString(length) + "; the file is truncated, or not of the safetensors format");
    }
    byte[] json = source.read(PREFIX, (int) length).array();
    if (json[0] != '{')
      throw place.error("expected the header to begin with {; the file is not of the safetensors format");
    return SafeTensorsHeader.parse(place, json, source.size() - PREFIX - length);
  }

  private static Tensor read(Source source, String name, SafeTensorsHeader.Entry entry, long start) throws IOException {
    Location place = source.place().in("tensor " + Location.quote(name));
    Tensor vector = Elements.allocate(place, entry.type().dtype, entry.shape().numel());
    Elements.fill(vector, entry.type(), ByteOrder.LITTLE_ENDIAN, source.from(start + entry.begin()), source.chunk());
    return Elements.shaped(place, vector, entry.shape());
  }

  /** As {@link #save(Path, Map, Map)}, without metadata. */
  public static void save(Path file, Map<String, Tensor> tensors) throws IOException { save(file, tensors, Map.of()); }

  /**
   * Writes tensors, each for itself in row-major order, and texts about them. The file is put into its place when it is complete.
   *
   * @throws IllegalArgumentException if a tensor is named {@code __metadata__}; nothing is written
   * @throws IOException if it cannot be written
   */
  public static void save(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) throws IOException {
    List<Map.Entry<String, Tensor>> order = SafeTensorsHeader.order(tensors);
    byte[] header = SafeTensorsHeader.json(tensors, order, metadata);
    AtomicFile.write(file, out -> {
      out.write(ByteBuffer.allocate(PREFIX).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).array());
      out.write(header);
      for (Map.Entry<String, Tensor> entry : order) Elements.write(entry.getValue(), out);
    });
  }
}
