package dev.flambeau.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The type of a NumPy number in a pickle. Its byte order comes after it. */
final class NumpyDtype {
  private final StoredType type;
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

  private NumpyDtype(StoredType type) {
    this.type = type;
  }

  /** {@code dtype('f8', False, True)}. */
  static NumpyDtype of(Arguments arguments) throws IOException {
    String name = arguments.get(0, String.class);
    for (StoredType type : StoredType.values()) if (name.equals(type.numpyName)) return new NumpyDtype(type);
    throw arguments.unpickler().refuse("a NumPy number of type " + Location.quote(name) + " is not supported");
  }

  /** The state {@code (3, '<', …)}. */
  void build(@Nullable Object state, Location place) throws FileFormatException {
    Object mark = state instanceof List<?> parts && parts.size() > 1 ? parts.get(1) : null;
    if (!(mark instanceof String s) || s.length() != 1 || "<>|=".indexOf(s.charAt(0)) < 0) {
      throw place.error("a NumPy dtype has the unknown state " + Values.describe(state));
    }
    order = s.equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  /** {@code scalar(dtype, bytes)}: Boolean, Long or Double. */
  static Object scalar(Arguments arguments) throws IOException {
    NumpyDtype dtype = arguments.get(0, NumpyDtype.class);
    byte[] bytes = arguments.get(1, byte[].class);
    if (bytes.length != dtype.type.bytes) {
      throw arguments.unpickler().refuse("a NumPy " + dtype.type.torchName + " has " + bytes.length + " bytes");
    }
    Object array = dtype.type.dtype.element().allocate(1);
    dtype.type.decode(ByteBuffer.wrap(bytes).order(dtype.order), array, 0, 1);
    return switch (array) {
      case float[] x -> (double) x[0];
      case double[] x -> x[0];
      case long[] x -> x[0];
      case int[] x -> (long) x[0];
      case byte[] x when dtype.type == StoredType.BOOL -> x[0] != 0;
      case byte[] x -> (long) (x[0] & 0xff);
      default -> throw new IllegalStateException("unexpected elements " + array);
    };
  }
}
