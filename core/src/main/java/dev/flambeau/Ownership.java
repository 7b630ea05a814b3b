package dev.flambeau;

import dev.flambeau.array.Spares;
import org.jspecify.annotations.Nullable;

/**
 * Finds gradients that nobody but the sweep holds, so that sums, accumulation and pointwise operations may use their memory, and what comes later in the
 * sweep once they are spent.
 *
 * <p>{@link Tensor#holders} counts the places where such a gradient waits. A result has 1 if its storage was made for it: it is no saved tensor's, no
 * other result's, and none of the incoming gradients' (but for one that is passed on as it is, or is seen through this one view from now on). What reaches
 * a user's code, as in hooks, functions and results, is set to 0 before, and so it stays. Gradients have 0 throughout while the sweep is recorded.
 */
final class Ownership {
  /** In place of 1: who reads it now is the last, and may write over it. */
  static final byte LAST_READER = -1;
  private static final int MOST = 100;

  private Ownership() {}

  /** Whether {@code op} is known to keep neither gradients nor results: those of this package do not, a user's might. */
  static boolean trusts(Op op) { return op.getClass().getPackageName().equals(Ownership.class.getPackageName()); }

  /** From now on others may hold these. */
  static void share(@Nullable Tensor... gradients) { for (Tensor g : gradients) if (g != null) g.holders = 0; }

  private static void hold(Tensor g, int places) { g.holders = (byte) (places <= MOST ? places : 0); }

  /** Finds out which results of a node are owned. */
  static void mark(@Nullable Tensor[] results, @Nullable Tensor[] incoming, @Nullable SavedTensor @Nullable [] saved) {
    for (Tensor result : results) {
      if (result == null) continue;
      Object data = result.array().data();
      int places = 0;
      boolean sole = true;
      for (Tensor other : results) {
        if (other == result) places++;
        else if (other != null && other.array().data() == data) sole = false;
      }
      Tensor source = null;
      for (Tensor g : incoming) if (g != null && g.array().data() == data) source = g;
      if (source == null) {
        if (saved != null) for (SavedTensor s : saved) if (s != null && s.mayHold(data)) sole = false;
        hold(result, sole ? places : 0);
      } else if (!sole) {
        share(source, result);
      } else if (source != result) {
        hold(result, source.holders == 1 ? places : 0);
        share(source);
      } else if (source.holders > 0) {
        hold(source, source.holders + 1);
      }
    }
  }

  /** {@code fitted}, made from {@code result}, takes its place. */
  static void replace(Tensor result, Tensor fitted) {
    if (fitted.array().data() == result.array().data()) {
      share(fitted, result);
    } else {
      hold(fitted, Modes.current().grad ? 0 : 1);
      drop(result);
    }
  }

  /** {@code g} waits in one place less; after the last, its storage is spare. */
  static void drop(Tensor g) {
    if (g.holders > 0 && --g.holders == 0) Spares.give(g.array());
  }

  /** a + b, in the memory of one of them if nobody else holds it. */
  static Tensor sum(Tensor a, Tensor b) {
    boolean recording = Modes.current().grad;
    boolean inA = !recording && takes(a, b);
    boolean inB = !recording && !inA && takes(b, a);
    Tensor total = inA ? a : inB ? b : a.add(b);
    if (inA || inB) total.accumulate(inA ? b : a);
    else hold(total, recording ? 0 : 1);
    if (!inA) drop(a);
    if (!inB) drop(b);
    return total;
  }

  private static boolean takes(Tensor a, Tensor b) {
    return a.holders == 1 && a.dtype() == b.dtype() && a.array().shape().equals(b.array().shape())
        && !a.array().overlapsItself();
  }
}
