package dev.flambeau.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * A zip archive read strictly: every entry lies within the file, no two share bytes, no name comes twice, and an entry gives exactly the bytes that it
 * declares. So what is read from an archive is bounded by its size, and by what deflate can do at best.
 *
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">the format</a>
 */
final class ZipArchive {
  private static final int LOCAL = 0x04034b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int END_64 = 0x06064b50;
  private static final int LOCATOR_64 = 0x07064b50;
  private static final int END_LENGTH = 22;
  private static final int CENTRAL_LENGTH = 46;
  private static final int LOCAL_LENGTH = 30;
  private static final int MAX_DIRECTORY = 1 << 26;
  /** Deflate codes 258 bytes in two bits at best. */
  private static final int MAX_INFLATION = 1032;

  private final Source source;
  private final Location place;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /** One entry; {@code data} is where its bytes begin in the file. */
  record Entry(String name, long header, long data, long compressed, long size, int crc, boolean deflated) {}

  private ZipArchive(Source source) {
    this.source = source;
    this.place = source.place();
  }

  static ZipArchive of(Source source) throws IOException {
    ZipArchive archive = new ZipArchive(source);
    archive.readDirectory();
    archive.refuseOverlaps();
    return archive;
  }

  Collection<Entry> entries() { return entries.values(); }

  @Nullable Entry find(String name) { return entries.get(name); }

  Location place(Entry entry) { return place.in(entry.name()); }

  private void readDirectory() throws IOException {
    long end = findEnd();
    ByteBuffer record = source.read(end, END_LENGTH);
    long count = Short.toUnsignedInt(record.getShort(10));
    long length = Integer.toUnsignedLong(record.getInt(12));
    long start = Integer.toUnsignedLong(record.getInt(16));
    if (end >= 20 && source.read(end - 20, 4).getInt(0) == LOCATOR_64) {
      long end64 = source.read(end - 20, 20).getLong(8);
      ByteBuffer record64 = source.read(end64, 56);
      if (record64.getInt(0) != END_64) throw place.at(end64).error("expected the end record of a zip64 archive");
      count = record64.getLong(32);
      length = record64.getLong(40);
      start = record64.getLong(48);
    }
    if (start < 0 || length < 0 || length > MAX_DIRECTORY || start > end - length) {
      throw place.at(end).error("the zip directory of " + length + " bytes at byte " + start
          + " does not lie before the end record; the archive is truncated or corrupt");
    }
    ByteBuffer directory = source.read(start, (int) length);
    for (long i = 0; i < count; i++) add(readEntry(directory, start));
  }

  private long findEnd() throws IOException {
    int tail = (int) Math.min(source.size(), END_LENGTH + 0xffff);
    ByteBuffer bytes = source.read(source.size() - tail, tail);
    for (int i = tail - END_LENGTH; i >= 0; i--) {
      if (bytes.getInt(i) == END && i + END_LENGTH + Short.toUnsignedInt(bytes.getShort(i + 20)) == tail) {
        return source.size() - tail + i;
      }
    }
    throw place.error("expected a zip archive, but its end record is missing; the file is truncated or corrupt");
  }

  private Entry readEntry(ByteBuffer directory, long start) throws IOException {
    int at = directory.position();
    Location here = place.at(start + at);
    if (directory.remaining() < CENTRAL_LENGTH || directory.getInt(at) != CENTRAL) {
      throw here.error("expected an entry of the zip directory");
    }
    int flags = Short.toUnsignedInt(directory.getShort(at + 8));
    int method = Short.toUnsignedInt(directory.getShort(at + 10));
    int crc = directory.getInt(at + 16);
    long compressed = Integer.toUnsignedLong(directory.getInt(at + 20));
    long size = Integer.toUnsignedLong(directory.getInt(at + 24));
    int nameLength = Short.toUnsignedInt(directory.getShort(at + 28));
    int extraLength = Short.toUnsignedInt(directory.getShort(at + 30));
    int commentLength = Short.toUnsignedInt(directory.getShort(at + 32));
    long header = Integer.toUnsignedLong(directory.getInt(at + 42));
    if (directory.remaining() < CENTRAL_LENGTH + nameLength + extraLength + commentLength) {
      throw here.error("an entry of the zip directory reaches beyond its end");
    }
    byte[] nameBytes = new byte[nameLength];
    directory.get(at + CENTRAL_LENGTH, nameBytes);
    String name = new String(nameBytes, StandardCharsets.UTF_8);
    int extra = at + CENTRAL_LENGTH + nameLength;
    long[] wide = {size, compressed, header};
    widen(directory, extra, extra + extraLength, wide);
    directory.position(extra + extraLength + commentLength);
    Location entry = place.in(Location.quote(name));
    if ((flags & 1) != 0) throw entry.error("the entry is encrypted");
    if (method != 0 && method != 8) {
      throw entry.error("the entry is compressed by method " + method + "; only stored and deflated ones are read");
    }
    return located(entry, name, wide[2], wide[1], wide[0], crc, method == 8);
  }

  /** Takes size, compressed size and header offset from the zip64 field where the 32-bit ones say that they are there. */
  private static void widen(ByteBuffer directory, int from, int to, long[] wide) {
    for (int at = from; at + 4 <= to;) {
      int id = Short.toUnsignedInt(directory.getShort(at));
      int end = at + 4 + Short.toUnsignedInt(directory.getShort(at + 2));
      if (id == 1) {
        int next = at + 4;
        for (int i = 0; i < wide.length; i++) {
          if (wide[i] == 0xffffffffL && next + 8 <= Math.min(end, to)) {
            wide[i] = directory.getLong(next);
            next += 8;
          }
        }
      }
      at = end;
    }
  }

