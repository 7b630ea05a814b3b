package dev.flambeau;

import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.kernel.Elements;
import dev.flambeau.kernel.Loops;
import dev.flambeau.kernel.Selection;

/** y = zeros of shape {@code whole}, with x at the places that {@code view} shows (added up where these coincide);  dx = view of g. */
record Embed(View view, Shape whole) implements Arranging {
  @Override
  public NdArray forward(NdArray... x) {
    NdArray y = NdArray.allocate(x[0].type(), whole);
    NdArray window = view.of(y);
    if (window.overlapsItself()) Elements.add(y, Selection.of(window), x[0]);
    else Loops.copy(window, x[0]);
    return y;
  }

  @Override
  public Tensor backward(int i, Saved s, Tensor g) { return Op.apply(view, g.contiguous()); }
}
