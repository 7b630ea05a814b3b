package dev.flambeau.io;

import dev.flambeau.Tensor;
import dev.flambeau.array.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an .npy file says of its elements, a dict in Python's notation. */
record NpyHeader(StoredType type, ByteOrder order, boolean fortranOrder, Shape shape, long length) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int PREFIX = MAGIC.length + 2;
  private static final int MAX_LENGTH = 1 << 16;
  private static final int ALIGNMENT = 64;

  /** Reads the header; {@code length} counts all bytes before the elements. */
  static NpyHeader read(Location place, Bytes bytes, long size) throws IOException {
    byte[] prefix = next(place, bytes, size, 0, PREFIX);
    if (!Arrays.equals(prefix, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw place.error("expected NumPy's .npy format, but the file does not begin with \\x93NUMPY");
    }
    int major = prefix[MAGIC.length];
    int minor = prefix[MAGIC.length + 1];
    if (major < 1 || major > 3 || minor != 0) {
      throw place.error("the format's version is " + major + "." + minor + "; 1.0, 2.0 and 3.0 are read");
    }
    int width = major == 1 ? 2 : 4;
    ByteBuffer field = ByteBuffer.wrap(next(place, bytes, size, PREFIX, width)).order(ByteOrder.LITTLE_ENDIAN);
    long length = width == 2 ? Short.toUnsignedInt(field.getShort(0)) : Integer.toUnsignedLong(field.getInt(0));
    if (length > MAX_LENGTH)
      throw place.error("the header has " + length + " bytes, at most " + MAX_LENGTH + " are read");
    byte[] text = next(place, bytes, size, PREFIX + width, (int) length);
    return new Parser(place, new String(text, major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1))
        .header(PREFIX + width + length);
  }

  private static byte[] next(Location place, Bytes bytes, long size, long at, int length) throws IOException {
    if (length > size - at) throw place.error("the file of " + size + " bytes ends within its header; it is truncated");
    byte[] next = new byte[length];
    bytes.read(ByteBuffer.wrap(next));
    return next;
  }

  /** The header of a tensor written in row-major order. */
  static byte[] of(Tensor x) {
    StoredType type = StoredType.of(x.dtype());
    StringBuilder text = new StringBuilder("{'descr': '").append(type.bytes == 1 ? '|' : '<').append(type.numpyName)
        .append("', 'fortran_order': False, 'shape': (");
    for (long size : x.shape()) text.append(size).append(x.dim() == 1 ? "," : ", ");
    if (x.dim() > 1) text.setLength(text.length() - 2);
    text.append("), }");
    while ((PREFIX + 2 + text.length() + 1) % ALIGNMENT != 0) text.append(' ');
    text.append('\n');
    return ByteBuffer.allocate(PREFIX + 2 + text.length()).order(ByteOrder.LITTLE_ENDIAN).put(MAGIC).put((byte) 1)
        .put((byte) 0)
        .putShort((short) text.length()).put(text.toString().getBytes(StandardCharsets.ISO_8859_1)).array();
  }

  /** Reads {@code {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }} and nothing else. */
  private static final class Parser {
    private final Location place;
    private final String text;
    private int at;

    Parser(Location place, String text) {
      this.place = place;
      this.text = text;
    }

    NpyHeader header(long length) throws FileFormatException {
      String descr = null;
      Boolean fortran = null;
      Shape shape = null;
      expect('{');
      while (!taken('}')) {
        String key = string();
        expect(':');
        switch (key) {
          case "descr" -> descr = once(key, descr, descr());
          case "fortran_order" -> fortran = once(key, fortran, truth());
          case "shape" -> shape = once(key, shape, tuple());
          default -> throw error("an unknown key " + Location.quote(key));
        }
        if (!taken(',') && !next('}')) throw error("no comma");
      }
      skipSpace();
      if (at < text.length()) throw error("more behind the dict");
      if (descr == null || fortran == null || shape == null) throw error("not all of descr, fortran_order and shape");
      return new NpyHeader(type(descr), descr.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
          fortran,
          shape, length);
    }

    private <T> T once(String key, @Nullable T before, T value) throws FileFormatException {
      if (before != null) throw error("two times " + Location.quote(key));
      return value;
    }

    private StoredType type(String descr) throws FileFormatException {
      if (descr.length() > 1 && "<>|=".indexOf(descr.charAt(0)) >= 0) {
        for (StoredType type : StoredType.values()) if (descr.substring(1).equals(type.numpyName)) return type;
      }
      throw place.error("the elements are of NumPy's type " + Location.quote(descr)
          + (descr.endsWith("O") ? ", which are Python objects and"
              + " are never read" : ", which is not supported")
          + "; supported are: " + StoredType.supported());
    }

    private String descr() throws FileFormatException {
      if (next('[')) throw place.error("the elements are records of several fields, which no tensor can hold");
      return string();
    }

    private String string() throws FileFormatException {
      skipSpace();
      char quote = at < text.length() ? text.charAt(at) : 0;
      int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
      if (end < 0 || text.substring(at, end).indexOf('\\') >= 0) throw error("no plain string");
      String value = text.substring(at + 1, end);
      at = end + 1;
      return value;
    }

    private boolean truth() throws FileFormatException {
      skipSpace();
      for (String word : new String[] {"True", "False"}) {
        if (text.startsWith(word, at)) {
          at += word.length();
          return word.equals("True");
        }
      }
      throw error("neither True nor False");
    }

    private Shape tuple() throws FileFormatException {
      expect('(');
      List<Long> sizes = new ArrayList<>();
      while (!taken(')')) {
        sizes.add(number());
        if (sizes.size() > Elements.MAX_RANK) throw error("more than " + Elements.MAX_RANK + " dimensions");
        if (!taken(',') && !next(')')) throw error("no comma");
      }
      return Elements.shape(place, sizes.stream().mapToLong(Long::longValue).toArray());
    }

    private long number() throws FileFormatException {
      skipSpace();
      int start = at;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') at++;
      int end = at;
      // As Python 2 wrote it.
      if (at < text.length() && text.charAt(at) == 'L') at++;
      if (end == start || end - start > 18) throw error("no whole number of up to 18 digits");
      return Long.parseLong(text.substring(start, end));
    }

    private void expect(char wanted) throws FileFormatException { if (!taken(wanted)) throw error("no " + wanted); }

    private boolean taken(char wanted) {
      if (!next(wanted)) return false;
      at++;
      return true;
    }

    private boolean next(char wanted) {
      skipSpace();
      return at < text.length() && text.charAt(at) == wanted;
    }

    private void skipSpace() { while (at < text.length() && Character.isWhitespace(text.charAt(at))) at++; }

    private FileFormatException error(String found) {
      return place.error("expected a header {'descr': …, 'fortran_order': …, 'shape': (…)}, but there is " + found
          + " at character " + at
          + " of " + Location.quote(text.strip()));
    }
  }
}
