package dev.flambeau.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ParallelTest {
  private final int threadsBefore = Parallel.threads();

  @AfterEach
  void restoreThreads() { Parallel.setThreads(threadsBefore); }

  @Test
  void everyIndexIsVisitedOnce() {
    for (int n : new int[] {0, 1, 2, 7, 64, 127, 128, 129, 1000, 12_345}) {
      for (int grain : new int[] {1, 3, 64, 20_000}) {
        AtomicIntegerArray visits = new AtomicIntegerArray(n);
        Parallel.forRange(n, grain, (from, to) -> {
          for (int i = from; i < to; i++) visits.incrementAndGet(i);
        });
        for (int i = 0; i < n; i++) assertThat(visits.get(i)).isEqualTo(1);
      }
    }
  }

  @Test
  void chunksDoNotDependOnTheNumberOfThreads() {
    List<Set<String>> seen = new ArrayList<>();
    for (int threads : new int[] {1, 2, 3, 7}) {
      Parallel.setThreads(threads);
      Set<String> chunks = new ConcurrentSkipListSet<>();
      Parallel.forRange(100_001, 10, (from, to) -> chunks.add(from + ".." + to));
      seen.add(chunks);
    }
    assertThat(seen).allMatch(seen.getFirst()::equals);
    assertThat(seen.getFirst()).hasSize(Parallel.chunks(100_001, 10));
  }

  @Test
  void chunkIsAMultipleOfTheGrainAndAtMost128OfThemCoverTheRange() {
    for (int n : new int[] {1, 127, 128, 129, 99_999, Integer.MAX_VALUE}) {
      for (int grain : new int[] {1, 7, 4096, Integer.MAX_VALUE}) {
        int chunk = Parallel.chunk(n, grain);
        int count = Parallel.chunks(n, grain);
        if (chunk < Integer.MAX_VALUE) assertThat(chunk % grain).isZero();
        assertThat(count).isBetween(1, 128);
        assertThat((long) count * chunk).isGreaterThanOrEqualTo(n);
        assertThat((count - 1L) * chunk).isLessThan(n);
      }
    }
  }

  @Test
  void rangeAtTheIntegerLimitDoesNotOverflow() {
    AtomicLong total = new AtomicLong();
    Parallel.forRange(Integer.MAX_VALUE, 1_000_000_000, (from, to) -> total.addAndGet(to - from));
    assertThat(total.get()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void oneGrainRunsOnTheCaller() {
    Thread caller = Thread.currentThread();
    Set<Thread> runners = ConcurrentHashMap.newKeySet();
    Parallel.forRange(64, 64, (from, to) -> runners.add(Thread.currentThread()));
    assertThat(runners).containsExactly(caller);
  }

  @Test
  void nestedLoopsStayOnTheirThread() {
    Parallel.setThreads(3);
    AtomicInteger strays = new AtomicInteger();
    AtomicInteger total = new AtomicInteger();
    Parallel.forRange(32, 1, (from, to) -> {
      Thread outer = Thread.currentThread();
      Parallel.forRange(1000, 10, (start, end) -> {
        if (Thread.currentThread() != outer) strays.incrementAndGet();
        total.addAndGet((to - from) * (end - start));
      });
    });
    assertThat(strays.get()).isZero();
    assertThat(total.get()).isEqualTo(32_000);
  }

  @Test
  void exceptionOfABodyReachesTheCallerAfterTheRunningChunksEnded() {
    Parallel.setThreads(4);
    for (int round = 0; round < 50; round++) {
      AtomicInteger running = new AtomicInteger();
      assertThatThrownBy(() -> Parallel.forRange(100, 1, (from, to) -> {
        running.incrementAndGet();
        try {
          if (from % 10 == 3) throw new IllegalStateException("chunk " + from);
        } finally {
          running.decrementAndGet();
        }
      })).isInstanceOf(IllegalStateException.class).hasMessageStartingWith("chunk ");
      assertThat(running.get()).isZero();
    }
    AtomicInteger total = new AtomicInteger();
    Parallel.forRange(100, 1, (from, to) -> total.addAndGet(to - from));
    assertThat(total.get()).isEqualTo(100);
  }

  @Test
  void errorsOfABodyReachTheCallerUnwrapped() {
    assertThatThrownBy(() -> Parallel.forRange(100, 1, (from, to) -> { throw new AssertionError("broken"); }))
        .isInstanceOf(AssertionError.class).hasMessage("broken");
  }

  @Test
  void manyCallersOnPlatformAndVirtualThreadsDoNotDisturbEachOther() throws InterruptedException {
    Parallel.setThreads(3);
    AtomicLong total = new AtomicLong();
    Runnable caller = () -> {
      for (int i = 0; i < 200; i++) Parallel.forRange(1000, 7, (from, to) -> total.addAndGet(to - from));
    };
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      callers.add(Thread.ofVirtual().start(caller));
      callers.add(Thread.ofPlatform().start(caller));
    }
    for (Thread thread : callers) thread.join();
    assertThat(total.get()).isEqualTo(8L * 200 * 1000);
  }

  @Test
  void callersAndHelpersTogetherAreNoMoreThanTheThreads() throws InterruptedException {
    Parallel.setThreads(2);
    AtomicBoolean bothInside = new AtomicBoolean();
    AtomicInteger helped = new AtomicInteger();
    CyclicBarrier begin = new CyclicBarrier(2, () -> bothInside.set(true));
    CyclicBarrier end = new CyclicBarrier(2, () -> bothInside.set(false));
    Runnable caller = () -> {
      Thread own = Thread.currentThread();
      AtomicBoolean waited = new AtomicBoolean();
      Parallel.forRange(100, 1, (from, to) -> {
        try {
          if (Thread.currentThread() != own) {
            if (bothInside.get()) helped.incrementAndGet();
            Thread.sleep(1);
          } else if (waited.compareAndSet(false, true)) {
            begin.await();
            Thread.sleep(30);
            end.await();
          }
        } catch (InterruptedException | BrokenBarrierException e) {
          throw new IllegalStateException(e);
        }
      });
    };
    List<Thread> callers = List.of(Thread.ofPlatform().start(caller), Thread.ofPlatform().start(caller));
    for (Thread thread : callers) thread.join();
    assertThat(helped.get()).as("chunks begun by a helper, but for one that it had just decided to begin")
        .isLessThanOrEqualTo(1);
  }

  @Test
  void helpersWakeAfterALongPause() throws InterruptedException {
    Parallel.setThreads(2);
    for (int round = 0; round < 5; round++) {
      Thread.sleep(5);
      int[] squares = new int[1000];
      Parallel.forRange(squares.length, 10, (from, to) -> {
        for (int i = from; i < to; i++) squares[i] = i * i;
      });
      assertThat(Arrays.stream(squares).asLongStream().sum()).isEqualTo(332_833_500L);
    }
  }

  @Test
  void impossibleArgumentsAreRefused() {
    assertThatThrownBy(() -> Parallel.setThreads(0))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("got 0");
    assertThatThrownBy(() -> Parallel.forRange(10, 0, (from, to) -> {}))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("grain");
  }
}
