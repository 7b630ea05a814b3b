package dev.flambeau.benchmarks.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryTest {
  /** G1 counts whole regions. */
  private static final int BLOCK = (8 << 20) - 64;

  @Test
  void garbageIsNotReachable() {
    long before = Memory.reachable();
    long most = Memory.mostReachable(() -> {
      for (int i = 0; i < 100; i++) assertThat(new byte[BLOCK]).hasSize(BLOCK);
    });
    assertThat(most - before).isLessThan(20L * BLOCK);
  }

  @Test
  void whatIsKeptForAWhileCounts() {
    long before = Memory.reachable();
    List<byte[]> kept = new ArrayList<>();
    long most = Memory.mostReachable(() -> {
      for (int i = 0; i < 10; i++) kept.add(new byte[BLOCK]);
      try {
        Thread.sleep(300);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      kept.clear();
    });
    assertThat(most - before).isBetween(9L * BLOCK, 12L * BLOCK);
  }
}
