package dev.flambeau;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.kernel.Elements;
import dev.flambeau.kernel.Loops;
import dev.flambeau.kernel.Selection;
import dev.flambeau.scalar.Scalar;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Elements written to, or added at, the places that index tensors name. At places named several times the last one written stays. */
final class Writes {
  private Writes() {}

  /**
   * y = x with v written to {@code places}, or added there;  dx = g, or where v was written zero;  dv = g read there. Inputs: x, v, indices.
   *
   * @param overload the number behind the name of the node
   */
  record Write(Places places, boolean adding, String name, int overload) implements Indexing {
    @Override
    public Saves saves(int i) { return i == 0 && adding ? Saves.NOTHING : places.saved(2); }

    @Override
    public NdArray forward(NdArray... x) {
      NdArray y = Layout.copy(x[0]);
      forwardInto(y, x);
      return y;
    }

    @Override
    public void forwardInto(NdArray target, NdArray... x) {
      String op = Errors.operation(this);
      if (x[1].type() != target.type()) {
        throw Errors.argument(op,
            "the values are " + DType.of(x[1].type()).torchName() + ", but the tensor is "
                + DType.of(target.type()).torchName()
                + "; convert them with to(…)");
      }
      Selection at = places.in(target, op, 2, x);
      NdArray values = Broadcast.to(op, x[1], at.shape());
      if (adding) Elements.add(target, at, values);
      else Elements.put(target, at, values);
    }

    @Override
    public @Nullable Tensor backward(int i, Saved s, Tensor g) {
      if (i == 0) return adding ? g : Op.apply(this, Reads.with(g, Reads.operands(number(g, 0), s, places, 2)));
      return i > 1 ? null : Op.apply(new Reads.Read(places, "Index"), Reads.operands(g, s, places, 2));
    }
  }

  /** y = v where the mask is true, else x, for a single number v;  dx = g where it is false, dv = Σ g where it is true. Inputs: x, mask, v. */
  record MaskedFill(int overload) implements Pointwise {
    @Override
    public Scalar of(Scalar... x) { return x[1].ne(0).select(x[2], x[0]); }

    @Override
    public Saves saves(int i) { return Saves.input(1); }

    @Override
    public @Nullable Tensor backward(int i, Saved s, Tensor g) {
      if (i == 1) return null;
      Tensor mask = s.input(1);
      return Op.apply(this, g, i == 0 ? mask : mask.logicalNot(), number(g, 0));
    }
  }

  /** A number of the dtype of {@code x}. */
  static Tensor number(Tensor x, double value) {
    NdArray one = NdArray.allocate(x.array().type(), Shape.SCALAR);
    Loops.fill(one, value);
    return Tensor.number(one);
  }

  /** A number of the dtype of {@code x}. */
  static Tensor number(Tensor x, long value) { return Tensor.number(number(x.array().type(), value)); }

  static NdArray number(ElementType type, long value) {
    NdArray one = NdArray.allocate(type, Shape.SCALAR);
    Loops.fill(one, value);
    return one;
  }

  private static Tensor apply(boolean inPlace, Single op, Tensor x, Tensor... others) {
    return inPlace ? Recorder.applyInPlace(op, x, others) : Op.apply(op, Reads.with(x, others));
  }

  /** Values of the index's shape or greater at {@code x[…, index[…, i, …], …]}. */
  static Tensor scatter(Tensor x, int dim, Tensor index, Tensor source, boolean adding, boolean inPlace) {
    String name = adding ? "ScatterAdd" : "Scatter";
    Write op = new Write(new Places.Along(Dims.wrap(adding ? "scatterAdd" : "scatter", dim, x.dim())), adding, name, 0);
    return apply(inPlace, op, x, cut(Errors.operation(op), source, index), index);
  }

  /** The leading part of {@code source} in the shape of {@code index}. */
  static Tensor cut(String op, Tensor source, Tensor index) {
    Shape shape = index.array().shape();
    if (shape.numel() == 0) return number(source, 0);
    boolean fits = source.dim() == shape.rank();
    for (int d = 0; fits && d < shape.rank(); d++) fits = shape.size(d) <= source.size(d);
    if (!fits) {
      throw Errors.argument(op, "a value is needed for each index, but the source has shape " + source.array().shape()
          + " and the index " + shape);
    }
    Tensor part = source;
    for (int d = 0; d < shape.rank(); d++) if (shape.size(d) < source.size(d)) part = part.narrow(d, 0, shape.size(d));
    return part;
  }

  static Tensor scatter(Tensor x, int dim, Tensor index, Tensor number, boolean inPlace) {
    return apply(inPlace, new Write(new Places.Along(Dims.wrap("scatter", dim, x.dim())), false, "Scatter", 1), x,
        number, index);
  }

