package dev.flambeau.io;

import dev.flambeau.DType;
import dev.flambeau.Tensor;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * PyTorch's files, {@code .pth} and {@code .pt}: what {@code torch.save} writes and {@code torch.load} reads.
 *
 * {@snippet :
 * Map<String, Tensor> weights = Checkpoint.loadStateDict(Path.of("resnet18.pth"));
 * Checkpoint.save(Path.of("mine.pth"), Map.of("model", weights, "epoch", 3));
 * }
 *
 * <p>Python's values become Java's: dict a {@code LinkedHashMap}, list and tuple a {@code List}, set a {@code Set}, int a {@code Long} (a {@code BigInteger}
 * beyond 64 bits), float a {@code Double}, str a {@code String}, bytes and bytearray {@code byte[]}, None null, a dtype a {@link DType} (its name as a string
 * where there is none here), a device its name. NumPy's scalars become numbers.
 *
 * <p>Tensors that shared memory share it again, in the layout that they had; parameters require grad. float16 and bfloat16 are widened to float32, int8,
 * int16 and uint16 to int32, uint32 to int64. Other types (complex, quantized, float8, uint64) are refused by name.
 *
 * <p>Both formats are read: the zip archive of PyTorch 1.6 and newer, of either byte order, and the older one. Files are data here, never programs: the
 * pickle in them may only use what weights need, as with {@code weights_only=True}. Whatever else it names is refused, and nothing is executed. Time
 * and memory are bounded by the size of the file, whatever it says.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/notes/serialization.html">Serialization semantics of PyTorch</a>
 */
public final class Checkpoint {
  private static final List<String> WEIGHTS = List.of("state_dict", "model_state_dict", "model", "module", "net");

  private Checkpoint() {}

  /**
   * The value in a file: a tensor, a number, a map of maps of tensors, …
   *
   * @throws FileFormatException if it is not a sound file of torch.save, or holds what is not supported
   * @throws IOException if it cannot be read
   */
  public static @Nullable Object load(Path file) throws IOException { return TorchFile.load(file); }

  /**
   * The dict in a file, as most files hold one.
   *
   * @throws FileFormatException as for {@link #load}, and if there is another value or a key is not a string
   * @throws IOException if it cannot be read
   */
  public static Map<String, @Nullable Object> loadMap(Path file) throws IOException {
    return strings(new Location(file, ""), load(file));
  }

  /**
   * The tensors of a model by name: the file's dict, or the one in it under {@code state_dict}, {@code model_state_dict}, {@code model}, {@code module} or
   * {@code net}.
   *
   * @throws FileFormatException as for {@link #load}, and if there is no such dict
   * @throws IOException if it cannot be read
   */
  public static Map<String, Tensor> loadStateDict(Path file) throws IOException {
    Location place = new Location(file, "");
    Map<String, @Nullable Object> map = strings(place, load(file));
    for (String name : WEIGHTS) {
      if (map.get(name) instanceof Map<?, ?> inner) return tensors(place.in(name), strings(place.in(name), inner));
    }
    return tensors(place, map);
  }

  static Map<String, @Nullable Object> strings(Location place, @Nullable Object value) throws FileFormatException {
    if (!(value instanceof Map<?, ?> map)) throw place.error("expected a dict, but there is " + Values.describe(value));
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String name)) {
        throw place.error("expected names as keys, but there is " + Values.describe(entry.getKey()));
      }
      named.put(name, entry.getValue());
    }
    return named;
  }

  static Map<String, Tensor> tensors(Location place, Map<String, @Nullable Object> map) throws FileFormatException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, @Nullable Object> entry : map.entrySet()) {
      if (!(entry.getValue() instanceof Tensor x)) {
        throw place.error(
            "expected tensors, but " + Location.quote(entry.getKey()) + " is " + Values.describe(entry.getValue()));
      }
      tensors.put(entry.getKey(), x);
    }
    return tensors;
  }

  /**
   * Writes a value so that {@code torch.load(file, weights_only=True)} and {@link #load} read it: null, booleans, numbers, strings, {@code byte[]}, dtypes,
   * tensors, and maps, lists and sets of these. A map of tensors becomes an OrderedDict, as a state dict is.
   *
   * <p>Storages are written as a whole and once, so tensors that share memory share it when they are read. The file is written beside its place and moved
   * into it, so {@code file} is never half-written; a former file stays if anything fails. The same value gives the same bytes.
   *
   * @throws IllegalArgumentException if there is another kind of value, or containers hold themselves; nothing is written
   * @throws IOException if it cannot be written
   */
  public static void save(Path file, @Nullable Object value) throws IOException {
    PickleWriter writer = new PickleWriter();
    byte[] pickle = writer.pickle(value);
    AtomicFile.write(file, out -> {
      try (ZipWriter zip = new ZipWriter(out)) {
        zip.store("archive/data.pkl", pickle);
        zip.store("archive/byteorder", "little".getBytes(StandardCharsets.US_ASCII));
        List<Tensor> storages = writer.storages();
        for (int key = 0; key < storages.size(); key++) {
          DType dtype = storages.get(key).dtype();
          Object array = storages.get(key).storage();
          int length = Array.getLength(array);
          zip.store("archive/data/" + key, (long) length * dtype.element().bytes(),
              to -> Elements.write(dtype, array, 0, length, to));
        }
        zip.store("archive/version", "3\n".getBytes(StandardCharsets.US_ASCII));
      }
    });
  }
}
