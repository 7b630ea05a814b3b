package dev.flambeau;

import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;

/** The same storage seen in another way. Its derivative puts the gradient back at the places that it showed. */
public non-sealed interface View extends Single {
  /** The gradient of the viewed tensor of shape {@code x}: {@code g} where the view looked, zero elsewhere. */
  default Tensor unview(Shape x, Tensor g) { return Op.apply(new Embed(this, x), g); }

  @Override
  default Tensor backward(int i, Saved s, Tensor g) { return unview(s.shapeOf(0), g); }

  /** Checks and computes the view of a single array. */
  NdArray of(NdArray x);

  /** The shape of the view of a tensor of shape {@code x}. */
  default Shape shape(Shape x) { return of(NdArray.scalar(0f).view(x, new int[x.rank()], 0)).shape(); }

  @Override
  default NdArray forward(NdArray... x) { return of(x[0]); }
}
