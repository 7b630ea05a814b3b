package dev.flambeau.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * What has come of a file so far, with a note beside it: from which address, and which version (an ETag or a date) it
 * was. Its errors are unchecked, since they are the disk's: no other attempt and no other address would help.
 */
final class PartFile {
  private final Path path;
  private final Path note;

  PartFile(Path target) {
    path = target.resolveSibling(target.getFileName() + ".part");
    note = target.resolveSibling(target.getFileName() + ".part.from");
  }

  interface Disk<T> {
    T run() throws IOException;
  }

  static <T> T disk(Disk<T> work) {
    try {
      return work.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many bytes are here. */
  long length() { return disk(() -> Files.exists(path) ? Files.size(path) : 0); }

  /** The version of these bytes, where they are the beginning of what that address gives. */
  Optional<String> version(URI from) {
    if (length() == 0 || !Files.isReadable(note)) return Optional.empty();
    List<String> lines = disk(() -> Files.readAllLines(note, StandardCharsets.ISO_8859_1));
    boolean same = lines.size() == 2 && lines.getFirst().equals(from.toString()) && Transfer.isVersion(lines.getLast());
    return same ? Optional.of(lines.getLast()) : Optional.empty();
  }

  /** Starts anew, with bytes of that version; without one they could not be gone on with later. */
  void begin(URI from, Optional<String> version) {
    delete();
    version.ifPresent(v -> disk(() -> Files.writeString(note, from + "\n" + v + "\n")));
  }

  /** Adds all bytes at the end. */
  FileChannel append() {
    return disk(
        () -> FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
  }

  static void write(FileChannel channel, ByteBuffer bytes) {
    disk(() -> {
      while (bytes.hasRemaining()) channel.write(bytes);
      return bytes;
    });
  }

  /** Nothing of it is lost if the machine stops now. */
  static void flush(FileChannel channel) {
    disk(() -> {
      channel.force(true);
      return channel;
    });
  }

  void read(Digests digests) {
    disk(() -> {
      digests.update(path);
      return digests;
    });
  }

  void delete() {
    disk(() -> Files.deleteIfExists(note));
    disk(() -> Files.deleteIfExists(path));
  }

  /** All is here and right: it appears at its place in one step. */
  void moveTo(Path target) {
    disk(() -> Files.move(path, target, StandardCopyOption.ATOMIC_MOVE));
    disk(() -> Files.deleteIfExists(note));
  }
}
