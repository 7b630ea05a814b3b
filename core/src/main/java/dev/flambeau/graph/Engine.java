package dev.flambeau.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The reverse sweep: sums gradients where paths meet and runs each vertex once all of its gradients have arrived.
 *
 * <p>A vertex may start a sweep of its own while it runs; that one ends before the outer goes on. Nested deeper than {@value #NESTING} levels a sweep
 * continues on a thread of its own, so nesting costs no stack either. Sweeps of several threads over one graph run side by side.
 *
 * @param <V> what gradients are
 */
public final class Engine<V> {
  private static final int NESTING = 60;

  private static final class Nest {
    int depth;
    @Nullable GraphTask<?> task;
  }

  private final ThreadLocal<Nest> nest = ThreadLocal.withInitial(Nest::new);
  private final BinaryOperator<V> sum;
  private final UnaryOperator<Runnable> carry;

  /**
   * An engine for values that {@code sum} adds.
   *
   * @param carry wraps work that goes on on another thread, so that it finds there what its own thread had set
   */
  public Engine(BinaryOperator<V> sum, UnaryOperator<Runnable> carry) {
    this.sum = sum;
    this.carry = carry;
  }

  /** The innermost sweep that runs on this thread, or null. */
  @SuppressWarnings("unchecked")
  public @Nullable GraphTask<V> current() { return (GraphTask<V>) nest.get().task; }

  /**
   * Runs a sweep from {@code roots}.
   *
   * @param keepGraph whether vertices keep what they saved, for another sweep
   * @param targets null to run everything that is reachable; else only what leads to them
   * @return the gradients taken at the targets, in their order, null where there is none
   */
  public List<@Nullable V> run(List<GraphTask.Root<V>> roots, boolean keepGraph,
      @Nullable List<GraphTask.Target<V>> targets) {
    GraphTask<V> task = new GraphTask<>(keepGraph, sum);
    task.discover(roots);
    if (targets != null) task.restrict(roots, targets);
    task.start(roots);
    return nest.get().depth >= NESTING ? elsewhere(task) : here(task);
  }

  private List<@Nullable V> here(GraphTask<V> task) {
    Nest mine = nest.get();
    GraphTask<?> outer = mine.task;
    mine.task = task;
    mine.depth++;
    try {
      return task.sweep();
    } finally {
      mine.depth--;
      mine.task = outer;
    }
  }

  private List<@Nullable V> elsewhere(GraphTask<V> task) {
    List<@Nullable V> results = new ArrayList<>();
    var outcome = new Object() {
      @Nullable Throwable failure;
    };
    Runnable work = carry.apply(() -> {
      try {
        results.addAll(here(task));
      } catch (Throwable e) {
        outcome.failure = e;
      }
    });
    Thread thread = Thread.ofPlatform().daemon().name("flambeau-nested-backward").start(work);
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
    switch (outcome.failure) {
      case null -> {
        return results;
      }
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException("a nested backward failed with a checked exception", e);
    }
  }
}
