package dev.flambeau.io;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file open for reading at any position. */
final class Source implements Closeable {
  private static final long CHUNK = 1 << 18;

  private final FileChannel channel;
  private final Location place;
  private final long size;
  private @Nullable ByteBuffer chunk;

  private Source(FileChannel channel, Location place, long size) {
    this.channel = channel;
    this.place = place;
    this.size = size;
  }

  static Source open(Path file) throws IOException {
    if (Files.isDirectory(file)) throw new FileSystemException(file.toString(), null, "this is a folder, not a file");
    FileChannel channel = FileChannel.open(file);
    try {
      return new Source(channel, new Location(file, ""), channel.size());
    } catch (Throwable e) {
      channel.close();
      throw e;
    }
  }

  Location place() { return place; }

  long size() { return size; }

  /** A buffer for passing bytes on; one per file. */
  ByteBuffer chunk() {
    if (chunk == null) chunk = ByteBuffer.allocate((int) Math.clamp(size, 1L << 10, CHUNK));
    return chunk.clear();
  }

  /** Fills {@code to} with the bytes from {@code position} on. */
  void read(long position, ByteBuffer to) throws IOException {
    if (position < 0 || to.remaining() > size - position) {
      throw place.at(position).error("expected " + to.remaining() + " bytes, but the file ends at byte " + size
          + "; it is truncated or corrupt");
    }
    while (to.hasRemaining()) {
      int read = channel.read(to, position);
      if (read < 0) throw place.at(position).error("the file became shorter while it was read");
      position += read;
    }
  }

  /** The {@code length} bytes from {@code position} on, little-endian. */
  ByteBuffer read(long position, int length) throws IOException {
    if (position < 0 || length > size - position) {
      throw place.at(position).error("expected " + length + " bytes, but the file ends at byte " + size
          + "; it is truncated or corrupt");
    }
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    read(position, bytes);
    return bytes.flip();
  }

  /** The bytes from {@code position} on, in order. */
  Bytes from(long position) {
    long[] next = {position};
    return to -> {
      int wanted = to.remaining();
      read(next[0], to);
      next[0] += wanted;
    };
  }

  /** A buffered stream of the bytes from {@code position} on. */
  InputStream stream(long position) { return new Stream(position); }

  private final class Stream extends InputStream {
    private long next;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 13).flip();

    Stream(long position) {
      next = position;
    }

    @Override
    public int read() throws IOException { return refilled() ? buffer.get() & 0xff : -1; }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      if (length == 0) return 0;
      if (!refilled()) return -1;
      int count = Math.min(length, buffer.remaining());
      buffer.get(to, offset, count);
      return count;
    }

    private boolean refilled() throws IOException {
      if (buffer.hasRemaining()) return true;
      buffer.clear();
      int read = channel.read(buffer, next);
      buffer.flip();
      next += Math.max(read, 0);
      return read > 0;
    }
  }

  @Override
  public void close() throws IOException { channel.close(); }
}
