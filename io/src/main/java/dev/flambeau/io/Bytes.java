package dev.flambeau.io;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes in order: each call fills a buffer with the next ones, or fails. */
@FunctionalInterface
interface Bytes {
  void read(ByteBuffer to) throws IOException;
}
