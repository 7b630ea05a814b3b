package dev.flambeau.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Pickles and archives put together by hand. */
final class Hostile {
  private Hostile() {}

  /** A pickle of parts: strings stand for their Latin-1 bytes, numbers for one byte, arrays for themselves. */
  static byte[] pickle(Object... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x80, 2});
    for (Object part : parts) {
      switch (part) {
        case String s -> out.writeBytes(s.getBytes(StandardCharsets.ISO_8859_1));
        case byte[] bytes -> out.writeBytes(bytes);
        case Integer b -> out.write(b);
        default -> throw new IllegalArgumentException(part.toString());
      }
    }
    return out.toByteArray();
  }

  static byte[] little(int n) { return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(n).array(); }

  static byte[] little(long n) { return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(n).array(); }

  /** The operations for an int of 64 bits. */
  static String integer(long n) { return "\u008a\u0008" + new String(little(n), StandardCharsets.ISO_8859_1); }

  static String string(String s) { return "X" + new String(little(s.length()), StandardCharsets.ISO_8859_1) + s; }

  static String tuple(long... values) {
    StringBuilder text = new StringBuilder("(");
    for (long value : values) text.append(integer(value));
    return text + "t";
  }

  static String storage(String type, String key, long numel) {
    return "(" + string("storage") + "c" + type + "\n" + string(key) + string("cpu") + integer(numel) + "tQ";
  }

  /** A tensor on {@code storage}. */
  static String tensor(String storage, long offset, String sizes, String strides) {
    return "ctorch._utils\n_rebuild_tensor_v2\n(" + storage + integer(offset) + sizes + strides
        + "\u0089ccollections\nOrderedDict\n)RtR";
  }

  /** The archive that torch.save would write, with one storage "0" of four floats. */
  static byte[] archive(byte[] pickle) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("archive/data.pkl", pickle);
    entries.put("archive/data/0", new byte[16]);
    return zip(entries, true);
  }

  static byte[] zip(Map<String, byte[]> entries, boolean deflated) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        ZipEntry made = new ZipEntry(entry.getKey());
        if (!deflated) {
          java.util.zip.CRC32 crc = new java.util.zip.CRC32();
          crc.update(entry.getValue());
          made.setMethod(ZipEntry.STORED);
          made.setSize(entry.getValue().length);
          made.setCrc(crc.getValue());
        }
        zip.putNextEntry(made);
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A safetensors file of this header and so many bytes. */
  static byte[] safetensors(String header, int bytes) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json)
        .array();
  }

  /** An .npy file of version 1.0, of this header and so many bytes. */
  static byte[] npy(String header, int bytes) {
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(10 + text.length + bytes).order(ByteOrder.LITTLE_ENDIAN).put((byte) 0x93)
        .put("NUMPY\u0001\u0000".getBytes(StandardCharsets.ISO_8859_1)).putShort((short) text.length).put(text).array();
  }
}
