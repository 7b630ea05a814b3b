package dev.flambeau;

import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import java.util.ArrayList;
import java.util.List;

/** Views one after the other, as one: how a view follows its base after the base was changed in place. */
record ViewChain(List<View> steps) implements View {
  @Override
  public String name() { return "AsStrided"; }

  @Override
  public NdArray of(NdArray x) {
    for (View step : steps) x = step.of(x);
    return x;
  }

  @Override
  public Tensor unview(Shape x, Tensor g) {
    List<Shape> shapes = new ArrayList<>();
    Shape shape = x;
    for (View step : steps) {
      shapes.add(shape);
      shape = step.shape(shape);
    }
    for (int k = steps.size() - 1; k >= 0; k--) g = steps.get(k).unview(shapes.get(k), g);
    return g;
  }
}
