package dev.flambeau;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.kernel.Formula;
import dev.flambeau.kernel.Loops;
import dev.flambeau.kernel.Reducer;
import dev.flambeau.scalar.Scalar;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the functions of {@code dev.flambeau.nn} that are layers are made of; users call those. */
public final class Layers {
  private static final Formula TIMES = Formula.of(Scalar.arg(0).mul(Scalar.arg(1)), 2);

  private Layers() {}

  /** Rows of {@code weight} by their numbers; the row {@code padding} learns nothing, −1 meaning none. */
  public static Tensor embedding(Tensor index, Tensor weight, long padding) {
    if (weight.dim() != 2) throw Errors.argument("embedding",
        "the weight must be a matrix, a row for each number, but has shape " + weight.array().shape());
    return Op.apply(new Embedding(padding), weight, index);
  }

  /** (x − mean) / √(variance + ε) over the last dimensions, of shape {@code normalized}, times weight, plus bias. */
  public static Tensor layerNorm(Tensor x, long[] normalized, @Nullable Tensor weight, @Nullable Tensor bias,
      double eps) {
    Shape inner = Shape.of(normalized);
    int lead = x.dim() - inner.rank();
    if (inner.rank() == 0 || lead < 0 || !inner.equals(Shape.of(Arrays.copyOfRange(x.shape(), lead, x.dim())))) {
      throw Errors.argument("layerNorm",
          "the last dimensions of the input must be " + inner + ", but it has shape " + x.array().shape());
    }
    Tensor factor = orNumber(weight, inner, x, 1);
    return Op.apply(new NativeLayerNorm(inner.rank()), x, factor, orNumber(bias, inner, x, 0), Numbers.beside(x, eps));
  }

  private static Tensor orNumber(@Nullable Tensor parameter, Shape shape, Tensor x, double absent) {
    if (parameter == null) return Numbers.beside(x, absent);
    if (!parameter.array().shape().equals(shape)) {
      throw Errors.argument("layerNorm",
          "weight and bias must have the shape " + shape + ", but one has " + parameter.array().shape());
    }
    return parameter;
  }

  /** softmax(scale · q kᵀ) v over the last two dimensions, batch by batch. */
  public static Tensor attention(Tensor q, Tensor k, Tensor v, double scale) {
    boolean four = q.dim() == 4 && k.dim() == 4 && v.dim() == 4;
    boolean sameBatches =
        four && Arrays.equals(q.shape(), 0, 2, k.shape(), 0, 2) && Arrays.equals(k.shape(), 0, 3, v.shape(), 0, 3);
    return sameBatches ? Op.apply(new ScaledDotProductFlashAttentionForCpu(scale), q, k, v)
        : shares(q, k, scale).matmul(v);
  }

  private static Tensor shares(Tensor q, Tensor k, double scale) { return q.matmul(k.mT()).mul(scale).softmax(-1); }

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

  /**
   * y = n · w + b with n = (x − mean) / √(variance + ε) over the last dimensions;  dx = (h − mean h − n · mean(h · n)) / √(variance + ε) with h = g · w,
   * dw = g · n, db = g. Inputs: x, w, b, ε.
   */
  record NativeLayerNorm(int last) implements Fused {
    private static final Scalar CENTRED = Scalar.arg(0).sub(Scalar.arg(1));
    private static final Formula SQUARE = Formula.of(CENTRED.square(), 2);
    private static final Formula NORM = Formula.of(
        CENTRED.div(Scalar.arg(2).add(Scalar.arg(5)).sqrt()).mul(Scalar.arg(3)).add(Scalar.arg(4)), 6);

    private Over over(int rank) { return new Over(Ints.of(lastDims(rank)), true, false); }

    private int[] lastDims(int rank) {
      int[] dims = new int[last];
      Arrays.setAll(dims, k -> rank - last + k);
      return dims;
    }

    @Override
    public NdArray forward(NdArray... x) {
      ElementType type = x[0].type();
      Over over = over(x[0].rank());
      double count = over.count(x[0].shape());
      NdArray mean = over.reduceKept(Reducer.SUM, Sums.IDENTITY, type, type, x[0]);
      Loops.map(TIMES, type, mean, mean, NdArray.scalar(1 / count));
      NdArray variance = over.reduceKept(Reducer.SUM, SQUARE, type, type, x[0], mean);
      Loops.map(TIMES, type, variance, variance, NdArray.scalar(1 / count));
      NdArray y = NdArray.allocate(type, x[0].shape());
      Loops.map(NORM, type, y, x[0], mean, variance, x[1], x[2], x[3]);
      return y;
    }

    @Override
    public Saves saves(int i) {
      return switch (i) {
        case 0 -> Saves.input(0).and(Saves.input(1)).and(Saves.input(3));
        case 1 -> Saves.input(0).and(Saves.input(3));
        default -> Saves.NOTHING;
      };
    }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) {
      if (i == 2) return g;
      Tensor x = s.input(0);
      int[] dims = lastDims(x.dim());
      Tensor centred = x.sub(x.mean(dims, true));
      Tensor spread = centred.square().mean(dims, true).add(s.input(3)).rsqrt();
      Tensor n = centred.mul(spread);
      if (i == 1) return g.mul(n);
      Tensor h = g.mul(s.input(1));
      return h.sub(h.mean(dims, true)).sub(n.mul(h.mul(n).mean(dims, true))).mul(spread);
    }

    @Override
    public Tensor reference(Tensor... x) {
      int[] dims = lastDims(x[0].dim());
      return x[0].sub(x[0].mean(dims, true)).div(x[0].var(dims, 0, true).add(x[3]).sqrt()).mul(x[1]).add(x[2]);
    }
  }

  /** y = p v with p = softmax(s · q kᵀ);  dv = pᵀ g, and with d = p · (g vᵀ − Σ p · g vᵀ): dq = s · d k, dk = s · dᵀ q. Inputs: q, k, v. */
  record ScaledDotProductFlashAttentionForCpu(double scale) implements Fused {
    @Override
    public NdArray forward(NdArray... x) {
      NdArray q = batches(x[0]);
      NdArray k = batches(x[1]);
      NdArray turned = k.view(Shape.of(k.shape().size(0), k.shape().size(2), k.shape().size(1)),
          new int[] {k.stride(0), k.stride(2), k.stride(1)}, k.offset());
      NdArray scores = MatrixProducts.BMM.forward(q, turned);
      Loops.map(TIMES, scores.type(), scores, scores, NdArray.scalar(scale));
      NdArray shares = new Softmaxes.Softmax(new Over(Ints.of(2), true, false)).forward(scores);
      return MatrixProducts.BMM.forward(shares, batches(x[2])).reshaped(x[0].shape().with(3, x[2].shape().size(3)));
    }

    private static NdArray batches(NdArray x) {
      Shape s = x.shape();
      return Layout.contiguous(x).reshaped(Shape.of(s.size(0) * s.size(1), s.size(2), s.size(3)));
    }

    @Override
    public Saves saves(int i) {
      Saves both = Saves.input(0).and(Saves.input(1));
      return i == 2 ? both : both.and(Saves.input(2));
    }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) {
      Tensor p = shares(s.input(0), s.input(1), scale);
      if (i == 2) return p.mT().matmul(g);
      Tensor h = g.matmul(s.input(2).mT());
      Tensor d = p.mul(h.sub(p.mul(h).sum(-1, true))).mul(scale);
      return i == 0 ? d.matmul(s.input(1)) : d.mT().matmul(s.input(0));
    }

    @Override
    public Tensor reference(Tensor... x) { return shares(x[0], x[1], scale).matmul(x[2]); }
  }
}
