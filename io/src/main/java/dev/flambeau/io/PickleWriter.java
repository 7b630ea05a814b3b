package dev.flambeau.io;

import dev.flambeau.DType;
import dev.flambeau.Tensor;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Array;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleUtils;
import org.jspecify.annotations.Nullable;

/**
 * Pickles what checkpoints hold, in protocol 2 and with no operation that {@code torch.load(weights_only=True)} would refuse.
 *
 * <p>Tensors are written as views of storages; the storages are collected to be written elsewhere.
 */
final class PickleWriter {
  private static final int MAX_LONG_BYTES = 255;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Map<String, Integer> memo = new HashMap<>();
  private final Map<DType, Map<Object, Integer>> keys = new EnumMap<>(DType.class);
  private final List<Tensor> storages = new ArrayList<>();
  private int depth;

  byte[] pickle(@Nullable Object value) {
    op(Opcodes.PROTO).write(2);
    write(value);
    op(Opcodes.STOP);
    return out.toByteArray();
  }

  /** For each storage, by its key, a tensor on it. */
  List<Tensor> storages() { return storages; }

  private void write(@Nullable Object value) {
    if (++depth > Values.MAX_DEPTH) {
      throw new IllegalArgumentException("save: containers are nested more than " + Values.MAX_DEPTH
          + " deep; does one hold itself?");
    }
    switch (value) {
      case null -> op(Opcodes.NONE);
      case Boolean b -> op(b ? Opcodes.NEWTRUE : Opcodes.NEWFALSE);
      case Long n -> integer(n);
      case Integer n -> integer(n);
      case Short n -> integer(n);
      case Byte n -> integer(n);
      case BigInteger n -> integer(n);
      case Double x -> real(x);
      case Float x -> real(x);
      case String s -> string(s);
      case byte[] bytes -> bytes(bytes);
      case DType dtype -> global("torch", dtype.torchName().substring("torch.".length()));
      case Tensor x -> tensor(x);
      case Map<?, ?> map -> map(map);
      case Set<?> set -> set(set);
      case Collection<?> items -> list(items);
      default -> throw new IllegalArgumentException(
          "save: expected null, a boolean, a number, a string, byte[], a DType, a Tensor, or"
              + " a Map, List or Set of these, but there is a " + value.getClass().getName());
    }
    depth--;
  }

  private ByteArrayOutputStream op(short opcode) {
    out.write(opcode);
    return out;
  }

  private void integer(long n) {
    if (n >= 0 && n <= 0xff) op(Opcodes.BININT1).write((int) n);
    else if (n == (int) n) op(Opcodes.BININT).writeBytes(PickleUtils.integer_to_bytes((int) n));
    else integer(BigInteger.valueOf(n));
  }

  private void integer(BigInteger n) {
    byte[] bytes = PickleUtils.encode_long(n);
    if (bytes.length > MAX_LONG_BYTES) throw new IllegalArgumentException("save: an integer has " + bytes.length
        + " bytes, at most " + MAX_LONG_BYTES + " can be written");
    op(Opcodes.LONG1).write(bytes.length);
    out.writeBytes(bytes);
  }

  private void real(double x) { op(Opcodes.BINFLOAT).writeBytes(PickleUtils.double_to_bytes(x)); }

  private void string(String s) {
    if (recalled(s)) return;
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(s));
      byte[] utf8 = new byte[encoded.remaining()];
      encoded.get(utf8);
      op(Opcodes.BINUNICODE).writeBytes(PickleUtils.integer_to_bytes(utf8.length));
      out.writeBytes(utf8);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "save: a string has half of a surrogate pair, which no file can hold: " + Location.quote(s), e);
    }
    memoize(s);
  }

  /** As Python does it in protocol 2, which has no bytes. */
  private void bytes(byte[] bytes) {
    global("_codecs", "encode");
    string(new String(bytes, StandardCharsets.ISO_8859_1));
    string("latin1");
    op(Opcodes.TUPLE2);
    op(Opcodes.REDUCE);
  }

  private void global(String module, String name) {
    String line = module + "\n" + name + "\n";
    if (recalled(line)) return;
    op(Opcodes.GLOBAL).writeBytes(line.getBytes(StandardCharsets.UTF_8));
    memoize(line);
  }

  private boolean recalled(String written) {
    Integer index = memo.get(written);
    if (index == null) return false;
    indexed(Opcodes.BINGET, Opcodes.LONG_BINGET, index);
    return true;
  }

  private void memoize(String written) {
    memo.put(written, memo.size());
    indexed(Opcodes.BINPUT, Opcodes.LONG_BINPUT, memo.size() - 1);
  }

  private void indexed(short small, short large, int index) {
    if (index <= 0xff) op(small).write(index);
    else op(large).writeBytes(PickleUtils.integer_to_bytes(index));
  }

  /** A map of tensors is a state dict, which PyTorch keeps in an OrderedDict. */
  private void map(Map<?, ?> map) {
    boolean state = !map.isEmpty() && map.values().stream().allMatch(Tensor.class::isInstance);
    if (state) emptyOrderedDict();
    else op(Opcodes.EMPTY_DICT);
    op(Opcodes.MARK);
    map.forEach((key, value) -> {
      write(plain(key));
      write(value);
    });
    op(Opcodes.SETITEMS);
  }

  private void emptyOrderedDict() {
    global("collections", "OrderedDict");
    op(Opcodes.EMPTY_TUPLE);
    op(Opcodes.REDUCE);
  }

  private void list(Collection<?> items) {
    op(Opcodes.EMPTY_LIST);
    op(Opcodes.MARK);
    items.forEach(this::write);
    op(Opcodes.APPENDS);
  }

  private void set(Set<?> set) {
    global("__builtin__", "set");
    op(Opcodes.EMPTY_LIST);
    op(Opcodes.MARK);
    set.forEach(item -> write(plain(item)));
    op(Opcodes.APPENDS);
    op(Opcodes.TUPLE1);
    op(Opcodes.REDUCE);
  }

  private static @Nullable Object plain(@Nullable Object key) {
    if (key == null || key instanceof String || key instanceof Number || key instanceof Boolean) return key;
    throw new IllegalArgumentException(
        "save: expected a string, a number, a boolean or null as the key of a map or the element of"
            + " a set, not a " + key.getClass().getName());
  }

  /** A view of a storage: (storage, offset, sizes, strides, requires grad, no hooks). */
  private void tensor(Tensor x) {
    if (x.numel() > 0) for (long stride : x.strides()) if (stride < 0) x = x.contiguous();
    global("torch._utils", "_rebuild_tensor_v2");
    op(Opcodes.MARK);
    storage(x);
    integer(x.storageOffset());
    longs(x.shape());
    longs(x.strides());
    write(x.requiresGrad());
    emptyOrderedDict();
    op(Opcodes.TUPLE);
    op(Opcodes.REDUCE);
  }

  private void storage(Tensor x) {
    Map<Object, Integer> known = keys.computeIfAbsent(x.dtype(), dtype -> new IdentityHashMap<>());
    int key = known.computeIfAbsent(x.storage(), array -> {
      storages.add(x);
      return storages.size() - 1;
    });
    op(Opcodes.MARK);
    string("storage");
    global("torch", String.valueOf(StoredType.of(x.dtype()).storageClass));
    string(Integer.toString(key));
    string("cpu");
    integer(Array.getLength(x.storage()));
    op(Opcodes.TUPLE);
    op(Opcodes.BINPERSID);
  }

  private void longs(long[] values) {
    op(Opcodes.MARK);
    for (long value : values) integer(value);
    op(Opcodes.TUPLE);
  }
}
