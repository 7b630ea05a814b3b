package dev.flambeau.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.flambeau.benchmarks.worker.Row;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the processors' time of a row goes.
 *
 * @param stepNanos how long a step takes while it is watched
 * @param processors how many processors it keeps busy, those of collector and compiler among them
 * @param shares of the samples taken of Java threads, by the method found running, the greatest first
 */
record Profile(Spec spec, double stepNanos, double processors, Map<String, Double> shares) {
  static final String INTRODUCTION = """
      # Where the time goes

      Written by `./flambeau bench --profile --write`; `./flambeau bench --profile [row...]` prints it. Of each row: the Java methods that were found running, in
      samples of a thread's processor time taken a thousand times a second, as a share of all samples. Code that runs inlined counts for the method that was
      compiled where the JVM does not tell; `clear` and the like of the JVM itself, its collector and its compiler are not among the samples.

      """;

  /** What the last step gave, for the compiler to believe that it is read. */
  static volatile Object kept = "";

  private static final int METHODS = 12;
  private static final double LEAST_SHARE = 0.01;
  private static final String LINUX_SAMPLE = "jdk.CPUTimeSample", SAMPLE = "jdk.ExecutionSample";

  /** Runs {@code row} for {@code warmMillis}, and then for {@code millis}, in which it is looked at through {@code scratch}. */
  static Profile of(Spec spec, Row row, long warmMillis, long millis, Path scratch) throws IOException {
    long _ = steps(row, warmMillis);
    try (Recording recording = new Recording()) {
      recording.enable(LINUX_SAMPLE).with("throttle", "1 ms");
      if (!System.getProperty("os.name").equals("Linux")) recording.enable(SAMPLE).with("period", "10 ms");
      recording.start();
      long begin = System.nanoTime(), busy = processNanos(), steps = steps(row, millis);
      double elapsed = System.nanoTime() - begin, used = processNanos() - busy;
      recording.stop();
      recording.dump(scratch);
      return new Profile(spec, elapsed / steps, used / elapsed, shares(RecordingFile.readAllEvents(scratch)));
    }
  }

  private static long steps(Row row, long millis) {
    long begin = System.nanoTime(), steps = 0;
    for (; System.nanoTime() - begin < millis * 1_000_000; steps++) kept = row.step();
    return steps;
  }

  private static long processNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
  }

  private static Map<String, Double> shares(List<RecordedEvent> events) {
    Map<String, Double> counts = new HashMap<>();
    for (RecordedEvent event : events) {
      if (event.getStackTrace() == null || !event.getEventType().getName().endsWith("Sample")) continue;
      RecordedMethod running = event.getStackTrace().getFrames().getFirst().getMethod();
      counts.merge(name(running.getType().getName(), running.getName()), 1.0, Double::sum);
    }
    double all = counts.values().stream().mapToDouble(c -> c).sum();
    counts.replaceAll((_, count) -> count / all);
    return counts;
  }

  /** Class and method; of a generated class without the number that it got. */
  static String name(String type, String method) {
    String named = type.replaceFirst("[./+]0x.*", "");
    return named.substring(named.lastIndexOf('.') + 1) + "." + method;
  }

  /** As Markdown, with a heading. */
  @Override
  public String toString() {
    Table table = new Table(List.of("running", "share"));
    shares.entrySet().stream().filter(e -> e.getValue() >= LEAST_SHARE)
        .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()).thenComparing(Map.Entry::getKey))
        .limit(METHODS).forEach(e -> table.add(List.of(e.getKey(), Figures.percent(e.getValue()))));
    return "## " + spec.title() + "\n\n" + Figures.time(stepNanos) + " a step, on " + Figures.plain(processors)
        + " processors.\n\n" + table;
  }
}
