package dev.flambeau;

import org.jspecify.annotations.Nullable;

/**
 * Finds gradients that nobody else holds, so that sums and accumulation may use their memory instead of copying.
 *
 * <p>A result is exclusive if its storage was made for it: it is none of the incoming gradients' (or that one was exclusive and is passed on once), no
 * saved tensor's, and no other result's.
 */
final class Ownership {
  private Ownership() {}

  static void mark(@Nullable Tensor[] results, @Nullable Tensor[] incoming, @Nullable SavedTensor @Nullable [] saved) {
    for (int i = 0; i < results.length; i++) {
      Tensor result = results[i];
      if (result == null) continue;
      Object data = result.array().data();
      boolean fresh = true;
      for (int k = 0; k < results.length; k++) {
        Tensor other = results[k];
        if (k != i && other != null && other.array().data() == data) fresh = false;
      }
      for (Tensor g : incoming) {
        if (g != null && g.array().data() == data && !(g == result && g.exclusive)) fresh = false;
      }
      if (saved != null) {
        for (SavedTensor s : saved) if (s != null && s.holds(data)) fresh = false;
      }
      result.exclusive = fresh;
    }
  }

  /** a + b, in a's memory if nobody else holds it. */
  static Tensor sum(Tensor a, Tensor b) {
    boolean recording = Modes.current().grad;
    if (!recording && a.exclusive && a.array().isContiguous() && a.array().shape().equals(b.array().shape())
        && a.dtype() == b.dtype()) {
      a.accumulate(b);
      return a;
    }
    Tensor total = a.add(b);
    total.exclusive = !recording;
    return total;
  }
}
