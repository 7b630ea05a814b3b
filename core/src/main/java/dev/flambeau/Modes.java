package dev.flambeau;

import dev.flambeau.kernel.Generator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is switched on or off for one thread. New threads begin with the defaults. */
final class Modes {
  private static final ThreadLocal<Modes> CURRENT = ThreadLocal.withInitial(Modes::new);

  boolean grad = true;
  boolean inference;
  boolean anomaly;
  boolean checkNan;
  @Nullable SavedTensorHooks savedTensorHooks;
  @Nullable String savedTensorHooksDisabled;
  @Nullable MutationGuard mutation;
  @Nullable Generator generator;
  final List<Consumer<Node>> nodeCreationHooks = new ArrayList<>(0);
  private long created;

  static Modes current() { return CURRENT.get(); }

  long nextSequenceNr() { return created++; }

  /** Runs {@code work} elsewhere under this thread's modes; this thread must wait for it. */
  static Runnable carried(Runnable work) {
    Modes mine = current();
    return () -> {
      CURRENT.set(mine);
      try {
        work.run();
      } finally {
        CURRENT.remove();
      }
    };
  }
}
