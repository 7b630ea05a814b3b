package dev.flambeau.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A process from its start to the first line with numbers that it prints.
 *
 * @param values the line's numbers, as far as they have a decimal point
 */
record Start(double nanos, List<Float> values) {
  private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+\\.\\d*(?:[eE][-+]?\\d+)?");
  private static final int END_SECONDS = 20;

  /**
   * Waits until the process has ended too: the next one is to have the machine for itself.
   *
   * @throws IOException if it does not start, or prints no number
   */
  static Start of(List<String> command, Path log) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        long end = System.nanoTime();
        List<Float> values = NUMBER.matcher(line).results().map(MatchResult::group).map(Float::valueOf).toList();
        if (values.isEmpty()) continue;
        process.waitFor(END_SECONDS, TimeUnit.SECONDS);
        return new Start(end - begin, values);
      }
    } finally {
      process.destroyForcibly();
    }
    throw new IOException("its process ended without a result");
  }

  FloatBuffer buffer() {
    FloatBuffer buffer = FloatBuffer.allocate(values.size());
    values.forEach(buffer::put);
    return buffer.flip();
  }
}
