package dev.flambeau.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Loops shared between the caller and a pool of daemon threads.
 *
 * <p>A range is cut into chunks whose bounds depend on the range and the grain alone, never on the number of threads,
 * so a body that keeps its results per element or per chunk gives the same bits on one thread and on many. Callers and
 * helpers together are never more than {@link #threads}, unless there are more callers.
 */
public final class Parallel {
  private static final int MAX_CHUNKS = 128;

  /** Long: a thread that parks between two loops is often woken on its waker's core, and then both share that core. */
  private static final long SPIN_NANOS = 1_000_000;

  private static final int SPINS_PER_CLOCK_READ = 32;
  private static final Job[] IDLE = {};

  /** The jobs that still want helpers; replaced as a whole. */
  private static final AtomicReference<Job[]> JOBS = new AtomicReference<>(IDLE);

  /** Whether the thread is inside a chunk of a parallel loop, where further loops stay on this thread. */
  private static final ThreadLocal<boolean[]> INSIDE = ThreadLocal.withInitial(() -> new boolean[1]);

  private static volatile int threads = initialThreads();
  private static volatile List<Worker> workers = List.of();

  private Parallel() {}

  /** The work on the half-open range {@code [from, to)}. */
  @FunctionalInterface
  public interface RangeBody {
    /** Works on {@code [from, to)}, which is exactly one chunk. */
    void run(int from, int to);
  }

  /** The number of threads that a loop may use, the caller among them. */
  public static int threads() { return threads; }

  /**
   * Sets the number of threads that later loops may use, the caller among them.
   *
   * @throws IllegalArgumentException if {@code count} is below 1
   */
  public static void setThreads(int count) {
    if (count < 1) throw new IllegalArgumentException("setThreads: expected at least 1 thread, got " + count);
    threads = count;
  }

  /**
   * The length of the chunks into which {@link #forRange} cuts {@code [0, n)}: a multiple of {@code grain}, large
   * enough for a fixed maximum of chunks. All have it but the last, so {@code from / chunk(n, grain)} numbers them.
   */
  public static int chunk(int n, int grain) {
    long grains = ((long) n + grain - 1) / grain;
    long grainsPerChunk = Math.max(1, (grains + MAX_CHUNKS - 1) / MAX_CHUNKS);
    return (int) Math.min(Integer.MAX_VALUE, grainsPerChunk * grain);
  }

  /** The number of chunks into which {@link #forRange} cuts {@code [0, n)}, at most 128. */
  public static int chunks(int n, int grain) {
    int chunk = chunk(n, grain);
    return (int) (((long) n + chunk - 1) / chunk);
  }

  /**
   * Runs {@code body} once for each chunk of {@code [0, n)}, on the caller and on idle pool threads, and returns when
   * all of it is done. A range of one chunk runs on the caller; so does a loop started inside another loop's body.
   *
   * <p>An exception ends the loop: no further chunk starts, the running ones finish, the first exception is thrown.
   *
   * @param grain the shortest stretch worth handing to another thread, at least 1
   * @throws IllegalArgumentException if {@code grain} is below 1
   */
  public static void forRange(int n, int grain, RangeBody body) {
    if (grain < 1) throw new IllegalArgumentException("forRange: expected a grain of at least 1, got " + grain);
    if (n <= 0) return;
    if (n <= grain) {
      body.run(0, n);
      return;
    }
    int helpers = threads - 1;
    int chunk = chunk(n, grain);
    boolean[] inside;
    if (helpers == 0 || n <= chunk || (inside = INSIDE.get())[0]) {
      for (int from = 0; from < n; from += Math.min(chunk, n - from)) body.run(from, from + Math.min(chunk, n - from));
      return;
    }
    Job job = new Job(n, chunk, helpers, body);
    publish(job);
    inside[0] = true;
    try {
      job.workFromFront();
    } finally {
      inside[0] = false;
      withdraw(job);
    }
    job.await();
  }

  private static int initialThreads() {
    int wanted = Integer.getInteger("flambeau.threads", Runtime.getRuntime().availableProcessors());
    return Math.max(1, wanted);
  }

  private static void publish(Job job) {
    List<Worker> pool = workers;
    if (pool.size() < job.helpers) pool = grow(job.helpers);
    JOBS.updateAndGet(jobs -> {
      Job[] more = Arrays.copyOf(jobs, jobs.length + 1);
      more[jobs.length] = job;
      return more;
    });
    int wanted = Math.min(job.helpers, job.chunks - 1);
    for (int i = 0; i < wanted; i++) pool.get(i).wake();
  }

  private static void withdraw(Job job) {
    JOBS.updateAndGet(jobs -> {
      if (jobs.length == 1) return IDLE;
      List<Job> rest = new ArrayList<>(List.of(jobs));
      rest.remove(job);
      return rest.toArray(IDLE);
    });
  }

  private static synchronized List<Worker> grow(int count) {
    List<Worker> pool = new ArrayList<>(workers);
    while (pool.size() < count) {
      Worker worker = new Worker(pool.size());
      worker.thread.start();
      pool.add(worker);
    }
    workers = List.copyOf(pool);
    return workers;
  }

  /**
   * One loop. A chunk costs a ticket; the caller spends its tickets from the front of the range and the helpers from
   * the back, so that a loop repeated over the same arrays finds most of them in the cache of the core that had them.
   */
  private static final class Job {
    final int n;
    final int chunk;
    final int chunks;
    final int helpers;
    final RangeBody body;
    final Thread caller = Thread.currentThread();
    final AtomicInteger tickets = new AtomicInteger();
    final AtomicInteger back = new AtomicInteger();
    final AtomicInteger pending;
    final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    volatile boolean parked;

    Job(int n, int chunk, int helpers, RangeBody body) {
      this.n = n;
      this.chunk = chunk;
      this.chunks = (int) (((long) n + chunk - 1) / chunk);
      this.helpers = helpers;
      this.body = body;
      this.pending = new AtomicInteger(chunks);
    }

    boolean wants(int worker) { return worker < helpers && tickets.get() < chunks; }

    void workFromFront() {
      for (int i = 0; tickets.getAndIncrement() < chunks; i++) run(i);
    }

    void workFromBack(BooleanSupplier goesOn) {
      while (goesOn.getAsBoolean() && tickets.getAndIncrement() < chunks) run(chunks - back.incrementAndGet());
    }

    private void run(int i) {
      int from = i * chunk;
      try {
        if (failure.get() == null) body.run(from, from + Math.min(chunk, n - from));
      } catch (Throwable t) {
        failure.compareAndSet(null, t);
      }
      if (pending.decrementAndGet() == 0 && parked) LockSupport.unpark(caller);
    }

    void await() {
      if (pending.get() > 0 && !spin(() -> pending.get() == 0)) {
        parked = true;
        while (pending.get() > 0) LockSupport.park(this);
      }
      switch (failure.get()) {
        case null -> {}
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case Throwable t -> throw new IllegalStateException("a parallel loop's body threw a checked exception", t);
      }
    }
  }

  private static final class Worker implements Runnable {
    final int index;
    final Thread thread;
    volatile boolean parked;

    Worker(int index) {
      this.index = index;
      this.thread = Thread.ofPlatform().daemon().name("flambeau-" + index).inheritInheritableThreadLocals(false)
          .unstarted(this);
    }

    @Override
    public void run() {
      INSIDE.get()[0] = true;
      while (true) {
        for (Job job = find(); job != null; job = find()) job.workFromBack(this::isSpare);
        if (spin(() -> find() != null)) continue;
        parked = true;
        while (parked && find() == null) LockSupport.park(Parallel.class);
        parked = false;
      }
    }

    void wake() {
      if (parked) {
        parked = false;
        LockSupport.unpark(thread);
      }
    }

    private @Nullable Job find() {
      if (isSpare()) for (Job job : JOBS.get()) if (job.wants(index)) return job;
      return null;
    }

    /** Every job keeps its caller busy: with as many callers as threads nobody helps. */
    private boolean isSpare() { return index < threads - JOBS.get().length; }
  }

  private static boolean spin(BooleanSupplier condition) {
    long start = System.nanoTime();
    do {
      for (int i = 0; i < SPINS_PER_CLOCK_READ; i++) {
        if (condition.getAsBoolean()) return true;
        Thread.onSpinWait();
      }
    } while (System.nanoTime() - start < SPIN_NANOS);
    return false;
  }
}
