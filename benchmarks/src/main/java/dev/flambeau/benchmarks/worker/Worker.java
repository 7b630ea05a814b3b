package dev.flambeau.benchmarks.worker;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers the commands of the driver, one row at a time. */
public final class Worker {
  private static final int BUFFER = 1 << 20;

  private static final VarHandle KEPT;

  static {
    try {
      KEPT = MethodHandles.lookup().findStaticVarHandle(Worker.class, "kept", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** What the last step gave: a compiler that saw that nobody reads it could leave the step out. */
  static @Nullable Object kept;

  private final Map<String, Supplier<Row>> rows;
  private String name = "";
  private @Nullable Row row;

  /** @param rows how to make the inputs of each row, by its name */
  public Worker(Map<String, Supplier<Row>> rows) { this.rows = rows; }

  /** Answers on standard output until standard input ends; whatever else is printed goes to standard error. */
  public void serve(String version) throws IOException {
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    serve(version, System.in, out, System.err);
  }

  void serve(String version, InputStream commands, PrintStream answers, PrintStream log) throws IOException {
    answers.println("ready " + version);
    BufferedReader lines = new BufferedReader(new InputStreamReader(commands, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) answers.println(answered(line, log));
    close();
  }

  private String answered(String line, PrintStream log) {
    try {
      return answer(line.split(" "));
    } catch (IOException | RuntimeException | LinkageError e) {
      e.printStackTrace(log);
      return "failed " + String.valueOf(e).replaceAll("\\s+", " ");
    }
  }

  private String answer(String[] words) throws IOException {
    return switch (words[0]) {
      case "result" -> {
        write(open(words[1]).result(), Path.of(words[2]));
        yield "done";
      }
      case "warm" -> "step " + warm(open(words[1]), Long.parseLong(words[2]));
      case "row" ->
          times(open(words[1]), Integer.parseInt(words[2]), Integer.parseInt(words[3]), Integer.parseInt(words[4]));
      case "resident" -> "bytes " + resident(words[1], Integer.parseInt(words[2]));
      case "reachable" -> "bytes " + reachable(words[1], Integer.parseInt(words[2]));
      default -> throw new IllegalArgumentException("there is no command " + words[0]);
    };
  }

  /** The row of that name; the one before it is closed. */
  private Row open(String wanted) {
    if (row != null && name.equals(wanted)) return row;
    close();
    Supplier<Row> maker = rows.get(wanted);
    if (maker == null) throw new IllegalArgumentException("there is no row " + wanted);
    Row made = maker.get();
    row = made;
    name = wanted;
    return made;
  }

  private void close() {
    if (row != null) row.close();
    row = null;
    kept = null;
  }

  private String resident(String wanted, int steps) {
    close();
    long before = Memory.resident();
    run(open(wanted), steps);
    return before < 0 ? "-" : Long.toString(Memory.resident() - before);
  }

  /** The first step is left out: it may make what the others use again. */
  private long reachable(String wanted, int steps) {
    close();
    long before = Memory.reachable();
    Row opened = open(wanted);
    run(opened, 1);
    return Memory.mostReachable(() -> run(opened, steps)) - before;
  }

  private static double warm(Row row, long millis) {
    long start = System.nanoTime(), half = start + millis * 500_000, end = start + millis * 1_000_000;
    while (System.nanoTime() < half) KEPT.setRelease(row.step());
    long from = System.nanoTime(), now = from;
    long steps = 0;
    do {
      KEPT.setRelease(row.step());
      steps++;
      now = System.nanoTime();
    } while (now < end);
    return (double) (now - from) / steps;
  }

  private static String times(Row row, int warmup, int samples, int steps) {
    double[] times = new double[samples];
    run(row, warmup);
    long allocated = allocatedBytes(), collected = collectionMillis();
    for (int s = 0; s < samples; s++) {
      long start = System.nanoTime();
      run(row, steps);
      times[s] = (double) (System.nanoTime() - start) / steps;
    }
    StringBuilder answer = new StringBuilder("times ").append(allocatedBytes() - allocated).append(' ')
        .append(collectionMillis() - collected);
    for (double t : times) answer.append(' ').append(t);
    return answer.toString();
  }

  private static void run(Row row, int steps) {
    for (int i = 0; i < steps; i++) KEPT.setRelease(row.step());
  }

  /** Of all threads: those which the library starts too. */
  private static long allocatedBytes() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes();
  }

  private static long collectionMillis() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream().mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }

  private static void write(float[] values, Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
      ByteBuffer bytes = ByteBuffer.allocate(4096 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (int from = 0; from < values.length; from += 4096) {
        int count = Math.min(4096, values.length - from);
        bytes.asFloatBuffer().put(values, from, count);
        out.write(bytes.array(), 0, count * Float.BYTES);
      }
    }
  }
}
