package dev.flambeau;

import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import org.jspecify.annotations.Nullable;

/** What the functions of {@code dev.flambeau.nn} that are layers are made of; users call those. */
public final class Layers {
  private Layers() {}

  /** Rows of {@code weight} by their numbers; the row {@code padding} learns nothing, −1 meaning none. */
  public static Tensor embedding(Tensor index, Tensor weight, long padding) {
    if (weight.dim() != 2) throw Errors.argument("embedding",
        "the weight must be a matrix, a row for each number, but has shape " + weight.array().shape());
    return Op.apply(new Embedding(padding), weight, index);
  }

  /** y = rows of w by their numbers;  dw = g added up at these rows, but zero in the row of the padding. Inputs: w, numbers. */
  record Embedding(long padding) implements Fused {
    private static final Reads.Read ROWS = new Reads.Read(new Places.Parts(0), "Embedding");

    @Override
    public NdArray forward(NdArray... x) {
      Shape shape = x[1].shape().insert(x[1].rank(), x[0].shape().size(1));
      return ROWS.forward(x[0], Layout.contiguous(x[1]).reshaped(Shape.of(x[1].numel()))).reshaped(shape);
    }

    @Override
    public Saves saves(int i) { return Saves.input(1); }

    @Override
    public @Nullable Tensor backward(int i, Saved s, Tensor g) {
      if (i != 0) return null;
      Tensor index = s.input(1).reshape(-1);
      Tensor rows = g.reshape(index.numel(), g.size(-1));
      Tensor counted = padding < 0 ? rows : rows.maskedFill(index.eq(padding).unsqueeze(1), 0);
      return Torch.zeros(g.dtype(), s.shapeOf(0)).indexAdd(0, index, counted);
    }

    @Override
    public Tensor reference(Tensor... x) { return x[0].indexSelect(0, x[1].reshape(-1)).unflatten(0, x[1].shape()); }
  }
}
