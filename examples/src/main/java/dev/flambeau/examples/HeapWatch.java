package dev.flambeau.examples;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints how much of the heap was in use after the last garbage collection at 10 %, 50 % and 100 % of a training run. */
final class HeapWatch implements Progress {
  private static final List<Integer> MARKS = List.of(10, 50, 100);
  private static final double MEGABYTE = 1e6;

  private final long steps;
  private final Progress shown;
  private final List<String> found = new ArrayList<>();
  private long done;

  HeapWatch(long steps, Progress shown) {
    this.steps = steps;
    this.shown = shown;
  }

  @Override
  public void step(double loss) {
    shown.step(loss);
    done++;
    for (int mark : MARKS) if (done == Math.ceilDiv(steps * mark, 100)) found.add(line(mark));
  }

  @Override
  public void close() {
    shown.close();
    found.forEach(System.out::println);
  }

  private static String line(int mark) {
    GcInfo last = lastCollection();
    String used = last == null ? "none yet" : String.format(Locale.ROOT, "%.1f MB", heap(last) / MEGABYTE);
    return "heap after collection at " + mark + " %: " + used;
  }

  private static @Nullable GcInfo lastCollection() {
    return ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class).stream()
        .map(GarbageCollectorMXBean::getLastGcInfo).filter(Objects::nonNull)
        .max(Comparator.comparingLong(GcInfo::getEndTime)).orElse(null);
  }

  private static long heap(GcInfo collection) {
    Set<String> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP).map(MemoryPoolMXBean::getName).collect(Collectors.toSet());
    return collection.getMemoryUsageAfterGc().entrySet().stream().filter(pool -> pools.contains(pool.getKey()))
        .mapToLong(pool -> pool.getValue().getUsed()).sum();
  }
}
