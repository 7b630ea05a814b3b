package dev.flambeau.io;

import dev.flambeau.DType;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How a file stores elements, and the dtype that they are read as: the same, or the narrowest that holds every value.
 */
enum StoredType {
  FLOAT32("float32", "FloatStorage", "F32", "f4", 4, DType.FLOAT32) {
    @Override
    void decode(ByteBuffer bytes, Object array, int at, int count) {
      bytes.asFloatBuffer().get((float[]) array, at, count);
    }
  },
  FLOAT64("float64", "DoubleStorage", "F64", "f8", 8, DType.FLOAT64) {
    @Override
    void decode(ByteBuffer bytes, Object array, int at, int count) {
      bytes.asDoubleBuffer().get((double[]) array, at, count);
    }
  },
  INT64("int64", "LongStorage", "I64", "i8", 8, DType.INT64) {
    @Override
    void decode(ByteBuffer bytes, Object array, int at, int count) {
      bytes.asLongBuffer().get((long[]) array, at, count);
    }
  },
  INT32("int32", "IntStorage", "I32", "i4", 4, DType.INT32) {
    @Override
    void decode(ByteBuffer bytes, Object array, int at, int count) {
      bytes.asIntBuffer().get((int[]) array, at, count);
    }
  },
  UINT8("uint8", "ByteStorage", "U8", "u1", 1, DType.UINT8) {
    @Override
    void decode(ByteBuffer bytes, Object array, int at, int count) {
      bytes.get(bytes.position(), (byte[]) array, at, count);
    }
  },
  BOOL("bool", "BoolStorage", "BOOL", "b1", 1, DType.BOOL) {
    @Override
    void decode(ByteBuffer bytes, Object array, int at, int count) {
      byte[] truth = (byte[]) array;
      int from = bytes.position();
      for (int i = 0; i < count; i++) truth[at + i] = (byte) (bytes.get(from + i) != 0 ? 1 : 0);
    }
  },
  FLOAT16("float16", "HalfStorage", "F16", "f2", 2, DType.FLOAT32) {
    @Override
    void decode(ByteBuffer bytes, Object array, int at, int count) {
      float[] floats = (float[]) array;
      short[] halves = new short[count];
      bytes.asShortBuffer().get(halves);
      for (int i = 0; i < count; i++) floats[at + i] = Float.float16ToFloat(halves[i]);
    }
  },
  BFLOAT16("bfloat16", "BFloat16Storage", "BF16", null, 2, DType.FLOAT32) {
    @Override
    void decode(ByteBuffer bytes, Object array, int at, int count) {
      float[] floats = (float[]) array;
      short[] halves = new short[count];
      bytes.asShortBuffer().get(halves);
      for (int i = 0; i < count; i++) floats[at + i] = Float.intBitsToFloat(halves[i] << 16);
    }
  },
  INT8("int8", "CharStorage", "I8", "i1", 1, DType.INT32) {
    @Override
    void decode(ByteBuffer bytes, Object array, int at, int count) {
      int from = bytes.position();
      for (int i = 0; i < count; i++) ((int[]) array)[at + i] = bytes.get(from + i);
    }
  },
  INT16("int16", "ShortStorage", "I16", "i2", 2, DType.INT32) {
    @Override
    void decode(ByteBuffer bytes, Object array, int at, int count) {
      int from = bytes.position();
      for (int i = 0; i < count; i++) ((int[]) array)[at + i] = bytes.getShort(from + 2 * i);
    }
  },
  UINT16("uint16", null, "U16", "u2", 2, DType.INT32) {
    @Override
    void decode(ByteBuffer bytes, Object array, int at, int count) {
      int from = bytes.position();
      for (int i = 0; i < count; i++) ((int[]) array)[at + i] = bytes.getShort(from + 2 * i) & 0xffff;
    }
  },
  UINT32("uint32", null, "U32", "u4", 4, DType.INT64) {
    @Override
    void decode(ByteBuffer bytes, Object array, int at, int count) {
      int from = bytes.position();
      for (int i = 0; i < count; i++) ((long[]) array)[at + i] = bytes.getInt(from + 4 * i) & 0xffffffffL;
    }
  };

  final String torchName;
  final @Nullable String storageClass;
  final String safetensorsName;
  final @Nullable String numpyName;
  final int bytes;
  final DType dtype;

  StoredType(String torchName, @Nullable String storageClass, String safetensorsName, @Nullable String numpyName,
      int bytes, DType dtype) {
    this.torchName = torchName;
    this.storageClass = storageClass;
    this.safetensorsName = safetensorsName;
    this.numpyName = numpyName;
    this.bytes = bytes;
    this.dtype = dtype;
  }

  /** Reads {@code count} elements from the buffer's position on into a Java array of {@link #dtype}. The position stays. */
  abstract void decode(ByteBuffer bytes, Object array, int at, int count);

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
