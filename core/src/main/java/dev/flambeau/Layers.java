package dev.flambeau;

import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.kernel.Elements;
import dev.flambeau.kernel.Indexing;
import dev.flambeau.kernel.Loops;
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
    @Override
    public NdArray forward(NdArray... x) {
      return Elements.take(x[0], Indexing.rows("embedding", x[0], x[1]));
    }

    @Override
    public Saves saves(int i) { return Saves.input(1); }

    @Override
    public @Nullable Tensor backward(int i, Saved s, Tensor g) {
      return i == 0 ? Op.apply(new EmbeddingDenseBackward(s.shapeOf(0).size(0), padding), g, s.input(1)) : null;
    }

    @Override
    public Tensor reference(Tensor... x) { return x[0].indexSelect(0, x[1].reshape(-1)).unflatten(0, x[1].shape()); }
  }

  /** A table of so many rows, each the sum of g where the numbers name it, but zero at the padding;  dg = its rows by their numbers. Inputs: g, numbers. */
  record EmbeddingDenseBackward(int rows, long padding) implements Fused {
    @Override
    public NdArray forward(NdArray... x) {
      int width = x[0].shape().size(x[0].rank() - 1);
      NdArray y = NdArray.allocate(x[0].type(), Shape.of(rows, width));
      Elements.add(y, Indexing.rows("embedding", y, x[1]), x[0]);
      if (padding >= 0 && padding < rows) Loops.fill(new Slices.Select(0, (int) padding).of(y), 0L);
      return y;
    }

    @Override
    public Saves saves(int i) { return Saves.input(1); }

    @Override
    public @Nullable Tensor backward(int i, Saved s, Tensor h) {
      if (i != 0) return null;
      Tensor index = s.input(1);
      Tensor back = Op.apply(new Embedding(padding), h, index);
      return padding < 0 ? back : back.maskedFill(index.eq(padding).unsqueeze(-1), 0);
    }

    @Override
    public Tensor reference(Tensor... x) {
      Tensor counted = x[0].maskedFill(x[1].eq(padding).unsqueeze(-1), 0);
      return Torch.zeros(x[0].dtype(), rows, x[0].size(-1)).indexAdd(0, x[1].reshape(-1),
          counted.reshape(x[1].numel(), x[0].size(-1)));
    }
  }
}
