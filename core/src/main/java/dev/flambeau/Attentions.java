package dev.flambeau;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.kernel.Loops;
import dev.flambeau.kernel.Matmul;
import dev.flambeau.kernel.Parallel;
import dev.flambeau.kernel.RowProgram;
import dev.flambeau.scalar.Scalar;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the attention of {@code dev.flambeau.nn} is made of; users call that. */
public final class Attentions {
  /** Operands: q kᵀ, then p; m; the factor; the logarithms of sums. */
  private static final RowProgram SHARES = new RowProgram(4, row -> {
    Scalar score = row.get(0).mul(row.get(2)).add(row.get(1));
    Scalar greatest = row.max(score);
    Scalar top = row.number(greatest.isInf().select(0, greatest));
    Scalar y = row.set(0, score.sub(top).exp());
    Scalar sum = row.sum(y);
    row.set(0, y.mul(row.number(sum.eq(0).select(1, sum.reciprocal()))));
    row.set(3, sum.eq(0).select(Double.POSITIVE_INFINITY, top.add(sum.log())));
  });
  /** Operands: q kᵀ, then p; m; the factor; the logarithms of sums; g vᵀ, then d. */
  private static final RowProgram SLOPES = new RowProgram(5, row -> {
    Scalar factor = row.get(2);
    Scalar p = row.set(0, row.get(0).mul(factor).add(row.get(1)).sub(row.get(3)).exp());
    Scalar g = row.get(4);
    row.set(4, g.sub(row.sum(g.mul(p))).mul(p).mul(factor));
  });

  private Attentions() {}

  /**
   * softmax(scale · q kᵀ + mask) v over the last two dimensions, batch by batch; zero where all is masked.
   *
   * @param mask numbers to add, or truth values, true where a key may be looked at
   */
  public static Tensor attention(Tensor q, Tensor k, Tensor v, @Nullable Tensor mask, double scale) {
    boolean four = q.dim() == 4 && k.dim() == 4 && v.dim() == 4 && q.dtype() == k.dtype() && q.dtype() == v.dtype();
    boolean sameBatches =
        four && Arrays.equals(q.shape(), 0, 2, k.shape(), 0, 2) && Arrays.equals(k.shape(), 0, 3, v.shape(), 0, 3)
            && q.size(-1) == k.size(-1);
    Tensor added = summand(mask, q);
    if (!sameBatches || added.requiresGrad()) return weights(q, k, added, scale).matmul(v);
    return Op.apply(new ScaledDotProductFlashAttentionForCpu(scale), q, k, v, added)[0];
  }

  /** softmax(scale · q kᵀ + mask); zero in rows where all is masked. */
  public static Tensor shares(Tensor q, Tensor k, @Nullable Tensor mask, double scale) {
    return weights(q, k, summand(mask, q), scale);
  }

  /** A mask as numbers that are added to the scores. */
  private static Tensor summand(@Nullable Tensor mask, Tensor q) {
    if (mask == null) return Numbers.beside(q, 0.0);
    if (mask.dtype() != DType.BOOL) return mask.to(q.dtype());
    return Torch.zeros(q.dtype(), mask.shape()).maskedFill(mask.logicalNot(), Double.NEGATIVE_INFINITY);
  }

  private static Tensor weights(Tensor q, Tensor k, Tensor mask, double scale) {
    Tensor scores = q.matmul(k.mT()).mul(scale);
    if (mask.dim() == 0) return scores.softmax(-1);
    Tensor masked = scores.add(mask);
    Tensor blind = masked.eq(Double.NEGATIVE_INFINITY).all(-1, true);
    return masked.maskedFill(blind, 0).softmax(-1).maskedFill(blind, 0); // first, so that no gradient is 0 · NaN
  }

  /**
   * y = p v with p = softmax(s · q kᵀ + m);  dv = pᵀ g, and with d = s · p · (g vᵀ − Σ p · g vᵀ): dq = d k, dk = dᵀ q. Inputs: q, k, v of four dimensions,
   * and m. Outputs: y, and the logarithms of the sums that p is divided by, from which p is computed again, a block of rows at a time.
   */
  record ScaledDotProductFlashAttentionForCpu(double scale) implements FusedJoint {
    private static final int ROWS = 128;

    @Override
    public int results() { return 1; }

    /** The operands of one head. */
    private static NdArray head(NdArray x, int i) {
      int heads = x.shape().size(1);
      return x.view(Shape.of(x.shape().size(2), x.shape().size(3)), new int[] {x.stride(2), x.stride(3)},
          x.offset() + i / heads * x.stride(0) + i % heads * x.stride(1));
    }

    private static NdArray block(NdArray x, int from, int rows) { return Slices.narrowed(x, 0, from, rows); }

    /** The mask of some rows of one head, or a single number. */
    private static NdArray mask(NdArray whole, int i, int from, int rows) {
      return whole.rank() == 0 ? whole : block(head(whole, i), from, rows);
    }

    private NdArray mask(NdArray m, NdArray q, NdArray k) {
      Shape scores = q.shape().with(3, k.shape().size(2));
      return m.rank() == 0 ? m : Broadcast.to("scaledDotProductAttention", m, scores);
    }

