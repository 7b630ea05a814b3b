package dev.flambeau;

import dev.flambeau.array.NdArray;
import org.jspecify.annotations.Nullable;

/** Several views of one tensor that share a node. */
public non-sealed interface MultiView extends Several {
  /** Number of pieces of {@code x}. */
  int pieces(NdArray x);

  /** Piece {@code k} as a view of its own. */
  View piece(int k, NdArray x);

  @Override
  default NdArray[] outputs(NdArray... x) {
    NdArray[] y = new NdArray[pieces(x[0])];
    for (int k = 0; k < y.length; k++) y[k] = piece(k, x[0]).of(x[0]);
    return y;
  }

  /** The pieces' gradients joined again; {@code shape} is the whole, and not all of {@code g} are null. */
  Tensor join(Saved s, @Nullable Tensor[] g);

  @Override
  default @Nullable Tensor gradient(int i, Saved s, @Nullable Tensor[] g) { return join(s, g); }
}
