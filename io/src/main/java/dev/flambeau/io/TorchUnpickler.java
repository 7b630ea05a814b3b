package dev.flambeau.io;

import dev.flambeau.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;
import org.jspecify.annotations.Nullable;

/**
 * Unpickles what weights are made of, and nothing else.
 *
 * <p>The library reads numbers and keeps stack and memo. Everything that could do or cost more is decided here: only the opcodes listed here are taken; a name is looked up in {@link TorchGlobals} and refused if it is not there, so the library's own constructors are never
 * reached; lengths are compared with the bytes that are left before anything is allocated.
 *
 * @see <a href="https://docs.python.org/3/library/pickletools.html">the opcodes</a>
 */
final class TorchUnpickler extends Unpickler {
  /** Bounds time, and memory too, as a step stands for some 25 bytes: enough for 90,000 tensors. */
  private static final int MAX_WORK = 10_000_000;
  private static final int HEAVY = 4;
  private static final int MAX_NAME = 1000;

  /** What the library does as it should, in constant time and memory. */
  private static final Set<Short> OF_THE_LIBRARY =
      Set.of(Opcodes.PROTO, Opcodes.FRAME, Opcodes.MARK, Opcodes.STOP, Opcodes.POP, Opcodes.DUP, Opcodes.NONE,
          Opcodes.NEWTRUE, Opcodes.NEWFALSE, Opcodes.BINFLOAT, Opcodes.EMPTY_LIST, Opcodes.LIST, Opcodes.APPEND,
          Opcodes.BINGET, Opcodes.LONG_BINGET,
          Opcodes.BINPUT, Opcodes.LONG_BINPUT, Opcodes.MEMOIZE);

  /** Where the elements of storages come from. */
  interface Storages {
    /** A vector of the {@code count} elements of a storage. Called once for each storage that a tensor needs. */
    Tensor vector(StorageRef storage, StoredType type, long count, Location place) throws IOException;
  }

  private record Loaded(StoredType type, Tensor vector) {}

  private final PickleInput pickle;
  private final Storages storages;
  private final Map<String, StorageRef> declared = new LinkedHashMap<>();
  private final Map<String, Loaded> loaded = new HashMap<>();
  private final Set<Object> orderedDicts = Collections.newSetFromMap(new IdentityHashMap<>());
  private long work;

  TorchUnpickler(PickleInput pickle, Storages storages) {
    this.pickle = pickle;
    this.storages = storages;
  }

  /** The one value of the pickle: null, Boolean, Long, BigInteger, Double, String, byte[], DType, Tensor, or List, Set, Map of these. */
  @Nullable Object read() throws IOException {
    Object value;
    try {
      value = load(pickle);
    } catch (RuntimeException e) {
      // The library tells of broken pickles by whichever exception happens: casts, indices, its own.
      FileFormatException refused = pickle.place().error("the pickle is corrupt (" + e.getMessage() + ")");
      refused.initCause(e);
      throw refused;
    }
    Values.check(pickle.place(), value);
    return value;
  }

  /** The storages that the pickle named, by their keys. */
  Map<String, StorageRef> declared() { return declared; }

