package dev.flambeau.io;

import dev.flambeau.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the two formats of torch.save. */
final class TorchFile {
  private static final int MAX_PICKLE = 1 << 26;
  private static final int MAX_TEXT = 100;
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final long LEGACY_VERSION = 1001;
  private static final int ZIP = 0x04034b50;
  private static final int PROTO = 0x80;

  private TorchFile() {}

  static @Nullable Object load(Path file) throws IOException {
    try (Source source = Source.open(file)) {
      if (source.size() >= 4) {
        ByteBuffer start = source.read(0, 4);
        if (start.getInt(0) == ZIP) return loadZip(source);
        if ((start.get(0) & 0xff) == PROTO) return new Legacy(source).load();
      }
      throw source.place().error("expected a file of torch.save, a zip archive or a pickle, but it is "
          + (source.size() < 4 ? "only " + source.size() + " bytes long" : "neither; is it of another format, or an"
              + " error page that was downloaded in its place?"));
    }
  }

  // ---------------------------------------------------------------- zip: one pickle, and an entry for each storage

  private static @Nullable Object loadZip(Source source) throws IOException {
    ZipArchive archive = ZipArchive.of(source);
    ZipArchive.Entry data = null;
    for (ZipArchive.Entry entry : archive.entries()) {
      int slash = entry.name().indexOf('/');
      if (slash < 0 || !entry.name().substring(slash).equals("/data.pkl")) continue;
      if (data != null) throw archive.place(entry).error("there is another pickle, " + Location.quote(data.name()));
      data = entry;
    }
    if (data == null)
      throw source.place().error("the zip archive has no entry …/data.pkl, so it is not from torch.save");
    String root = data.name().substring(0, data.name().indexOf('/') + 1);
    if (archive.find(root + "constants.pkl") != null) {
      throw source.place().error("this is a TorchScript archive, which holds a program; save its weights in Python:"
          + " torch.save(model.state_dict(), …)");
    }
    ByteOrder order = byteOrder(archive, root);
    byte[] pickle = archive.bytes(data, MAX_PICKLE);
    PickleInput input = new PickleInput(archive.place(data), new ByteArrayInputStream(pickle), pickle.length);
    return new TorchUnpickler(input, (storage, type, count, place) -> {
      String name = root + "data/" + storage.key();
      ZipArchive.Entry entry = archive.find(name);
      if (entry == null) throw place.error("the entry " + Location.quote(name) + " of a storage is missing");
      if (entry.size() != storage.bytes()) {
        throw archive.place(entry)
            .error("the entry has " + entry.size() + " bytes, but the storage has " + storage.bytes());
      }
      Tensor vector = Elements.allocate(archive.place(entry), type.dtype, count);
      try (ZipArchive.Reader reader = archive.open(entry)) {
        Elements.fill(vector, type, order, reader, source.chunk());
        reader.finish();
      }
      return vector;
    }).read();
  }

  private static ByteOrder byteOrder(ZipArchive archive, String root) throws IOException {
    ZipArchive.Entry entry = archive.find(root + "byteorder");
    if (entry == null) return ByteOrder.LITTLE_ENDIAN;
    String name = new String(archive.bytes(entry, MAX_TEXT), StandardCharsets.US_ASCII);
    return switch (name) {
      case "little" -> ByteOrder.LITTLE_ENDIAN;
      case "big" -> ByteOrder.BIG_ENDIAN;
      default -> throw archive.place(entry).error("expected little or big, not " + Location.quote(name));
    };
  }

  // ---------------------------------------------------------------- legacy: five pickles, then the storages' elements

  /** Magic number, version, system, value, keys; then for each key a count of elements and these, always little-endian. */
  private static final class Legacy {
    private final Source source;
    private long position;
    private long promised;

    Legacy(Source source) {
      this.source = source;
    }

    @Nullable Object load() throws IOException {
      if (!MAGIC.equals(next("magic number").read())) {
        throw source.place().error("expected a file of torch.save, but it is another pickle");
      }
      Object version = next("version").read();
      if (!Long.valueOf(LEGACY_VERSION).equals(version)) {
        throw source.place()
            .error("expected version " + LEGACY_VERSION + " of the format, not " + Values.describe(version));
      }
      next("system").read();
      TorchUnpickler unpickler = next("value");
      Object value = unpickler.read();
      readStorages(unpickler, next("keys").read());
      return value;
    }

    private @Nullable PickleInput input;

    private TorchUnpickler next(String part) {
      if (input != null) position += input.position();
      long length = Math.min(source.size() - position, MAX_PICKLE);
      input = new PickleInput(source.place().in("pickle of the " + part), source.stream(position), length);
      return new TorchUnpickler(input, this::allocate);
    }

    /** The elements come after the pickle: memory now, contents later. */
    private Tensor allocate(StorageRef storage, StoredType type, long count, Location place) throws IOException {
      promised += storage.bytes();
      if (storage.bytes() > source.size() || promised > source.size()) {
        throw place
            .error("the storages have at least " + Math.max(promised, storage.bytes()) + " bytes, but the file has "
                + source.size() + " in all; it is truncated or corrupt");
      }
      return Elements.allocate(place, type.dtype, count);
    }

    private void readStorages(TorchUnpickler unpickler, @Nullable Object keys) throws IOException {
      if (input != null) position += input.position();
      if (!(keys instanceof List<?> list))
        throw source.place().error("expected a list of keys, not " + Values.describe(keys));
      Map<String, StorageRef> declared = unpickler.declared();
      Set<Object> seen = new HashSet<>();
      for (Object key : list) {
        StorageRef storage = key instanceof String s ? declared.get(s) : null;
        if (storage == null || !seen.add(storage.key())) {
          throw source.place().at(position).error("there is a storage " + Values.describe(key) + ", which "
              + (storage == null ? "no tensor uses" : "came before"));
        }
        readStorage(unpickler, storage);
      }
      if (seen.size() < declared.size()) {
        throw source.place().at(position)
            .error("there are " + seen.size() + " storages, but tensors use " + declared.size());
      }
    }

    private void readStorage(TorchUnpickler unpickler, StorageRef storage) throws IOException {
      Location place =
          source.place().at(position).in("storage " + Location.quote(storage.key()) + " at byte " + position);
      long count = source.read(position, 8).getLong(0);
      if (count != storage.numel()) {
        throw place.error("there are " + count + " elements, but the storage has " + storage.numel());
      }
      position += 8;
      Tensor vector = unpickler.loadedVector(storage.key());
      StoredType type = unpickler.loadedType(storage.key());
      if (vector != null && type != null) {
        Elements.fill(vector, type, ByteOrder.LITTLE_ENDIAN, source.from(position), source.chunk());
      }
      position += storage.bytes();
      if (position > source.size()) throw place.error("the file ends before the storage does; it is truncated");
    }
  }
}
