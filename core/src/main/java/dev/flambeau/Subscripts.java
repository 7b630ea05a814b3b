package dev.flambeau;

import dev.flambeau.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Indexing by Python's rules: first what views can do, then the index tensors. */
final class Subscripts {
  /** The view, the number of each index tensor by dimension (−1 for none), and the index tensors. */
  private record Picked(Tensor view, List<Integer> pattern, List<Tensor> tensors) {
    Places.Listed places() {
      return new Places.Listed(Ints.of(pattern.stream().mapToInt(Integer::intValue).toArray()));
    }

    Tensor[] indices() { return tensors.toArray(Tensor[]::new); }
  }

  private Subscripts() {}

  static Tensor get(Tensor x, Index... indices) {
    Picked picked = pick(x, indices);
    if (!picked.tensors.isEmpty()) return Reads.index(picked.view, picked.places(), picked.indices());
    if (picked.view != x) return picked.view;
    if (indices.length == 1 && indices[0] instanceof Index.Part part)
      return Slices.slice(x, 0, part.start(), part.stop(), part.step());
    return Op.apply(Views.ALIAS, x);
  }

  static void set(Tensor x, Tensor value, Index... indices) {
    Picked picked = pick(x, indices);
    write(picked, fitted(value, rank(picked)));
  }

  static void set(Tensor x, double value, Index... indices) {
    write(pick(x, indices), Writes.number(x, value));
  }

  private static void write(Picked picked, Tensor value) {
    Tensor view = picked.view;
    Tensor _ = picked.tensors.isEmpty()
        ? Recorder.applyInPlace(value.dim() == 0 && view.dim() > 0 ? Copies.FILL_TENSOR : Copies.COPY, view, value)
        : Writes.indexPut(view, picked.places(), value, false, true, picked.indices());
  }

  /** {@code value} without leading dimensions of size 1 beyond {@code rank}. */
  private static Tensor fitted(Tensor value, int rank) {
    Tensor fitted = value;
    while (fitted.dim() > rank && fitted.size(0) == 1) fitted = fitted.squeeze(0);
    return fitted;
  }

  /** Number of dimensions that the index tensors pick. */
  private static int rank(Picked picked) {
    int taken = 0;
    int given = 0;
    for (Tensor t : picked.tensors) {
      boolean mask = t.dtype() == DType.BOOL;
      taken += mask ? t.dim() : 1;
      given = Math.max(given, mask ? 1 : t.dim());
    }
    return picked.view.dim() - taken + given;
  }

  /** The dimensions of x that an index takes. */
  private static int taken(Index index) {
    return switch (index) {
      case Index.Mark _ -> 0;
      case Index.At _, Index.Part _ -> 1;
      case Index.Of of -> isMask(of.tensor()) ? of.tensor().dim() : 1;
    };
  }

  private static boolean isMask(Tensor t) { return t.dtype() == DType.BOOL || t.dtype() == DType.UINT8; }

  private static Picked pick(Tensor x, Index... indices) {
    int taken = 0;
    int ellipses = 0;
    for (Index index : indices) {
      taken += taken(index);
      if (index == Index.ELLIPSIS) ellipses++;
    }
    Shape shape = x.array().shape();
    if (ellipses > 1) throw Errors.argument("get", "only one ellipsis can be given, but there are " + ellipses);
    if (taken > shape.rank()) {
      throw Errors.argument("get",
          "the indices take " + taken + " dimensions, but a tensor of shape " + shape + " has " + shape.rank());
    }
    Picked picked = new Picked(x, new ArrayList<>(), new ArrayList<>());
    for (Index index : indices) picked = next(picked, index, shape.rank() - taken);
    return picked;
  }

  private static Picked next(Picked picked, Index index, int left) {
    Tensor view = picked.view;
    int dim = dim(picked);
    switch (index) {
      case Index.At at -> view = view.select(dim, at.index());
      case Index.Part part -> {
        if (!isWhole(part, view, dim)) view = view.slice(dim, part.start(), part.stop(), part.step());
        picked.pattern.add(-1);
      }
      case Index.Mark mark -> {
        if (mark == Index.Mark.NEW_AXIS) view = view.unsqueeze(dim);
        int skipped = mark == Index.Mark.NEW_AXIS ? 1 : left;
        for (int k = 0; k < skipped; k++) picked.pattern.add(-1);
      }
      case Index.Of of -> {
        Tensor t = of.tensor();
        if (t.dim() == 0 && !isMask(t)) {
          if (t.isFloatingPoint()) throw floating(t);
          view = view.select(dim, t.itemLong());
        } else {
          if (t.dim() == 0) view = view.unsqueeze(dim);
          picked.pattern.add(picked.tensors.size());
          picked.tensors.add(index(t));
        }
      }
    }
    return new Picked(view, picked.pattern, picked.tensors);
  }

  /** Whether a slice shows all of a dimension: then nothing is sliced. */
  private static boolean isWhole(Index.Part part, Tensor view, int dim) {
    Long start = part.start();
    Long stop = part.stop();
    return (start == null || start == 0) && (stop == null || stop >= view.size(dim)) && part.step() == 1;
  }

  /** The dimension of the view that comes next. */
  private static int dim(Picked picked) {
    int dim = 0;
    for (int number : picked.pattern) {
      Tensor t = number < 0 ? null : picked.tensors.get(number);
      dim += t != null && t.dtype() == DType.BOOL ? t.dim() : 1;
    }
    return dim;
  }

  private static Tensor index(Tensor t) {
    if (t.isFloatingPoint()) throw floating(t);
    return isMask(t) ? t.to(DType.BOOL).atLeast1d() : t;
  }

  private static IllegalArgumentException floating(Tensor t) {
    return Errors.argument("get", "indices are integers or truth values, but got " + t.dtype().torchName()
        + "; convert them with to(DType.INT64)");
  }

  /** Each tensor as an index of its own. */
  static Index[] of(Tensor... tensors) { return Arrays.stream(tensors).map(Index::of).toArray(Index[]::new); }

  static Index[] of(long... indices) { return Arrays.stream(indices).mapToObj(Index::at).toArray(Index[]::new); }

  /** The pattern of index tensors for the leading dimensions. */
  static Places.Listed leading(int count) { return new Places.Listed(Ints.range(count)); }
}