  @Override
  protected Object dispatch(short opcode) throws IOException {
    charge(cost(opcode));
    if (OF_THE_LIBRARY.contains(opcode)) return super.dispatch(opcode);
    switch (opcode) {
      case Opcodes.BININT, Opcodes.BININT1, Opcodes.BININT2, Opcodes.LONG1 -> {
        super.dispatch(opcode);
        if (stack.pop() instanceof Number n) stack.add(n instanceof Integer i ? (Number) i.longValue() : n);
      }
      case Opcodes.POP_MARK -> stack.pop_all_since_marker();
      case Opcodes.SHORT_BINSTRING -> stack.add(new String(bytes(1), StandardCharsets.ISO_8859_1));
      case Opcodes.BINSTRING -> stack.add(new String(bytes(4), StandardCharsets.ISO_8859_1));
      case Opcodes.SHORT_BINUNICODE -> stack.add(new String(bytes(1), StandardCharsets.UTF_8));
      case Opcodes.BINUNICODE -> stack.add(new String(bytes(4), StandardCharsets.UTF_8));
      case Opcodes.BINUNICODE8 -> stack.add(new String(bytes(8), StandardCharsets.UTF_8));
      case Opcodes.SHORT_BINBYTES -> stack.add(bytes(1));
      case Opcodes.BINBYTES -> stack.add(bytes(4));
      case Opcodes.BINBYTES8, Opcodes.BYTEARRAY8 -> stack.add(bytes(8));
      case Opcodes.EMPTY_TUPLE -> stack.add(tuple());
      case Opcodes.TUPLE1 -> stack.add(tuple(stack.pop()));
      case Opcodes.TUPLE2 -> {
        Object second = stack.pop();
        stack.add(tuple(stack.pop(), second));
      }
      case Opcodes.TUPLE3 -> {
        Object third = stack.pop();
        Object second = stack.pop();
        stack.add(tuple(stack.pop(), second, third));
      }
      case Opcodes.TUPLE -> stack.add(tuple(stack.pop_all_since_marker().toArray()));
      case Opcodes.APPENDS -> {
        List<Object> items = stack.pop_all_since_marker();
        list(stack.peek()).addAll(items);
      }
      case Opcodes.EMPTY_DICT -> stack.add(new LinkedHashMap<>());
      case Opcodes.DICT -> stack.add(put(new LinkedHashMap<>(), stack.pop_all_since_marker()));
      case Opcodes.SETITEM -> {
        Object value = stack.pop();
        Object key = stack.pop();
        put(dict(stack.peek()), Arrays.asList(key, value));
      }
      case Opcodes.SETITEMS -> {
        List<Object> items = stack.pop_all_since_marker();
        put(dict(stack.peek()), items);
      }
      case Opcodes.EMPTY_SET -> stack.add(new LinkedHashSet<>());
      case Opcodes.FROZENSET -> stack.add(set(stack.pop_all_since_marker()));
      case Opcodes.ADDITEMS -> {
        List<Object> items = stack.pop_all_since_marker();
        if (!(stack.peek() instanceof LinkedHashSet<?>)) throw refuse("elements are added to what is not a set");
        @SuppressWarnings("unchecked")
        Set<Object> set = (Set<Object>) stack.peek();
        set.addAll(set(items));
      }
      case Opcodes.GLOBAL -> {
        String module = name();
        stack.add(TorchGlobals.find(module, name(), pickle.place()));
      }
      case Opcodes.STACK_GLOBAL -> {
        Object name = stack.pop();
        Object module = stack.pop();
        if (!(module instanceof String m && name instanceof String n)) throw refuse("a name is not a string");
        stack.add(TorchGlobals.find(m, n, pickle.place()));
      }
      case Opcodes.REDUCE, Opcodes.NEWOBJ -> {
        Object arguments = stack.pop();
        Object callee = stack.pop();
        if (!(callee instanceof TorchGlobals.Call call && arguments instanceof List<?> list)) {
          throw refuse("the pickle calls " + Values.describe(callee) + " with " + Values.describe(arguments));
        }
        stack.add(call.body().apply(new Arguments(this, call.name(), list)));
      }
      case Opcodes.BUILD -> build(stack.pop(), stack.peek());
      case Opcodes.BINPERSID -> stack.add(storage(stack.pop()));
      default -> throw refuse("the pickle has the operation " + opcode + ", which weights do not need");
    }
    return NO_RETURN_VALUE;
  }

  /** What leaves a container, a string or an entry of a table behind is heavy. */
  private static int cost(short opcode) {
    return switch (opcode) {
      case Opcodes.NONE, Opcodes.NEWTRUE, Opcodes.NEWFALSE, Opcodes.MARK, Opcodes.POP, Opcodes.POP_MARK, Opcodes.DUP ->
          1;
      case Opcodes.BININT, Opcodes.BININT1, Opcodes.BININT2, Opcodes.BINFLOAT, Opcodes.BINGET, Opcodes.LONG_BINGET -> 1;
      default -> HEAVY;
    };
  }

  /** Counts work and memory that one operation may take again and again: copies of what is there already. */
  void charge(int units) throws FileFormatException {
    work += units;
    if (work > MAX_WORK) throw refuse("the pickle takes more than " + MAX_WORK + " steps to read");
  }

  /** The bytes after a length of {@code width} bytes, if there are so many. */
  private byte[] bytes(int width) throws IOException {
    long length = 0;
    for (int i = 0; i < width; i++) length |= (long) pickle.read() << (8 * i);
    if (length < 0 || length > pickle.remaining()) {
      throw refuse("a string or bytes of length " + Long.toUnsignedString(length) + " go beyond the end of the pickle");
    }
    return PickleUtils.readbytes(pickle, length);
  }

  /** A line of text: the module or the name of a global. */
  private String name() throws IOException {
    StringBuilder name = new StringBuilder();
    for (int c = pickle.read(); c != '\n'; c = pickle.read()) {
      if (name.length() == MAX_NAME) throw refuse("the name of a global is longer than " + MAX_NAME + " characters");
      name.append((char) c);
    }
    return name.toString();
  }

  private static List<Object> tuple(Object... items) { return Collections.unmodifiableList(Arrays.asList(items)); }

  @SuppressWarnings("unchecked")
  private List<Object> list(Object value) throws FileFormatException {
    if (!(value instanceof ArrayList<?>)) throw refuse("elements are appended to what is not a list");
    return (List<Object>) value;
  }

