package dev.flambeau;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.kernel.Counting;
import dev.flambeau.kernel.Loops;
import dev.flambeau.kernel.Sorting;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Elements by their order: sorted, the greatest, the k-th, the middle, the distinct; and searching among sorted ones. NaN is greater than all. */
final class Orders {
  private Orders() {}

  /** Values along {@code dim} and their indices;  dx = g at the indices, zero elsewhere. */
  private interface Along extends Ranking {
    int dim();

    /** Whether {@code dim} is in the results. */
    default boolean keepsDim() { return true; }

    Sorting.Sorted ranked(NdArray x);

    @Override
    default Saves saves(int i) { return Saves.OUTPUT; }

    @Override
    default NdArray[] outputs(NdArray... x) {
      Sorting.Sorted y = ranked(x[0]);
      if (keepsDim() || x[0].rank() == 0) return new NdArray[] {y.values(), y.indices()};
      Shape shape = y.values().shape().without(dim());
      return new NdArray[] {y.values().reshaped(shape), y.indices().reshaped(shape)};
    }

    @Override
    default @Nullable Tensor gradient(int i, Saved s, @Nullable Tensor[] g) {
      Tensor values = g[0];
      if (values == null) return null;
      Tensor indices = s.output(1);
      if (!keepsDim() && s.shapeOf(0).rank() > 0) {
        values = values.unsqueeze(dim());
        indices = indices.unsqueeze(dim());
      }
      return Op.apply(new Reads.Deposit(new Reads.Read(new Places.Along(dim()), "Gather"), s.shapeOf(0)), values,
          indices);
    }
  }

  /** y = x in order along {@code dim}, equals in the order that they had. */
  record Sort(int dim, boolean descending, int overload) implements Along {
    @Override
    public Sorting.Sorted ranked(NdArray x) { return Sorting.sort(x, dim, descending); }
  }

  /** y = the {@code k} greatest or smallest along {@code dim}, the best first. */
  record Topk(int k, int dim, boolean largest) implements Along {
    @Override
    public Sorting.Sorted ranked(NdArray x) { return Sorting.topk(x, k, dim, largest); }
  }

  /** y = the {@code k}-th smallest along {@code dim}, counted from 1. */
  record Kthvalue(int k, int dim, boolean keepsDim) implements Along {
    @Override
    public Sorting.Sorted ranked(NdArray x) { return Sorting.kthvalue(x, k, dim); }
  }

  /** y = the median along {@code dim}, of an even number the lower; NaN if there is one, unless NaNs are left out. */
  record MedianAlong(int dim, boolean keepsDim, boolean ignoresNan) implements Along {
    @Override
    public String name() { return ignoresNan ? "Nanmedian" : "Median"; }

    @Override
    public int overload() { return 1; }

    @Override
    public Sorting.Sorted ranked(NdArray x) { return Sorting.median(x, dim, ignoresNan); }
  }

  /** y = the median of all elements;  dx = g / n at the n elements that are equal to it. */
  record Median(boolean ignoresNan) implements Reduction {
    @Override
    public String name() { return ignoresNan ? "Nanmedian" : "Median"; }

    @Override
    public Saves saves(int i) { return Saves.input(0).and(Saves.OUTPUT); }

