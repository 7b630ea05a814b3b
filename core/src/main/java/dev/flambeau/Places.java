package dev.flambeau;

import static dev.flambeau.kernel.Indexing.advanced;
import static dev.flambeau.kernel.Indexing.gather;
import static dev.flambeau.kernel.Indexing.indexSelect;
import static dev.flambeau.kernel.Indexing.masked;
import static dev.flambeau.kernel.Indexing.take;

import dev.flambeau.array.NdArray;
import dev.flambeau.kernel.Selection;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which elements of an array index tensors name. Reading there, adding there and writing there share it. */
sealed interface Places {
  /** The places in {@code x}, and the shape in which they are read, given the inputs of an operation, of which those from {@code from} on are indices. */
  Selection in(NdArray x, String op, int from, NdArray... inputs);

  /** Number of index tensors. */
  default int tensors() { return 1; }

  /** The inputs from {@code from} on as what is saved. */
  default Saves saved(int from) {
    Saves all = Saves.NOTHING;
    for (int k = 0; k < tensors(); k++) all = all.and(Saves.input(from + k));
    return all;
  }

  /** x[…, index[…, i, …], …]: the index takes the place of the coordinate in {@code dim}. */
  record Along(int dim) implements Places {
    @Override
    public Selection in(NdArray x, String op, int from, NdArray... inputs) {
      return gather(op, x, dim, inputs[from]);
    }
  }

  /** x[…, index[i], …]: whole slices along {@code dim}. */
  record Parts(int dim) implements Places {
    @Override
    public Selection in(NdArray x, String op, int from, NdArray... inputs) {
      NdArray index = inputs[from];
      if (x.rank() == 0 && index.numel() != 1)
        throw Errors.argument(op, "a single number takes one index, but got the shape " + index.shape());
      return indexSelect(op, x, dim, index);
    }
  }

  /** x as one dimension, at each index. */
  record Flat() implements Places {
    @Override
    public Selection in(NdArray x, String op, int from, NdArray... inputs) {
      return take(op, x, inputs[from]);
    }
  }

  /** x where a mask of its shape is true. */
  record Masked() implements Places {
    @Override
    public Selection in(NdArray x, String op, int from, NdArray... inputs) {
      return masked(op, x, inputs[from]);
    }
  }

  /** x[i, j, …] as in Python, with all of a dimension where {@code pattern} is −1, else the index tensor of that number. */
  record Listed(Ints pattern) implements Places {
    @Override
    public int tensors() {
      int count = 0;
      for (int k = 0; k < pattern.size(); k++) if (pattern.at(k) >= 0) count++;
      return count;
    }

    @Override
    public Selection in(NdArray x, String op, int from, NdArray... inputs) {
      @Nullable NdArray[] indices = new NdArray[pattern.size()];
      for (int k = 0; k < indices.length; k++) if (pattern.at(k) >= 0) indices[k] = inputs[from + pattern.at(k)];
      List<@Nullable NdArray> list = Arrays.asList(indices);
      return advanced(op, x, list);
    }
  }
}
