package dev.flambeau.benchmarks;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where and with what the table was measured. */
record Machine(String processor, int cores, String memory, String system, String jdk, String flags, String collector,
    String commit) {
  /** This machine and this JVM: Flambeau's process is started with the same flags. */
  static Machine here(Path root) {
    Runtime runtime = Runtime.getRuntime();
    String collectors = ManagementFactory.getGarbageCollectorMXBeans().stream().map(GarbageCollectorMXBean::getName)
        .collect(Collectors.joining(", "));
    return new Machine(processorName(), runtime.availableProcessors(), memorySize(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        System.getProperty("java.vendor.version", "") + " (" + System.getProperty("java.runtime.version") + ")",
        String.join(" ", jvmFlags()), collectors + ", heap up to " + Figures.bytes((double) runtime.maxMemory()),
        commit(root));
  }

  /** As lines of a list in Markdown. */
  String described(LocalDate date) {
    return """
        - Machine: %s, %d cores, %s, %s
        - JDK: %s
        - Flags of Flambeau's JVM: %s (%s)
        - Commit: %s, measured on %s
        """.formatted(processor, cores, memory, system, jdk, flags.isEmpty() ? "none" : "`" + flags + "`", collector,
        commit, date);
  }

  static List<String> jvmFlags() { return ManagementFactory.getRuntimeMXBean().getInputArguments(); }

  private static String processorName() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines.filter(l -> l.startsWith("model name")).map(l -> l.substring(l.indexOf(':') + 1).strip()).findFirst()
          .orElse("unknown processor");
    } catch (IOException e) {
      return "unknown processor";
    }
  }

  private static String memorySize() {
    var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return Figures.bytes((double) system.getTotalMemorySize());
  }

  private static String commit(Path root) {
    try {
      Process git = new ProcessBuilder("git", "-C", root.toString(), "describe", "--always", "--dirty")
          .redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return text.isEmpty() ? "unknown" : text;
    } catch (IOException e) {
      return "unknown";
    }
  }
}