  @SuppressWarnings("unchecked")
  private Map<Object, Object> dict(Object value) throws FileFormatException {
    if (!(value instanceof LinkedHashMap<?, ?>)) throw refuse("an item is put into what is not a dict");
    return (Map<Object, Object>) value;
  }

  private Map<Object, Object> put(Map<Object, Object> dict, List<Object> items) throws FileFormatException {
    if (items.size() % 2 != 0) throw refuse("a dict is given a key without a value");
    for (int i = 0; i < items.size(); i += 2) dict.put(hashable(items.get(i)), items.get(i + 1));
    return dict;
  }

  Set<Object> set(Collection<?> items) throws FileFormatException {
    charge(items.size());
    Set<Object> set = new LinkedHashSet<>();
    for (Object item : items) set.add(hashable(item));
    return set;
  }

  /** Keys are plain values: hashing containers could take forever. */
  private @Nullable Object hashable(@Nullable Object key) throws FileFormatException {
    if (key == null || key instanceof String || key instanceof Number || key instanceof Boolean) return key;
    throw refuse("expected a string, a number, a boolean or None as the key of a dict or the element of a set, not "
        + Values.describe(key));
  }

  /** collections.OrderedDict and Counter: empty, from pairs, or from a dict. */
  Map<Object, Object> orderedDict(List<?> arguments) throws FileFormatException {
    Map<Object, Object> dict = new LinkedHashMap<>();
    Object content = arguments.isEmpty() ? List.of() : arguments.getFirst();
    if (content instanceof Map<?, ?> map) {
      charge(map.size());
      for (Map.Entry<?, ?> entry : map.entrySet()) dict.put(hashable(entry.getKey()), entry.getValue());
    } else if (content instanceof List<?> pairs) {
      charge(pairs.size());
      for (Object pair : pairs) {
        if (!(pair instanceof List<?> two && two.size() == 2)) throw refuse("a dict is made of what are not pairs");
        dict.put(hashable(two.get(0)), two.get(1));
      }
    } else {
      throw refuse("a dict is made of " + Values.describe(content));
    }
    orderedDicts.add(dict);
    return dict;
  }

  private void build(@Nullable Object state, Object target) throws FileFormatException {
    if (target instanceof NumpyDtype dtype) dtype.build(state, pickle.place());
    // The attributes of a state dict are version numbers of its layers.
    else if (!orderedDicts.contains(target) || !(state instanceof Map<?, ?>)) {
      throw refuse("the pickle sets attributes of " + Values.describe(target));
    }
  }

  private StorageRef storage(@Nullable Object id) throws FileFormatException {
    if (!(id instanceof List<?> parts && parts.size() >= 5 && "storage".equals(parts.get(0))
        && parts.get(1) instanceof TorchGlobals.StorageClass type && parts.get(2) instanceof String key
        && parts.get(4) instanceof Long numel)) {
      throw refuse("expected a persistent id ('storage', class, key, location, size), not " + Values.describe(id));
    }
    if (parts.size() > 5 && parts.get(5) != null) {
      throw refuse(
          "storage " + Location.quote(key) + " is a part of another one, as PyTorch wrote it before version 0.4;"
              + " load and save the file with a newer PyTorch");
    }
    StorageRef storage = new StorageRef(key, type.type(), numel);
    StorageRef before = declared.putIfAbsent(key, storage);
    if (before != null && !before.equals(storage)) {
      throw refuse("storage " + Location.quote(key) + " is described in two ways: " + before + " and " + storage);
    }
    if (numel < 0 || numel > Integer.MAX_VALUE * 8L)
      throw refuse("storage " + Location.quote(key) + " has " + numel + " elements");
    return storage;
  }

  /** The memory of a storage, read as {@code type}. */
  Tensor vector(StorageRef storage, StoredType type) throws IOException {
    Loaded known = loaded.get(storage.key());
    if (known == null) {
      if (storage.bytes() % type.bytes != 0) {
        throw refuse(
            "storage " + Location.quote(storage.key()) + " of " + storage.bytes() + " bytes has no whole number of "
                + type.torchName + " elements");
      }
      known = new Loaded(type, storages.vector(storage, type, storage.bytes() / type.bytes, pickle.place()));
      loaded.put(storage.key(), known);
    }
    if (known.type() != type) {
      throw refuse("storage " + Location.quote(storage.key()) + " is used as " + known.type().torchName + " and as "
          + type.torchName + "; clone one of the tensors before saving them");
    }
    return known.vector();
  }

  /** What was loaded of a storage, or null if no tensor needed it. */
  @Nullable Tensor loadedVector(String key) {
    Loaded known = loaded.get(key);
    return known == null ? null : known.vector();
  }

  @Nullable StoredType loadedType(String key) {
    Loaded known = loaded.get(key);
    return known == null ? null : known.type();
  }

  Location place() { return pickle.place(); }

  FileFormatException refuse(String problem) { return pickle.place().error(problem); }
}
