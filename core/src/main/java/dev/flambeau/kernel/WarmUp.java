package dev.flambeau.kernel;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs vector code aside until it is compiled, so that nobody has to wait for it: not yet compiled, each vector is an
 * object, and a training step takes seconds.
 *
 * <p>Meanwhile callers use a scalar twin that gives the same bits. Compiling takes a core for up to a second, so it
 * begins only once the twin has worked about as long: a program that does little never pays for it.
 */
final class WarmUp {
  private static final long PATIENCE_NANOS = 10_000_000_000L;
  private static final int CALLS = 16;
  /** Of the twin. Tests begin at once, so that they meet both. */
  private static final int USES = Integer.getInteger("flambeau.warmUp", 50_000);

  private static final ExecutorService ASIDE = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS,
      new LinkedBlockingQueue<>(), Thread.ofPlatform().daemon().name("flambeau-warm-up").factory());

  static {
    ((ThreadPoolExecutor) ASIDE).allowCoreThreadTimeOut(true);
  }

  private final Runnable code;
  private final long compiledNanos;
  private final AtomicBoolean begun = new AtomicBoolean();
  private int uses;
  private volatile boolean done;

  private WarmUp(Runnable code, long compiledNanos) {
    this.code = code;
    this.compiledNanos = compiledNanos;
  }

  /** Has {@code code} called, in good time, until it takes less than {@code compiledNanos}. */
  static WarmUp of(Runnable code, long compiledNanos) { return new WarmUp(code, compiledNanos); }

  /** Asked before each use: whether the code is compiled. */
  boolean isDone() {
    // Threads may lose a count; it is a rough one.
    if (!done && ++uses >= USES && begun.compareAndSet(false, true)) ASIDE.execute(this::run);
    return done;
  }

  private void run() {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (fastest(code) > compiledNanos && System.nanoTime() < end) Thread.onSpinWait();
    done = true;
  }

  private static long fastest(Runnable code) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < CALLS; i++) {
      long begin = System.nanoTime();
      code.run();
      best = Math.min(best, System.nanoTime() - begin);
    }
    return best;
  }
}
