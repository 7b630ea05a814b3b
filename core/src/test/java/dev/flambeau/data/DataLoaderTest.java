package dev.flambeau.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class DataLoaderTest {
  private static long workersAlive() {
    return Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName().startsWith("flambeau-data-")).count();
  }

  private static void awaitNoWorkers() throws InterruptedException {
    for (int i = 0; i < 100 && workersAlive() > 0; i++) Thread.sleep(50);
    assertThat(workersAlive()).isZero();
  }

  @Test
  void randomTransformsDoNotDependOnWorkers() {
    Dataset<Tensor> noisy = Dataset.of(20, i -> Torch.randn(3).add(i));
    List<List<float[]>> runs = new ArrayList<>();
    for (int workers : new int[] {0, 1, 4}) {
      Torch.manualSeed(1);
      List<float[]> run = new ArrayList<>();
      try (var loader = DataLoader.of(noisy).batchSize(3).shuffle(true).workers(workers).prefetchFactor(3)) {
        for (int epoch = 0; epoch < 2; epoch++) for (Tensor x : loader) run.add(x.toFloatArray());
      }
      run.add(Torch.rand(2).toFloatArray());
      runs.add(run);
    }
    assertThat(runs.get(0)).hasSize(15);
    assertThat(runs.get(1)).usingRecursiveComparison().isEqualTo(runs.get(0));
    assertThat(runs.get(2)).usingRecursiveComparison().isEqualTo(runs.get(0));
    assertThat(runs.get(0).get(0)).isNotEqualTo(runs.get(0).get(7));
  }

  @Test
  void workersReadAheadButNotFurtherThanAsked() throws InterruptedException {
    AtomicLong read = new AtomicLong();
    try (var loader = DataLoader.of(Dataset.of(1000, i -> Torch.tensor(read.incrementAndGet()))).batchSize(2).workers(2)
        .prefetchFactor(3)) {
      Iterator<Tensor> epoch = loader.iterator();
      assertThat(read).hasValue(0);
      epoch.next();
      for (int i = 0; i < 100 && read.get() < 14; i++) Thread.sleep(20);
      Thread.sleep(50);
      assertThat(read).hasValue(14); // the batch given out and six ahead, of two samples each
    }
  }

  @Test
  void samplesAreReadOnSeveralThreads() {
    var names = ConcurrentHashMap.<String>newKeySet();
    CountDownLatch both = new CountDownLatch(2);
    try (var loader = DataLoader.of(Dataset.of(8, i -> {
      names.add(Thread.currentThread().getName());
      both.countDown();
      try {
        both.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return Torch.tensor(i);
    })).workers(2)) {
      for (Tensor x : loader) assertThat(x.shape()).containsExactly(1);
    }
    assertThat(names).containsExactlyInAnyOrder("flambeau-data-1", "flambeau-data-2");
  }

  @Test
  void aFailureNamesTheSampleAndTheEpochGoesOn() {
    Dataset<Tensor> holed = Dataset.of(6, i -> {
      if (i == 3) throw new IllegalArgumentException("no such picture");
      return Torch.tensor(i);
    });
    for (int workers : new int[] {0, 2}) {
      try (var loader = DataLoader.of(holed).batchSize(2).workers(workers)) {
        Iterator<Tensor> epoch = loader.iterator();
        assertThat(epoch.next().toLongArray()).containsExactly(0, 1);
        assertThatThrownBy(epoch::next).isInstanceOf(IllegalStateException.class).hasMessageContaining("sample 3 of")
            .hasMessageContaining("no such picture").hasCauseInstanceOf(IllegalArgumentException.class);
        assertThat(epoch.next().toLongArray()).containsExactly(4, 5);
        assertThat(epoch.hasNext()).isFalse();
        assertThatThrownBy(epoch::next).isInstanceOf(NoSuchElementException.class);
      }
    }
  }

  @Test
  void errorsOfTheMachineAreCarriedAsTheyAre() {
    for (int workers : new int[] {0, 1}) {
      try (var loader =
          DataLoader.of(Dataset.<Tensor>of(2, _ -> { throw new OutOfMemoryError("pictures"); })).workers(workers)) {
        assertThatThrownBy(() -> loader.iterator().next()).isInstanceOf(OutOfMemoryError.class).hasMessage("pictures");
      }
    }
  }

  @Test
  void abandonedIteratorsLeaveNoThread() throws InterruptedException {
    var loader = DataLoader.of(Dataset.of(1000, Torch::tensor)).workers(3); // never closed
    for (Tensor x : loader) if (x.itemLong() == 5) break;
    assertThat(workersAlive()).isPositive();
    awaitNoWorkers();
    assertThat(loader.iterator().next().itemLong()).isZero(); // and it still works
    awaitNoWorkers();
  }

  @Test
  void closeInterruptsWorkersAndEndsIterators() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    var loader = DataLoader.of(Dataset.of(100, i -> {
      if (i == 1) {
        started.countDown();
        try {
          Thread.sleep(60_000);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      return Torch.tensor(i);
    })).workers(1);
    Iterator<Tensor> epoch = loader.iterator();
    epoch.next();
    started.await();
    loader.close();
    loader.close();
    awaitNoWorkers();
    assertThatThrownBy(epoch::hasNext).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
    assertThatThrownBy(() -> loader.iterator().next()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void closeFreesACallerWhoWaits() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    var loader = DataLoader.of(Dataset.of(9, i -> {
      try {
        never.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return Torch.tensor(i);
    })).workers(1);
    List<Throwable> seen = new ArrayList<>();
    Thread caller = Thread.ofPlatform().start(() -> {
      try {
        loader.iterator().next();
      } catch (IllegalStateException e) {
        seen.add(e);
      }
    });
    while (caller.getState() != Thread.State.WAITING) Thread.sleep(5);
    loader.close();
    caller.join();
    assertThat(seen).hasSize(1);
  }

  @Test
  void anInterruptedCallerIsTold() {
    try (var loader = DataLoader.of(Dataset.of(9, i -> {
      try {
        Thread.sleep(60_000);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return Torch.tensor(i);
    })).workers(1)) {
      Iterator<Tensor> epoch = loader.iterator();
      Thread.currentThread().interrupt();
      assertThatThrownBy(epoch::next).isInstanceOf(IllegalStateException.class).hasMessageContaining("interrupted");
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void iteratorsMayRunSideBySide() {
    try (var loader = DataLoader.of(Dataset.of(7, Torch::tensor)).batchSize(3).workers(2)) {
      Iterator<Tensor> first = loader.iterator();
      Iterator<Tensor> second = loader.iterator();
      for (int i = 0; i < 3; i++) assertThat(first.next().toLongArray()).isEqualTo(second.next().toLongArray());
      assertThat(first.hasNext() || second.hasNext()).isFalse();
    }
  }

  @Test
  void batchesAreMadeByTheCollateFunction() {
    try (var loader = DataLoader.of(Dataset.of(5, i -> i), List::copyOf).batchSize(2)) {
      List<List<Long>> all = new ArrayList<>();
      loader.forEach(all::add);
      assertThat(all).containsExactly(List.of(0L, 1L), List.of(2L, 3L), List.of(4L));
      assertThat(loader.size()).isEqualTo(3);
      assertThat(loader.dropLast(true).size()).isEqualTo(2);
    }
  }

  @Test
  void wrongOptionsAreRefused() {
    try (var loader = DataLoader.of(Dataset.of(5, Torch::tensor))) {
      assertThatThrownBy(() -> loader.batchSize(0)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> loader.workers(-1)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> loader.prefetchFactor(0)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void emptyDataSetsHaveNoBatches() {
    try (var loader = DataLoader.of(Dataset.of(0, Torch::tensor)).shuffle(true).workers(1)) {
      assertThat(loader.size()).isZero();
      assertThat(loader.iterator().hasNext()).isFalse();
    }
  }

  @Test
  void partsOfDataSetsAreDataSets() {
    TensorDataset pairs = new TensorDataset(Torch.arange(6).reshape(3, 2), Torch.tensor(7, 8, 9));
    assertThat(pairs.get(1)[0].toLongArray()).containsExactly(2, 3);
    assertThat(pairs.get(1)[1].itemLong()).isEqualTo(8);
    Dataset<Long> targets =
        new ConcatDataset<>(List.of(new Subset<>(pairs, 2, 0), pairs)).mapped(sample -> sample[1].itemLong());
    assertThat(IntStream.range(0, (int) targets.size()).mapToObj(targets::get)).containsExactly(9L, 7L, 7L, 8L, 9L);
    assertThatThrownBy(() -> targets.get(5)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> new Subset<>(pairs, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> new TensorDataset(Torch.zeros(3), Torch.zeros(2, 3)))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("[3]").hasMessageContaining("[2, 3]");
    assertThatThrownBy(TensorDataset::new).isInstanceOf(IllegalArgumentException.class);
    assertThat(Arrays.toString(new Subset<>(pairs, 2, 0).indices())).isEqualTo("[2, 0]");
  }
}
