package dev.flambeau.io;

import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a zip archive whose stored entries begin at multiples of 64 bytes. The same entries give the same bytes. */
final class ZipWriter implements Closeable {
  private static final int ALIGNMENT = 64;
  private static final int HEADER = 30;
  private static final int FIELD_HEADER = 4;
  private static final int ZIP64_FIELD = 20;
  private static final long ZIP64_SIZE = 0xffffffffL;
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private final Counter counter;
  private final ZipOutputStream zip;

  private static final class Counter extends FilterOutputStream {
    long count;

    Counter(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      count += length;
    }
  }

  ZipWriter(OutputStream out) {
    counter = new Counter(out);
    zip = new ZipOutputStream(counter);
  }

  void store(String name, byte[] content) throws IOException { store(name, content.length, out -> out.write(content)); }

  /** Stores what {@code body} writes. It is run twice: the check sum comes first. */
  void store(String name, long size, AtomicFile.Body body) throws IOException {
    CheckedOutputStream sum = new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32());
    body.writeTo(sum);
    ZipEntry entry = entry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(size);
    entry.setCrc(sum.getChecksum().getValue());
    entry.setExtra(padding(counter.count + HEADER + name.getBytes(StandardCharsets.UTF_8).length
        + (size >= ZIP64_SIZE ? ZIP64_FIELD : 0)));
    put(entry, body);
  }

  void deflate(String name, AtomicFile.Body body) throws IOException { put(entry(name), body); }

  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(TIME);
    return entry;
  }

  private void put(ZipEntry entry, AtomicFile.Body body) throws IOException {
    zip.putNextEntry(entry);
    body.writeTo(zip);
    zip.closeEntry();
  }

  /** An extra field, "FB" as PyTorch names it, that ends at a multiple of 64. */
  private static byte[] padding(long start) {
    int length = Math.floorMod(-(start + FIELD_HEADER), ALIGNMENT);
    byte[] field = new byte[FIELD_HEADER + length];
    field[0] = 'F';
    field[1] = 'B';
    field[2] = (byte) length;
    return field;
  }

  @Override
  public void close() throws IOException { zip.finish(); }
}