    @Override
    public NdArray forward(NdArray... x) {
      NdArray all = Layout.contiguous(x[0]).reshaped(Shape.of(x[0].numel()));
      if (all.numel() > 0) return Sorting.median(all, 0, ignoresNan).values().reshaped(Shape.SCALAR);
      NdArray none = NdArray.allocate(all.type(), Shape.SCALAR);
      if (!all.type().isFloating())
        throw Errors.argument("median", "there is no median of no integers, but the shape is " + x[0].shape());
      Loops.fill(none, Double.NaN);
      return none;
    }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) {
      Tensor x = s.input(0);
      Tensor y = s.output();
      Tensor hits = (Double.isNaN(y.item()) ? x.isnan() : x.eq(y)).to(g.dtype());
      return hits.mul(g.div(hits.sum()));
    }
  }

  /** The distinct elements in ascending order, or one of each run of equals as they come; with the index and the number of each. No gradient. */
  record Unique2(boolean consecutive) implements Ranking {
    @Override
    public String name() { return consecutive ? "UniqueConsecutive" : "Unique2"; }

    @Override
    public NdArray[] outputs(NdArray... x) { return outputsOf(Sorting.unique(x[0], consecutive)); }

    @Override
    public Tensor gradient(int i, Saved s, @Nullable Tensor[] g) { throw noGradient("unique"); }
  }

  /** As {@link Unique2}, of the slices along {@code dim}. */
  record UniqueDim(int dim, boolean consecutive) implements Ranking {
    @Override
    public String name() { return consecutive ? "UniqueDimConsecutive" : "UniqueDim"; }

    @Override
    public NdArray[] outputs(NdArray... x) { return outputsOf(Sorting.unique(x[0], dim, consecutive)); }

    @Override
    public Tensor gradient(int i, Saved s, @Nullable Tensor[] g) { throw noGradient("unique"); }
  }

  private static NdArray[] outputsOf(Sorting.Unique y) { return new NdArray[] {y.values(), y.inverse(), y.counts()}; }

  private static UnsupportedOperationException noGradient(String operation) {
    return new UnsupportedOperationException(operation + ": there is no derivative; detach() the tensor first");
  }

  /** y[k] = how often k occurs in x, or the sum of the weights there; no gradient. Inputs: x, perhaps weights. */
  record Bincount(int least) implements Indexing {
    @Override
    public NdArray forward(NdArray... x) { return Counting.bincount(x[0], x.length > 1 ? x[1] : null, least); }

    @Override
    public @Nullable Tensor backward(int i, Saved s, Tensor g) { return null; }
  }

  /** y = where the values would be put in to keep the sequence in order, before equals or after them; no gradient. Inputs: sequence, values. */
  record Searchsorted(boolean right) implements Indexing {
    @Override
    public NdArray forward(NdArray... x) {
      ElementType type = DType.of(x[0].type()).promote(DType.of(x[1].type())).element();
      return Sorting.searchSorted(cast(x[0], type), cast(x[1], type), right);
    }

    private static NdArray cast(NdArray x, ElementType type) { return x.type() == type ? x : Layout.cast(x, type); }

    @Override
    public @Nullable Tensor backward(int i, Saved s, Tensor g) { return null; }
  }

  /** y[…, c] = 1 where x[…] = c, else 0; no gradient. */
  record OneHot(int classes) implements Indexing {
    @Override
    public NdArray forward(NdArray... x) {
      NdArray labels = Layout.contiguous(x[0]);
      int n = labels.numel();
      long[] y = new long[labels.shape().insert(labels.rank(), classes).numel()];
      for (int i = 0; i < n; i++) {
        long label = labels.longAt(labels.offset() + i);
        if (label < 0 || label >= classes) {
          throw Errors.argument("oneHot", "class " + label + " is not among the classes 0 … " + (classes - 1)
              + "; give a greater number of classes");
        }
        y[i * classes + (int) label] = 1;
      }
      return NdArray.of(y, ElementType.INT64, labels.shape().insert(labels.rank(), classes));
    }

    @Override
    public @Nullable Tensor backward(int i, Saved s, Tensor g) { return null; }
  }

  /** How many elements fall into each of {@code bins} stretches of equal width from {@code low} to {@code high}, both included; no gradient. */
  record Histc(int bins, double low, double high) implements Indexing {
    @Override
    public NdArray forward(NdArray... x) {
      NdArray all = Layout.contiguous(x[0]);
      double[] counts = new double[bins];
      for (int i = 0; i < all.numel(); i++) {
        double v = all.doubleAt(all.offset() + i);
        if (v >= low && v <= high) counts[Math.min((int) ((v - low) / (high - low) * bins), bins - 1)]++;
      }
      return Layout.cast(NdArray.of(counts, ElementType.FLOAT64, Shape.of(bins)), all.type());
    }

    @Override
    public @Nullable Tensor backward(int i, Saved s, Tensor g) { return null; }
  }

  private static ValuesAndIndices both(Along op, Tensor x) {
    Tensor[] y = Op.apply(op, x);
    return new ValuesAndIndices(y[0], y[1]);
  }

  static ValuesAndIndices sort(Tensor x, int dim, boolean descending, boolean stable) {
    return both(new Sort(Dims.wrap("sort", dim, x.dim()), descending, stable ? 1 : 0), x);
  }

  static ValuesAndIndices topk(Tensor x, long k, int dim, boolean largest) {
    return both(new Topk(rank("topk", k), Dims.wrap("topk", dim, x.dim()), largest), x);
  }

  static ValuesAndIndices kthvalue(Tensor x, long k, int dim, boolean keepDim) {
    return both(new Kthvalue(rank("kthvalue", k), Dims.wrap("kthvalue", dim, x.dim()), keepDim), x);
  }

  private static int rank(String operation, long k) {
    if (k < 0 || k > Integer.MAX_VALUE)
      throw Errors.argument(operation, "k must not be negative, nor greater than the dimension, but is " + k);
    return (int) k;
  }

  static ValuesAndIndices median(Tensor x, int dim, boolean keepDim, boolean ignoresNan) {
    return both(new MedianAlong(Dims.wrap("median", dim, x.dim()), keepDim, ignoresNan), x);
  }

  static Distinct unique(Tensor x, boolean consecutive) { return distinct(new Unique2(consecutive), x); }

  static Distinct unique(Tensor x, int dim, boolean consecutive) {
    if (x.dim() == 0) throw Errors.argument("unique", "a single number has no dimension");
    return distinct(new UniqueDim(Dims.wrap("unique", dim, x.dim()), consecutive), x);
  }

  private static Distinct distinct(Ranking op, Tensor x) {
    Tensor[] y = Op.apply(op, x);
    return new Distinct(y[0], y[1], y[2]);
  }

  static Tensor bincount(Tensor x, @Nullable Tensor weights, long least) {
    Bincount op = new Bincount(Dims.exact("bincount", least));
    return weights == null ? Op.apply(op, x) : Op.apply(op, x, weights.detach());
  }

  static Tensor oneHot(Tensor x, long classes) {
    if (x.isFloatingPoint() || x.dtype() == DType.BOOL)
      throw Errors.argument("oneHot", "classes are integers, but got " + x.dtype().torchName());
    long count = classes;
    if (classes == -1) {
      if (x.numel() == 0) throw Errors.argument("oneHot",
          "the number of classes must be given for a tensor without elements, of shape " + x.array().shape());
      for (long label : x.toLongArray()) count = Math.max(count, label + 1);
    } else if (classes < 1) {
      throw Errors.argument("oneHot", "the number of classes must be positive, or −1 to be found, but is " + classes);
    }
    return Op.apply(new OneHot(Dims.exact("oneHot", count)), x);
  }

  static Tensor histc(Tensor x, int bins, double low, double high) {
    if (!x.isFloatingPoint()) throw Errors.argument("histc",
        "real numbers are needed, but got " + x.dtype().torchName() + "; use bincount, or convert them");
    if (bins < 1 || !(low <= high)) throw Errors.argument("histc",
        "at least one bin is needed and a range, but got " + bins + " bins from " + low + " to " + high);
    double from = low;
    double to = high;
    if (low == high && x.numel() > 0) {
      double[] all = x.toDoubleArray();
      from = Arrays.stream(all).min().orElse(0);
      to = Arrays.stream(all).max().orElse(0);
    }
    if (from == to) {
      from -= 1;
      to += 1;
    }
    return Op.apply(new Histc(bins, from, to), x.detach());
  }
}
