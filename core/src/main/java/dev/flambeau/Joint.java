package dev.flambeau;

import org.jspecify.annotations.Nullable;

/** An operation whose gradients are computed in one go, as they have most of the work in common. */
public non-sealed interface Joint extends Several {
  /** The gradients of those inputs that are {@code wanted}, null for the others. */
  @Nullable Tensor[] gradients(boolean[] wanted, Saved s, @Nullable Tensor[] g);

  @Override
  default @Nullable Tensor gradient(int i, Saved s, @Nullable Tensor[] g) {
    boolean[] wanted = new boolean[s.inputs()];
    wanted[i] = true;
    return gradients(wanted, s, g)[i];
  }
}
