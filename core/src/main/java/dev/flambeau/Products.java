package dev.flambeau;

import dev.flambeau.array.NdArray;
import dev.flambeau.kernel.Reducer;
import org.jspecify.annotations.Nullable;

/** Products of elements. */
final class Products {
  private Products() {}

  /** y = Π x over one or all dims;  dx = g · (Π x before) · (Π x after): no division, so zeros do no harm. */
  record Prod(Over over) implements Reduction {
    @Override
    public int overload() { return over.overload(); }

    @Override
    public NdArray forward(NdArray... x) {
      return over.reduce(Reducer.PROD, Sums.IDENTITY, Sums.type(x[0]), Sums.type(x[0]), x[0]);
    }

    @Override
    public Saves saves(int i) { return Saves.input(0); }

    @Override
    public @Nullable Tensor backward(int i, Saved s, Tensor g) {
      Tensor x = s.input(0);
      if (x.numel() == 0) return null;
      if (x.dim() == 0) return g;
      Tensor lanes = over.whole() ? x.reshape(x.numel()) : x;
      int dim = over.whole() ? 0 : over.dims().at(0);
      Tensor others = Scans.productOfOthers(lanes, dim, false).mul(Scans.productOfOthers(lanes, dim, true));
      return over.kept(g, s.shapeOf(0)).mul(over.whole() ? others.reshape(x.shape()) : others);
    }
  }
}
