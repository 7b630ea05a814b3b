package dev.flambeau;

import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.kernel.Matmul;
import java.util.Arrays;

/**
 * y = A B over the last two dimensions, where the leading ones broadcast, and a vector counts as a row on the left and as a column on the right;
 * dA = g Bᵀ, dB = Aᵀ g.
 *
 * @param name PyTorch's name for the last of the steps in which it does this
 * @param bTurned whether B is a matrix that lay column by column; then its gradient does, too
 */
record MatMul(String name, int overload, boolean bTurned) implements Contraction {
  private static final MatMul[] BATCHED = {new MatMul("UnsafeView", 0, false), new MatMul("UnsafeView", 0, true)};
  private static final MatMul[] CLONED = {new MatMul("Clone", 0, false), new MatMul("Clone", 0, true)};
  private static final MatMul[] VECTOR_MATRIX = {new MatMul("Squeeze", 4, false), new MatMul("Squeeze", 4, true)};

  /** The one for these operands. */
  static MatMul of(Tensor a, Tensor b) {
    boolean cloned =
        a.dim() >= 2 && b.dim() > 2 && a.requiresGrad() && lead(a.array()).numel() == 1 && lead(b.array()).numel() > 1;
    MatMul[] kind = a.dim() == 1 && b.dim() == 2 ? VECTOR_MATRIX : cloned ? CLONED : BATCHED;
    return kind[MatrixProducts.columns(b) ? 1 : 0];
  }

  private static Shape lead(NdArray x) { return Shape.of(Arrays.copyOf(x.shape().sizes(), x.rank() - 2)); }

  private static Shape join(Shape lead, int... more) {
    int[] sizes = Arrays.copyOf(lead.sizes(), lead.rank() + more.length);
    System.arraycopy(more, 0, sizes, lead.rank(), more.length);
    return Shape.of(sizes);
  }

  @Override
  public NdArray forward(NdArray... x) {
    if (x[0].rank() == 0 || x[1].rank() == 0) {
      throw Errors.argument("matmul", "operands need at least one dimension, but have shapes " + x[0].shape() + " and "
          + x[1].shape() + "; use mul");
    }
    MatrixProducts.checkTypes("matmul", x[0], x[1]);
    NdArray a = x[0].rank() > 1 ? x[0] : MatrixProducts.row(x[0]);
    NdArray b = x[1].rank() > 1 ? x[1] : MatrixProducts.column(x[1]);
    int m = a.shape().size(a.rank() - 2);
    int k = a.shape().size(a.rank() - 1);
    int n = b.shape().size(b.rank() - 1);
    if (b.shape().size(b.rank() - 2) != k) throw MatrixProducts.unfit("matmul", x[0], x[1]);
    Shape lead = Shape.broadcast(lead(a), lead(b));
    if (lead == null) {
      throw Errors.argument("matmul", "the leading dimensions of " + x[0].shape() + " and " + x[1].shape()
          + " do not broadcast; sizes must be equal or 1");
    }
    NdArray y = b.rank() == 2 && a.isContiguous()
        ? Matmul.mm(a.reshaped(Shape.of(lead.numel() * m, k)), b)
        : Matmul.mm(Broadcast.to("matmul", a, join(lead, m, k)), Broadcast.to("matmul", b, join(lead, k, n)));
    return y.reshaped(x[1].rank() == 1 ? join(lead, m) : x[0].rank() == 1 ? join(lead, n) : join(lead, m, n));
  }

  @Override
  public Saves saves(int i) { return Saves.input(1 - i); }

  @Override
  public Tensor backward(int i, Saved s, Tensor g) {
    int p = s.shapeOf(0).rank();
    int q = s.shapeOf(1).rank();
    Tensor y = q == 1 ? g.unsqueeze(-1) : g;
    if (p == 1) y = y.unsqueeze(-2);
    if (i == 0) {
      Tensor b = s.input(1);
      Tensor da = y.matmul(q == 1 ? b.unsqueeze(0) : b.transpose(-2, -1));
      return p == 1 ? da.squeeze(-2) : da;
    }
    Tensor a = s.input(0);
    if (p == 1) a = a.unsqueeze(0);
    Tensor db = q > 2 ? a.transpose(-2, -1).matmul(y)
        : MatrixProducts.transposedTimes(MatrixProducts.rows(a), MatrixProducts.rows(y), bTurned);
    return q == 1 ? db.squeeze(-1) : db;
  }
}
