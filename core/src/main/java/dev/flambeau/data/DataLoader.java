package dev.flambeau.data;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.flambeau.Torch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Batches of a data set's samples; each iterator is an epoch.
 *
 * <pre>{@code
 * try (var loader = DataLoader.of(dataset).batchSize(64).shuffle(true).workers(2)) {
 *   for (int epoch = 0; epoch < 10; epoch++) for (Tensor[] batch : loader) …
 * }
 * }</pre>
 *
 * <p>The batches depend on the seed only, not on the number of workers: after {@link Torch#manualSeed} their order is
 * that of PyTorch's loader without workers. An iterator draws a base seed, then its sampler draws; what the data set
 * and the collate function draw for the i-th batch comes from a generator of their own, seeded with base seed + i.
 * (PyTorch's loader without workers lets them draw from the default generator, so random transforms give other numbers
 * there.)
 *
 * <p>Workers are daemon threads, which end when there was nothing to read for a second: an iterator that is given up
 * leaves nothing running, even if the loader is never closed. Iterators may be used side by side, each on one thread.
 */
public final class DataLoader<B> implements Iterable<B>, AutoCloseable {
  private final Function<long[], B> read;
  private final long samples;
  private Sampler sampler;
  private int batchSize = 1;
  private boolean dropLast;
  private int workers;
  private int prefetchFactor = 2;
  private @Nullable ThreadPoolExecutor pool;
  private volatile boolean closed;

  private DataLoader(long samples, Function<long[], B> read) {
    this.samples = samples;
    this.sampler = new SequentialSampler(samples);
    this.read = read;
  }

  /**
   * A loader whose batches are values of the samples' type, made by {@link Collate#stack}: one sample each, in order.
   */
  public static <S> DataLoader<S> of(Dataset<S> dataset) { return of(dataset, Collate::stack); }

  /** A loader whose batches {@code collate} makes of lists of samples: one sample each, in order. */
  public static <S, B> DataLoader<B> of(Dataset<S> dataset, Function<? super List<S>, ? extends B> collate) {
    return new DataLoader<>(dataset.size(), indices -> {
      List<S> samples = new ArrayList<>(indices.length);
      for (long i : indices) {
        try {
          samples.add(dataset.get(i));
        } catch (RuntimeException e) {
          throw new IllegalStateException("DataLoader: sample " + i + " of the data set could not be read: " + e, e);
        }
      }
      return collate.apply(samples);
    });
  }

  /** Sets how many samples a batch has; 1 if not set. */
  @CanIgnoreReturnValue
  public DataLoader<B> batchSize(int n) {
    batchSize = new BatchSampler(sampler, n, dropLast).batchSize();
    return this;
  }

  /** Every sample once, in random order, or in the data set's order. Takes the place of a sampler. */
  @CanIgnoreReturnValue
  public DataLoader<B> shuffle(boolean on) {
    return sampler(on ? new RandomSampler(samples) : new SequentialSampler(samples));
  }

  /** Sets which samples are read, in which order. */
  @CanIgnoreReturnValue
  public DataLoader<B> sampler(Sampler order) {
    sampler = order;
    return this;
  }

  /** Whether a last batch smaller than the others is left out. */
  @CanIgnoreReturnValue
  public DataLoader<B> dropLast(boolean drop) {
    dropLast = drop;
    return this;
  }

  /** Sets how many threads read batches ahead; with 0, the caller's own thread reads each when it is asked for. */
  @CanIgnoreReturnValue
  public DataLoader<B> workers(int n) {
    if (n < 0) throw new IllegalArgumentException("DataLoader: expected a number of workers from 0 on, got " + n);
    if (pool != null)
      throw new IllegalStateException("DataLoader: set the number of workers before the first iterator");
    workers = n;
    return this;
  }

  /** Sets how many batches are read ahead for each worker; 2 if not set. */
  @CanIgnoreReturnValue
  public DataLoader<B> prefetchFactor(int n) {
    if (n < 1) throw new IllegalArgumentException("DataLoader: expected a prefetch factor of at least 1, got " + n);
    prefetchFactor = n;
    return this;
  }

  /** The number of batches of an epoch. */
  public long size() { return new BatchSampler(sampler, batchSize, dropLast).size(); }

  /**
   * Starts an epoch. A sample that cannot be read is an {@code IllegalStateException} with the sample's number, thrown
   * where its batch would have come, with any number of workers; the iterator then goes on with the next batch.
   */
  @Override
  public Iterator<B> iterator() { return new Epoch(); }

  /** Ends all iterators: the workers are interrupted and waited for. */
  @Override
  public void close() {
    ThreadPoolExecutor running;
    synchronized (this) {
      closed = true;
      running = pool;
    }
    if (running == null) return;
    for (Runnable unstarted : running.shutdownNow()) ((FutureTask<?>) unstarted).cancel(false);
    running.close();
  }

  private synchronized void start(FutureTask<B> task) {
    requireOpen();
    if (pool == null) {
      pool = new ThreadPoolExecutor(workers, workers, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
          Thread.ofPlatform().daemon().name("flambeau-data-", 1).factory());
      pool.allowCoreThreadTimeOut(true);
    }
    pool.execute(task);
  }

  private void requireOpen() {
    if (closed) throw new IllegalStateException("DataLoader: it is closed; make a new one");
  }

  private final class Epoch implements Iterator<B> {
    private final long seed = Sampler.drawSeed();
    private final Queue<FutureTask<B>> ahead = new ArrayDeque<>();
    private @Nullable Iterator<long[]> batches;
    private long number;

    /** Has at least {@code least} batches under way, if there are as many, and all that workers may read ahead. */
    private void fill(int least) {
      requireOpen();
      if (batches == null) batches = new BatchSampler(sampler, batchSize, dropLast).iterator();
      while (ahead.size() < Math.max(least, workers * prefetchFactor) && batches.hasNext()) {
        long[] indices = batches.next();
        long own = seed + number++;
        var task = new FutureTask<B>(() -> {
          try (var _ = Torch.forkRng(own)) {
            return read.apply(indices);
          }
        });
        if (workers > 0) start(task);
        ahead.add(task);
      }
    }

    @Override
    public boolean hasNext() {
      fill(1);
      return !ahead.isEmpty();
    }

    @Override
    public B next() {
      fill(1);
      FutureTask<B> task = ahead.poll();
      if (task == null) throw new NoSuchElementException("DataLoader: the epoch has no more batches");
      if (workers == 0) task.run();
      else fill(0);
      try {
        return task.get();
      } catch (ExecutionException e) {
        switch (e.getCause()) {
          case Error error -> throw error;
          case RuntimeException cause -> throw cause;
          case null, default -> throw new IllegalStateException("DataLoader: a batch could not be read", e);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("DataLoader: interrupted while waiting for a batch", e);
      } catch (CancellationException e) {
        throw new IllegalStateException("DataLoader: it was closed while a batch was read", e);
      }
    }
  }
}
