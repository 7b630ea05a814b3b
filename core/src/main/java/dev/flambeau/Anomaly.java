package dev.flambeau;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Anomaly mode: where each node was made, told when it fails, and a watch for NaN. */
final class Anomaly {
  private static final System.Logger LOG = System.getLogger("dev.flambeau");

  private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
  /** How many nodes of nested derivatives are told of one failure. */
  private static final int MOST_ANCESTORS = 100;
  /** Packages whose frames say nothing to a user who looks for a call of theirs. */
  private static final Set<String> LIBRARY = Set.of("dev.flambeau", "dev.flambeau.nn");

  /** Where a node was made, and during which node's run. */
  record Trace(List<StackTraceElement> frames, @Nullable Node parent) {}

  private Anomaly() {}

  static Scope detect(boolean on, boolean checkNan) {
    if (on) LOG.log(System.Logger.Level.WARNING,
        "anomaly mode is on: each operation remembers where it was called, which is slow; use it to find mistakes only");
    Modes modes = Modes.current();
    boolean before = modes.anomaly;
    boolean checked = modes.checkNan;
    modes.anomaly = on;
    modes.checkNan = on && checkNan;
    return () -> {
      modes.anomaly = before;
      modes.checkNan = checked;
    };
  }

  static Trace trace() {
    List<StackTraceElement> frames =
        WALKER.walk(all -> all.dropWhile(f -> LIBRARY.contains(f.getDeclaringClass().getPackageName())).limit(24)
            .map(StackWalker.StackFrame::toStackTraceElement).toList());
    return new Trace(frames, Autograd.currentNode());
  }

  static void report(Node node, Throwable failure) {
    LOG.log(System.Logger.Level.WARNING, describe(node, failure.toString()));
  }

  static void checkNan(Node node, @Nullable Tensor[] results) {
    for (int i = 0; i < results.length; i++) {
      Tensor g = results[i];
      if (g == null || !g.isFloatingPoint()) continue;
      boolean nan;
      try (var _ = Torch.noGrad()) {
        nan = g.ne(g).any().itemBoolean();
      }
      if (nan) {
        LOG.log(System.Logger.Level.WARNING, describe(node, "it gave NaN"));
        throw new IllegalStateException(node.name() + " gave NaN in output " + i + " of its backward; " + place(node));
      }
    }
  }

  private static String place(Node node) {
    Trace trace = node.trace();
    return trace == null || trace.frames().isEmpty()
        ? "the forward step ran without anomaly mode, so its place is unknown"
        : "the forward step was called at " + trace.frames().getFirst();
  }

  private static String describe(Node node, String what) {
    StringBuilder text = new StringBuilder("backward failed in ").append(node.name()).append(": ").append(what);
    int ancestors = 0;
    for (Node n = node; n != null && ancestors++ < MOST_ANCESTORS;) {
      Trace trace = n.trace();
      if (trace == null) {
        text.append(System.lineSeparator()).append("No trace of the forward call of ").append(n.name())
            .append(": it ran without anomaly mode.");
        break;
      }
      text.append(System.lineSeparator())
          .append(n == node ? "Trace of the forward call of " : "It was made while this node ran: ").append(n.name())
          .append(':');
      for (StackTraceElement frame : trace.frames())
        text.append(System.lineSeparator()).append("    at ").append(frame);
      n = trace.parent();
    }
    return text.toString();
  }
}
