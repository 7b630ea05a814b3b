package dev.flambeau.io;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The body of a response, in the order it comes, for a reader who does not wait for ever. (The JDK's stream of a body
 * forgets what came just before a cut, and has no timeout.)
 */
final class BodyQueue implements BodySubscriber<BodyQueue>, AutoCloseable {
  private interface Arrival {
    List<ByteBuffer> open() throws IOException;
  }

  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private final CompletableFuture<Subscription> subscription = new CompletableFuture<>();

  /** The next bytes; none at the end. */
  List<ByteBuffer> next(Duration timeout) throws IOException, InterruptedException {
    more();
    Arrival arrival = arrivals.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
    if (arrival == null) throw new HttpTimeoutException("no byte came for " + timeout.toMillis() + " ms");
    return arrival.open();
  }

  @Override
  public CompletionStage<BodyQueue> getBody() { return subscription.thenApply(_ -> this); }

  @Override
  public void onSubscribe(Subscription s) { subscription.complete(s); }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    if (buffers.isEmpty()) more();
    else arrivals.add(() -> buffers);
  }

  private void more() { subscription.join().request(1); }

  @Override
  public void onError(Throwable cause) {
    arrivals.add(() -> { throw new IOException(cause.getMessage(), cause); });
  }

  @Override
  public void onComplete() { arrivals.add(List::of); }

  /** Wants no more of it. */
  @Override
  public void close() { subscription.join().cancel(); }
}
