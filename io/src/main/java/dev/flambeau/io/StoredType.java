package dev.flambeau.io;

import com.google.errorprone.annotations.Immutable;
import dev.flambeau.DType;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How a file stores elements, and the dtype that they are read as: the same, or the narrowest that holds every value.
 */
enum StoredType {
  FLOAT32("float32", "FloatStorage", "F32", "f4", 4, DType.FLOAT32,
      (from, to, at, count) -> from.asFloatBuffer().get((float[]) to, at, count)),
  FLOAT64("float64", "DoubleStorage", "F64", "f8", 8, DType.FLOAT64,
      (from, to, at, count) -> from.asDoubleBuffer().get((double[]) to, at, count)),
  INT64("int64", "LongStorage", "I64", "i8", 8, DType.INT64,
      (from, to, at, count) -> from.asLongBuffer().get((long[]) to, at, count)),
  INT32("int32", "IntStorage", "I32", "i4", 4, DType.INT32,
      (from, to, at, count) -> from.asIntBuffer().get((int[]) to, at, count)),
  UINT8("uint8", "ByteStorage", "U8", "u1", 1, DType.UINT8,
      (from, to, at, count) -> from.get(from.position(), (byte[]) to, at, count)),
  BOOL("bool", "BoolStorage", "BOOL", "b1", 1, DType.BOOL, (from, to, at, count) -> {
    int first = from.position();
    for (int i = 0; i < count; i++) ((byte[]) to)[at + i] = (byte) (from.get(first + i) != 0 ? 1 : 0);
  }),
  FLOAT16("float16", "HalfStorage", "F16", "f2", 2, DType.FLOAT32, (from, to, at, count) -> {
    short[] halves = shorts(from, count);
    for (int i = 0; i < count; i++) ((float[]) to)[at + i] = Float.float16ToFloat(halves[i]);
  }),
  BFLOAT16("bfloat16", "BFloat16Storage", "BF16", null, 2, DType.FLOAT32, (from, to, at, count) -> {
    short[] halves = shorts(from, count);
    for (int i = 0; i < count; i++) ((float[]) to)[at + i] = Float.intBitsToFloat(halves[i] << 16);
  }),
  INT8("int8", "CharStorage", "I8", "i1", 1, DType.INT32, (from, to, at, count) -> {
    int first = from.position();
    for (int i = 0; i < count; i++) ((int[]) to)[at + i] = from.get(first + i);
  }),
  INT16("int16", "ShortStorage", "I16", "i2", 2, DType.INT32, (from, to, at, count) -> {
    int first = from.position();
    for (int i = 0; i < count; i++) ((int[]) to)[at + i] = from.getShort(first + 2 * i);
  }),
  UINT16("uint16", null, "U16", "u2", 2, DType.INT32, (from, to, at, count) -> {
    int first = from.position();
    for (int i = 0; i < count; i++) ((int[]) to)[at + i] = from.getShort(first + 2 * i) & 0xffff;
  }),
  UINT32("uint32", null, "U32", "u4", 4, DType.INT64, (from, to, at, count) -> {
    int first = from.position();
    for (int i = 0; i < count; i++) ((long[]) to)[at + i] = from.getInt(first + 4 * i) & 0xffffffffL;
  });

  final String torchName;
  final @Nullable String storageClass;
  final String safetensorsName;
  final @Nullable String numpyName;
  final int bytes;
  final DType dtype;
  private final Decoder decoder;

  @Immutable
  private interface Decoder {
    void decode(ByteBuffer from, Object to, int at, int count);
  }

  StoredType(String torchName, @Nullable String storageClass, String safetensorsName, @Nullable String numpyName,
      int bytes, DType dtype, Decoder decoder) {
    this.torchName = torchName;
    this.storageClass = storageClass;
    this.safetensorsName = safetensorsName;
    this.numpyName = numpyName;
    this.bytes = bytes;
    this.dtype = dtype;
    this.decoder = decoder;
  }

  /** Reads {@code count} elements from the buffer's position on into a Java array of {@link #dtype}. The position stays. */
  void decode(ByteBuffer bytes, Object array, int at, int count) { decoder.decode(bytes, array, at, count); }

  private static short[] shorts(ByteBuffer bytes, int count) {
    short[] values = new short[count];
    bytes.asShortBuffer().get(values);
    return values;
  }

  /** How elements of {@code dtype} are written. */
  static StoredType of(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> FLOAT32;
      case FLOAT64 -> FLOAT64;
      case INT64 -> INT64;
      case INT32 -> INT32;
      case UINT8 -> UINT8;
      case BOOL -> BOOL;
    };
  }

  /** Writes {@code count} elements of a Java array that holds {@code dtype} to the buffer and moves its position. */
  static void encode(DType dtype, Object array, int at, int count, ByteBuffer to) {
    switch (dtype) {
      case FLOAT32 -> to.asFloatBuffer().put((float[]) array, at, count);
      case FLOAT64 -> to.asDoubleBuffer().put((double[]) array, at, count);
      case INT64 -> to.asLongBuffer().put((long[]) array, at, count);
      case INT32 -> to.asIntBuffer().put((int[]) array, at, count);
      case UINT8, BOOL -> to.duplicate().put((byte[]) array, at, count);
    }
    to.position(to.position() + count * of(dtype).bytes);
  }

  /** The names of all, for messages. */
  static String supported() {
    StringBuilder names = new StringBuilder();
    for (StoredType type : values()) names.append(names.isEmpty() ? "" : ", ").append(type.torchName);
    return names.toString();
  }
}
