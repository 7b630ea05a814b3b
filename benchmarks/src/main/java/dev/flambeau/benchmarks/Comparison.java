package dev.flambeau.benchmarks;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** How far apart two results are. */
final class Comparison {
  private Comparison() {}

  /**
   * The largest |a − b|, relative to |b| or, where b nearly cancels out, to b's root mean square. Infinite where either
   * is not a finite number.
   *
   * @throws IllegalArgumentException if the lengths differ
   */
  static double maxRelativeDifference(FloatBuffer a, FloatBuffer b) {
    if (a.remaining() != b.remaining()) {
      throw new IllegalArgumentException("the results have " + a.remaining() + " and " + b.remaining() + " values");
    }
    int n = b.remaining();
    double squares = 0;
    for (int i = 0; i < n; i++) squares += (double) b.get(i) * b.get(i);
    double typical = Math.sqrt(squares / n), worst = 0;
    for (int i = 0; i < n; i++) {
      double distance = Math.abs((double) a.get(i) - b.get(i));
      if (!Double.isFinite(distance)) return Double.POSITIVE_INFINITY;
      if (distance > 0) worst = Math.max(worst, distance / Math.max(Math.abs(b.get(i)), typical));
    }
    return worst;
  }

  /** The float32 values of a file, little-endian. */
  static FloatBuffer floats(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()).order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer();
    }
  }
}