  static Tensor indexAdd(Tensor x, int dim, Tensor index, Tensor source, boolean inPlace) {
    return parts("IndexAdd", true, x, dim, index, source, inPlace);
  }

  static Tensor indexCopy(Tensor x, int dim, Tensor index, Tensor source, boolean inPlace) {
    boolean one = source.dim() == 0 && x.dim() == 1;
    return parts("IndexCopy", false, x, dim, index, one ? source.unsqueeze(0) : source, inPlace);
  }

  private static Tensor parts(String name, boolean adding, Tensor x, int dim, Tensor index, Tensor source,
      boolean inPlace) {
    Write op = new Write(new Places.Parts(Dims.wrap(adding ? "indexAdd" : "indexCopy", dim, x.dim())), adding, name, 0);
    Shape shape = x.array().shape();
    Shape expected = shape.rank() == 0 ? shape : shape.with(((Places.Parts) op.places).dim(), index.array().numel());
    if (!source.array().shape().equals(expected)) {
      throw Errors.argument(Errors.operation(op),
          "for a tensor of shape " + shape + " and " + index.numel() + " indices the source must have shape " + expected
              + ", but has " + source.array().shape());
    }
    return apply(inPlace, op, x, source, index);
  }

  /** @param overload 0 for a plain number, 1 for a tensor */
  static Tensor indexFill(Tensor x, int dim, Tensor index, Tensor value, int overload, boolean inPlace) {
    if (index.dim() > 1)
      throw Errors.argument("indexFill", "a vector of indices is needed, but got the shape " + index.array().shape());
    int[] pattern = new int[Dims.wrap("indexFill", dim, x.dim()) + 1];
    Arrays.fill(pattern, -1);
    pattern[pattern.length - 1] = 0;
    if (x.dim() == 0) return apply(inPlace, new Write(new Places.Flat(), false, "IndexFill", overload), x,
        one("indexFill", x, value), index);
    return apply(inPlace, new Write(new Places.Listed(Ints.of(pattern)), false, "IndexFill", overload), x,
        one("indexFill", x, value), index);
  }

  /** A value that is to fill several places. */
  private static Tensor one(String op, Tensor x, Tensor value) {
    if (value.dim() != 0) throw Errors.argument(op,
        "the value must be a single number without dimensions, but has shape " + value.array().shape());
    return value.to(x.dtype());
  }

  static Tensor indexPut(Tensor x, Places.Listed places, Tensor values, boolean accumulate, boolean inPlace,
      Tensor... indices) {
    return apply(inPlace, new Write(places, accumulate, "IndexPut", 0), x, Reads.with(values, indices));
  }

  /** @param overload 0 for a plain number, 1 for a tensor */
  static Tensor maskedFill(Tensor x, Tensor mask, Tensor value, int overload, boolean inPlace) {
    if (mask.dtype() != DType.BOOL) {
      throw Errors.argument("maskedFill", "the mask must be torch.bool, but is " + mask.dtype().torchName()
          + "; compare it with a number, or convert it");
    }
    return apply(inPlace, new MaskedFill(overload), x, mask, one("maskedFill", x, value));
  }

  static Tensor maskedScatter(Tensor x, Tensor mask, Tensor source, boolean inPlace) {
    Shape shape = x.array().shape();
    Shape wide = Shape.broadcast(shape, mask.array().shape());
    if (wide == null || inPlace && !wide.equals(shape)) {
      throw Errors.argument("maskedScatter",
          "a mask of shape " + mask.array().shape() + " does not broadcast to the tensor's shape " + shape);
    }
    Tensor all = Reads.expanded(mask, wide);
    long count = new Places.Masked().in(all.array(), "maskedScatter", 0, all.array()).shape().numel();
    if (source.numel() < count) {
      throw Errors.argument("maskedScatter", "a value is needed for each of the " + count
          + " true elements of the mask, but the source has " + source.numel());
    }
    Tensor values = source.reshape(-1).narrow(0, 0, count);
    return apply(inPlace, new Write(new Places.Masked(), false, "MaskedScatter", 0), Reads.expanded(x, wide), values,
        all);
  }

  static Tensor put(Tensor x, Tensor index, Tensor source, boolean accumulate, boolean inPlace) {
    if (source.numel() != index.numel()) {
      throw Errors.argument("put",
          "a value is needed for each index, but the source has shape " + source.array().shape() + " and the index "
              + index.array().shape());
    }
    return apply(inPlace, new Write(new Places.Flat(), accumulate, "Put", 0), x, source.reshape(index.shape()), index);
  }
}
