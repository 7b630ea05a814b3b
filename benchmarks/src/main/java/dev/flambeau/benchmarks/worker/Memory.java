package dev.flambeau.benchmarks.worker;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The memory of this process. */
final class Memory {
  private static final long PAUSE_MILLIS = 3;

  private Memory() {}

  /** The most bytes of physical memory that the process ever had, or -1 where the system does not say. */
  static long resident() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines.filter(l -> l.startsWith("VmHWM:")).mapToLong(l -> 1024 * Long.parseLong(l.replaceAll("\\D", "")))
          .findFirst().orElse(-1);
    } catch (IOException e) {
      return -1;
    }
  }

  /** The bytes of the heap that a collection now leaves. */
  static long reachable() {
    System.gc();
    long bytes = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage usage = pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage() : null;
      if (usage != null) bytes += usage.getUsed();
    }
    return bytes;
  }

  /** The most that is reachable during some work: another thread collects and looks every few milliseconds. */
  static long mostReachable(Runnable work) {
    AtomicBoolean working = new AtomicBoolean(true);
    AtomicLong most = new AtomicLong();
    Thread watch = Thread.ofPlatform().start(() -> {
      while (working.get()) {
        most.accumulateAndGet(reachable(), Math::max);
        try {
          Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
          return;
        }
      }
    });
    try {
      work.run();
    } finally {
      working.set(false);
    }
    try {
      watch.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return most.get();
  }
}