  private Entry located(Location entry, String name, long header, long compressed, long size, int crc, boolean deflated)
      throws IOException {
    if (header < 0 || header > source.size() - LOCAL_LENGTH || compressed < 0 || compressed > source.size()
        || size < 0) {
      throw entry.error("the entry of " + compressed + " bytes at byte " + header + " does not lie within the file of "
          + source.size() + " bytes");
    }
    ByteBuffer local = source.read(header, LOCAL_LENGTH);
    if (local.getInt(0) != LOCAL) throw entry.error("expected the entry's header at byte " + header);
    long data = header + LOCAL_LENGTH + Short.toUnsignedInt(local.getShort(26))
        + Short.toUnsignedInt(local.getShort(28));
    if (compressed > source.size() - data) {
      throw entry.error("the entry's " + compressed + " bytes at byte " + data + " reach beyond the end of the file at "
          + source.size());
    }
    if (!deflated && size != compressed) {
      throw entry.error("a stored entry of " + compressed + " bytes declares " + size);
    }
    if (deflated && size / MAX_INFLATION > compressed) {
      throw entry.error("the entry declares " + size + " bytes, more than its " + compressed
          + " bytes can inflate to");
    }
    return new Entry(name, header, data, compressed, size, crc, deflated);
  }

  private void add(Entry entry) throws FileFormatException {
    if (entries.put(entry.name(), entry) != null)
      throw place.in(Location.quote(entry.name())).error("there are two such entries");
  }

  private void refuseOverlaps() throws FileFormatException {
    List<Entry> byPosition = new ArrayList<>(entries.values());
    byPosition.sort(Comparator.comparingLong(Entry::header));
    long free = 0;
    for (Entry entry : byPosition) {
      if (entry.header() < free)
        throw place.in(Location.quote(entry.name())).error("the entry shares bytes with another one");
      free = entry.data() + entry.compressed();
    }
  }

  /** All bytes of a small entry. */
  byte[] bytes(Entry entry, int most) throws IOException {
    if (entry.size() > most) {
      throw place(entry).error("the entry has " + entry.size() + " bytes, at most " + most + " are read");
    }
    byte[] bytes = new byte[(int) entry.size()];
    try (Reader reader = open(entry)) {
      reader.read(ByteBuffer.wrap(bytes));
      reader.finish();
    }
    return bytes;
  }

  Reader open(Entry entry) { return new Reader(entry); }

  /** Gives an entry's bytes in order and checks them. */
  final class Reader implements Bytes, Closeable {
    private final Entry entry;
    private final CRC32 crc = new CRC32();
    private final @Nullable Inflater inflater;
    private final byte[] input;
    private long position;

    private Reader(Entry entry) {
      this.entry = entry;
      this.position = entry.data();
      this.inflater = entry.deflated() ? new Inflater(true) : null;
      this.input = new byte[entry.deflated() ? 1 << 14 : 0];
    }

    @Override
    public void read(ByteBuffer to) throws IOException {
      ByteBuffer read = to.duplicate();
      if (inflater == null) {
        if (to.remaining() > entry.data() + entry.size() - position) throw tooFew();
        int wanted = to.remaining();
        source.read(position, to);
        position += wanted;
      } else {
        while (to.hasRemaining()) if (inflate(inflater, to) == 0) throw tooFew();
      }
      crc.update(read.limit(to.position()));
    }

    /** Inflates some bytes; 0 if there are no more. */
    private int inflate(Inflater inflater, ByteBuffer to) throws IOException {
      try {
        while (true) {
          int count = inflater.inflate(to);
          if (count > 0 || inflater.finished()) return count;
          if (inflater.needsDictionary()) throw place(entry).error("the entry needs a dictionary to be inflated");
          int more = (int) Math.min(input.length, entry.data() + entry.compressed() - position);
          if (more == 0) return 0;
          source.read(position, ByteBuffer.wrap(input, 0, more));
          position += more;
          inflater.setInput(input, 0, more);
        }
      } catch (DataFormatException e) {
        FileFormatException refused = place(entry).error("the entry cannot be inflated: " + e.getMessage());
        refused.initCause(e);
        throw refused;
      }
    }

    private FileFormatException tooFew() {
      return place(entry).error("the entry has fewer bytes than are needed or declared (" + entry.size() + ")");
    }

    /** Makes sure that all bytes have been read, that there are no more, and that they are the ones that were written. */
    void finish() throws IOException {
      boolean more = inflater == null ? position != entry.data() + entry.size()
          : inflater.getBytesWritten() != entry.size() || inflate(inflater, ByteBuffer.allocate(1)) != 0;
      if (more) throw place(entry).error("the entry has more bytes than are needed or declared (" + entry.size() + ")");
      // PyTorch writes 0 where it was told not to compute check sums.
      if (entry.crc() != 0 && entry.crc() != (int) crc.getValue()) {
        throw place(entry).error("the entry's check sum is not that of its bytes; the file is corrupt");
      }
    }

    @Override
    public void close() { if (inflater != null) inflater.end(); }
  }
}
