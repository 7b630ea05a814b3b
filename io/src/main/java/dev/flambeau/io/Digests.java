package dev.flambeau.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Counts and hashes bytes as they come, against what a file should be. */
final class Digests {
  private static final int BUFFER = 1 << 16;

  private final RemoteFile expected;
  private final List<MessageDigest> digests;
  private long count;

  Digests(RemoteFile expected) {
    this.expected = expected;
    digests = expected.checksums().stream().map(Checksum::digest).toList();
  }

  /** What is wrong with a file; empty where it is as expected. */
  static Optional<String> problem(RemoteFile expected, Path path) throws IOException {
    Digests digests = new Digests(expected);
    if (digests.digests.isEmpty()) digests.count = Files.size(path);
    else digests.update(path);
    return digests.problem();
  }

  /** The bytes from here to the limit; the buffer stays as it is. */
  void update(ByteBuffer bytes) {
    digests.forEach(d -> d.update(bytes.duplicate()));
    count += bytes.remaining();
  }

  void update(Path path) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(path)) {
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
      while (channel.read(buffer) >= 0) {
        update(buffer.flip());
        buffer.clear();
      }
    }
  }

  /** What is wrong with the bytes so far, or nothing; asked once, at the end. */
  Optional<String> problem() {
    if (expected.size() >= 0 && count != expected.size())
      return Optional.of("wrong length: expected " + expected.size() + " bytes, got " + count);
    for (int i = 0; i < digests.size(); i++) {
      Checksum checksum = expected.checksums().get(i);
      String hex = HexFormat.of().formatHex(digests.get(i).digest());
      if (!checksum.accepts(hex))
        return Optional.of("wrong bytes: expected " + checksum + ", got " + hex + " in " + count + " bytes");
    }
    return Optional.empty();
  }
}
