package dev.flambeau.io;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of a pickle: counted, and an end in the middle of the pickle is an error. */
final class PickleInput extends InputStream {
  private final InputStream bytes;
  private final Location place;
  private final long length;
  private long position;

  PickleInput(Location place, InputStream bytes, long length) {
    this.place = place;
    this.bytes = bytes;
    this.length = length;
  }

  long position() { return position; }

  long remaining() { return length - position; }

  Location place() { return place.at(position); }

  @Override
  public int read() throws IOException {
    int read = position < length ? bytes.read() : -1;
    if (read < 0) throw ended();
    position++;
    return read;
  }

  @Override
  public int read(byte[] to, int offset, int count) throws IOException {
    if (count == 0) return 0;
    int read = position < length ? bytes.read(to, offset, (int) Math.min(count, remaining())) : -1;
    if (read < 0) throw ended();
    position += read;
    return read;
  }

  private FileFormatException ended() {
    return place().error("the pickle is not complete; the file is truncated or corrupt");
  }
}
