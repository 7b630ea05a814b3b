package dev.flambeau.kernel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs vector code aside until it is compiled, so that nobody has to wait for it: not yet compiled, each vector is an
 * object, and a training step takes seconds.
 *
 * <p>Meanwhile callers use a scalar twin that gives the same bits. Compiling takes a core for up to a second, so it
 * begins two seconds later, if the code is still in use: the first steps have the machine for themselves, and a short
 * program never pays for it.
 */
final class WarmUp {
  private static final long PATIENCE_NANOS = 10_000_000_000L;
  private static final int CALLS = 16;
  /** After so many the compiler knows, and wants the processor more than they do. */
  private static final int CALLS_TO_COMPILE = 2_000;
  private static final long COMPILER_NANOS = 2_000_000;
  /** Tests begin at once, so that they meet both. */
  private static final long DELAY_NANOS = 1_000_000L * Integer.getInteger("flambeau.warmUp", 2000);

  private static final ExecutorService ASIDE = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS,
      new LinkedBlockingQueue<>(), Thread.ofPlatform().daemon().name("flambeau-warm-up").factory());
  /** What takes turns on that thread. */
  private static final Deque<WarmUp> WARMING = new ArrayDeque<>();

  static {
    ((ThreadPoolExecutor) ASIDE).allowCoreThreadTimeOut(true);
  }

  private final Runnable code;
  private final long compiledNanos;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final long made = System.nanoTime();
  private long end;
  private int calls;
  private volatile boolean done;

  private WarmUp(Runnable code, long compiledNanos) {
    this.code = code;
    this.compiledNanos = compiledNanos;
  }

  /** Has {@code code} called, in good time, until it takes less than {@code compiledNanos}. */
  static WarmUp of(Runnable code, long compiledNanos) { return new WarmUp(code, compiledNanos); }

  /** Asked before each use: whether the code is compiled. */
  boolean isDone() {
    if (!done && System.nanoTime() - made >= DELAY_NANOS && begun.compareAndSet(false, true))
      ASIDE.execute(this::begin);
    return done;
  }

  private void begin() {
    end = System.nanoTime() + PATIENCE_NANOS;
    WARMING.add(this);
    if (WARMING.size() == 1) ASIDE.execute(WarmUp::takeTurns);
  }

  /** One turn for each, then for what has been begun meanwhile. What fails is left to its twin, and does not stop the others. */
  private static void takeTurns() {
    try {
      boolean told = true;
      for (int turns = WARMING.size(); turns > 0; turns--) {
        WarmUp next = WARMING.remove();
        told &= next.calls >= CALLS_TO_COMPILE;
        next.done = next.fastest() <= next.compiledNanos || System.nanoTime() > next.end;
        if (!next.done) WARMING.add(next);
      }
      if (told) LockSupport.parkNanos(COMPILER_NANOS);
    } finally {
      if (!WARMING.isEmpty()) ASIDE.execute(WarmUp::takeTurns);
    }
  }

  private long fastest() {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < CALLS; i++) {
      long begin = System.nanoTime();
      code.run();
      best = Math.min(best, System.nanoTime() - begin);
    }
    calls += CALLS;
    return best;
  }
}
