package dev.flambeau.io;

import dev.flambeau.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names that the pickle of weights may use: those that {@code torch.load(weights_only=True)} allows and that mean something here. */
final class TorchGlobals {
  /** What a call does with its arguments. */
  interface Body {
    Object apply(Arguments arguments) throws IOException;
  }

  /** Something that may be called. */
  record Call(String name, Body body) {}

  /** A class of storages; the type is null for one of bytes. */
  record StorageClass(String name, @Nullable StoredType type) {}

  private static final int BYTES_A_STEP = 16;
  private static final Map<String, Object> ALLOWED = new HashMap<>();

  static {
    call("torch._utils._rebuild_tensor", TorchGlobals::rebuildTensor);
    call("torch._utils._rebuild_tensor_v2", TorchGlobals::rebuildTensor);
    call("torch._utils._rebuild_tensor_v3", TorchGlobals::rebuildTyped);
    call("torch._utils._rebuild_parameter", TorchGlobals::rebuildParameter);
    call("torch._utils._rebuild_parameter_with_state", TorchGlobals::rebuildParameter);
    call("torch.Size", arguments -> arguments.get(0, List.class));
    call("torch.device", TorchGlobals::device);
    for (String dict : new String[] {"OrderedDict", "Counter"}) {
      call("collections." + dict, arguments -> arguments.unpickler().orderedDict(arguments.values()));
    }
    for (String module : new String[] {"builtins", "__builtin__"}) {
      call(module + ".set", arguments -> arguments.unpickler().set(arguments.get(0, Collection.class)));
      call(module + ".bytearray", TorchGlobals::bytes);
    }
    call("_codecs.encode", TorchGlobals::bytes);
    call("numpy.dtype", NumpyDtype::of);
    call("numpy.core.multiarray.scalar", NumpyDtype::scalar);
    call("numpy._core.multiarray.scalar", NumpyDtype::scalar);
    for (StoredType type : StoredType.values()) {
      ALLOWED.put("torch." + type.torchName,
          StoredType.of(type.dtype) == type ? type.dtype : "torch." + type.torchName);
      if (type.storageClass != null) {
        for (String module : new String[] {"torch.", "torch.cuda."}) {
          ALLOWED.put(module + type.storageClass, new StorageClass(module + type.storageClass, type));
        }
      }
    }
    ALLOWED.put("torch.storage.UntypedStorage", new StorageClass("torch.storage.UntypedStorage", null));
  }

  private TorchGlobals() {}

  private static void call(String name, Body body) { ALLOWED.put(name, new Call(name, body)); }

  static Object find(String module, String name, Location place) throws FileFormatException {
    String whole = module + "." + name;
    Object global = ALLOWED.get(whole);
    if (global != null) return global;
    if (whole.startsWith("torch.")
        && (name.endsWith("Storage") || whole.matches("torch\\.(complex|float|q?u?int)\\d.*"))) {
      throw place.error("there are elements of type " + whole + ", which is not supported; these are: "
          + StoredType.supported());
    }
    throw place.error("the file wants to use " + Location.quote(whole)
        + ", which weights do not need; it was refused, and nothing was executed. If you trust the file, load it in Python and"
        + " save only its tensors: torch.save(model.state_dict(), …)");
  }

  /** (storage, offset, sizes, strides[, requires grad, hooks[, metadata]]). */
  private static Tensor rebuildTensor(Arguments arguments) throws IOException {
    arguments.count(4, 7);
    StorageRef storage = arguments.get(0, StorageRef.class);
    return rebuild(arguments, storage, storage.type() == null ? StoredType.UINT8 : storage.type());
  }

  /** (storage, offset, sizes, strides, requires grad, hooks, dtype[, metadata]). */
  private static Tensor rebuildTyped(Arguments arguments) throws IOException {
    arguments.count(7, 8);
    Object dtype = arguments.at(6);
    for (StoredType type : StoredType.values()) {
      if (ALLOWED.get("torch." + type.torchName) == dtype)
        return rebuild(arguments, arguments.get(0, StorageRef.class), type);
    }
    throw arguments.unpickler()
        .refuse(arguments.callee() + " expects a dtype as argument 6, not " + Values.describe(dtype));
  }

  private static Tensor rebuild(Arguments arguments, StorageRef storage, StoredType type) throws IOException {
    TorchUnpickler unpickler = arguments.unpickler();
    long offset = arguments.get(1, Long.class);
    long[] sizes = arguments.longs(2);
    long[] strides = arguments.longs(3);
    Tensor x = Elements.view(unpickler.place(), unpickler.vector(storage, type), offset, sizes, strides);
    return arguments.values().size() > 4 ? requireGrad(arguments, x, 4) : x;
  }

  /** (data, requires grad, hooks[, state]). */
  private static Tensor rebuildParameter(Arguments arguments) throws IOException {
    arguments.count(3, 4);
    return requireGrad(arguments, arguments.get(0, Tensor.class), 1);
  }

  private static Tensor requireGrad(Arguments arguments, Tensor x, int i) throws IOException {
    boolean wanted = arguments.get(i, Boolean.class);
    if (wanted && !x.isFloatingPoint()) {
      throw arguments.unpickler().refuse("a tensor of " + x.dtype().torchName() + " is said to require grad");
    }
    return x.requiresGrad_(wanted);
  }

  private static Object device(Arguments arguments) throws IOException {
    arguments.count(1, 2);
    String type = arguments.get(0, String.class);
    return arguments.values().size() == 1 ? type : type + ":" + arguments.get(1, Long.class);
  }

  /** bytes and bytearrays: from bytes, or from a string of Latin-1 characters and the name of that encoding. */
  private static Object bytes(Arguments arguments) throws IOException {
    arguments.count(0, 2);
    if (arguments.values().isEmpty()) return new byte[0];
    if (arguments.values().size() == 1) return charged(arguments, arguments.get(0, byte[].class).clone());
    String encoding = arguments.get(1, String.class);
    if (!encoding.equals("latin1") && !encoding.equals("latin-1")) {
      throw arguments.unpickler().refuse("bytes are encoded in " + Location.quote(encoding) + ", not in latin1");
    }
    return charged(arguments, arguments.get(0, String.class).getBytes(StandardCharsets.ISO_8859_1));
  }

  private static byte[] charged(Arguments arguments, byte[] bytes) throws IOException {
    arguments.unpickler().charge(bytes.length / BYTES_A_STEP);
    return bytes;
  }
}
