package dev.flambeau.kernel;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs vector code aside until it is compiled, so that nobody has to wait for it: not yet compiled, each vector is an
 * object, and a training step takes seconds.
 *
 * <p>Meanwhile callers use a scalar twin that gives the same bits.
 */
final class WarmUp {
  private static final long PATIENCE_NANOS = 10_000_000_000L;
  private static final int CALLS = 16;

  private static final ExecutorService ASIDE = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS,
      new LinkedBlockingQueue<>(), Thread.ofPlatform().daemon().name("flambeau-warm-up").factory());

  static {
    ((ThreadPoolExecutor) ASIDE).allowCoreThreadTimeOut(true);
  }

  private volatile boolean done;

  private WarmUp() {}

  /** Begins to call {@code code}, until it takes less than {@code compiledNanos}. */
  static WarmUp of(Runnable code, long compiledNanos) {
    WarmUp warmUp = new WarmUp();
    ASIDE.execute(() -> {
      long end = System.nanoTime() + PATIENCE_NANOS;
      while (fastest(code) > compiledNanos && System.nanoTime() < end) Thread.onSpinWait();
      warmUp.done = true;
    });
    return warmUp;
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

  /** Whether the code is compiled. */
  boolean isDone() { return done; }
}