    private static NdArray turned(NdArray x) {
      return x.view(Shape.of(x.shape().size(1), x.shape().size(0)), new int[] {x.stride(1), x.stride(0)}, x.offset());
    }

    private static NdArray[] zeros(NdArray... all) {
      for (NdArray each : all) Loops.fill(each, 0L);
      return all;
    }

    /** An array to write products into: its rows have no gaps. */
    private static NdArray allocate(NdArray like, Shape shape) {
      NdArray y = Layout.allocateLike(like.type(), shape, like);
      return y.stride(3) == 1 ? y : NdArray.unwritten(like.type(), shape);
    }

    @Override
    public NdArray[] outputs(NdArray... x) {
      NdArray q = x[0];
      ElementType type = q.type();
      Shape shape = q.shape();
      int heads = shape.size(0) * shape.size(1);
      int length = shape.size(2);
      int keys = x[1].shape().size(2);
      int width = x[2].shape().size(3);
      NdArray y = width == shape.size(3) ? allocate(inOrder(q), shape) : NdArray.unwritten(type, shape.with(3, width));
      NdArray sums = NdArray.unwritten(type, shape.with(3, 1));
      if (y.numel() == 0 || keys == 0) return zeros(y, sums);
      NdArray m = mask(x[3], q, x[1]);
      NdArray factor = NdArray.scalar(scale);
      int blocks = (length + ROWS - 1) / ROWS;
      Parallel.forRange(heads * blocks, 1, (first, end) -> {
        NdArray all = NdArray.unwritten(type, Shape.of(Math.min(ROWS, length), keys));
        for (int task = first; task < end; task++) {
          int i = task / blocks;
          int from = task % blocks * ROWS;
          int rows = Math.min(ROWS, length - from);
          NdArray scores = block(all, 0, rows);
          Matmul.multiply(scores, block(head(q, i), from, rows), turned(head(x[1], i)), false);
          SHARES.run(scores, mask(m, i, from, rows), factor, block(head(sums, i), from, rows));
          Matmul.multiply(block(head(y, i), from, rows), scores, head(x[2], i), false);
        }
      });
      return new NdArray[] {y, sums};
    }

    /** {@code q} with the strides that it has if it is one of several that lie between each other, without the gaps. */
    private static NdArray inOrder(NdArray q) {
      if (q.isDense() || q.stride(3) != 1) return q;
      Integer[] dims = {0, 1, 2, 3};
      Arrays.sort(dims, (a, b) -> Integer.compare(q.stride(b), q.stride(a)));
      int[] strides = new int[4];
      int step = 1;
      for (int d = 3; d >= 0; d--) {
        strides[dims[d]] = step;
        step *= q.shape().size(dims[d]);
      }
      return NdArray.unwritten(q.type(), q.shape()).view(q.shape(), strides, 0);
    }

    @Override
    public NdArray[] backward(boolean[] wanted, NdArray[] x, NdArray[] y, NdArray[] g) {
      NdArray q = x[0];
      NdArray k = x[1];
      NdArray v = x[2];
      ElementType type = q.type();
      int heads = q.shape().size(0) * q.shape().size(1);
      int length = q.shape().size(2);
      int keys = k.shape().size(2);
      NdArray m = mask(x[3], q, k);
      NdArray factor = NdArray.scalar(scale);
      NdArray[] d = new NdArray[4];
      for (int i = 0; i < 3; i++) d[i] = allocate(inOrder(x[i]), x[i].shape());
      if (y[0].numel() == 0 || keys == 0) {
        NdArray[] _ = zeros(d[0], d[1], d[2]);
        return d;
      }
      Parallel.forRange(heads, 1, (first, end) -> {
        NdArray allShares = NdArray.unwritten(type, Shape.of(Math.min(ROWS, length), keys));
        NdArray allSlopes = NdArray.unwritten(type, allShares.shape());
        for (int i = first; i < end; i++) {
          for (int from = 0; from < length; from += ROWS) {
            int rows = Math.min(ROWS, length - from);
            boolean more = from > 0;
            NdArray shares = block(allShares, 0, rows);
            NdArray slopes = block(allSlopes, 0, rows);
            NdArray ofQ = block(head(q, i), from, rows);
            NdArray ofG = block(head(g[0], i), from, rows);
            Matmul.multiply(shares, ofQ, turned(head(k, i)), false);
            Matmul.multiply(slopes, ofG, turned(head(v, i)), false);
            SLOPES.run(shares, mask(m, i, from, rows), factor, block(head(y[1], i), from, rows), slopes);
            if (wanted[2]) Matmul.multiply(head(d[2], i), turned(shares), ofG, more);
            if (wanted[0]) Matmul.multiply(block(head(d[0], i), from, rows), slopes, head(k, i), false);
            if (wanted[1]) Matmul.multiply(head(d[1], i), turned(slopes), ofQ, more);
          }
        }
      });
      return d;
    }

    @Override
    public Tensor[] reference(Tensor... x) { return new Tensor[] {weights(x[0], x[1], x[3], scale).matmul(x[2])}; }
  }
}
