package dev.flambeau.kernel;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import java.util.Arrays;

/** Matrix products of arrays: operands of any strides are read where they lie; leading dimensions are a batch. */
public final class Matmul {
  /** Products of one chunk of a batch. */
  private static final int GRAIN = 1 << 17;
  /** From this many products on, one matrix keeps all threads busy. */
  private static final long LARGE = 1 << 22;

  private Matmul() {}

  /** A · B for two matrices of one type, or two batches of them with equal leading dimensions. */
  public static NdArray mm(NdArray a, NdArray b) {
    int last = a.rank() - 1;
    NdArray out = NdArray.unwritten(a.type(), a.shape().with(last, b.shape().size(last)));
    multiply(out, a, b, false);
    return out;
  }

  /**
   * out (+)= A · B over the last two dimensions. All three have one type and equal leading dimensions, and the last dimension of {@code out} has stride 1.
   *
   * <p>Bytes are multiplied and added as ints, and wrap.
   *
   * @throws IllegalArgumentException if sizes do not fit, or elements are truth values
   */
  public static void multiply(NdArray out, NdArray a, NdArray b, boolean accumulate) {
    int r = out.rank() - 2;
    int m = out.shape().size(r);
    int n = out.shape().size(r + 1);
    int k = a.shape().size(r + 1);
    if (a.shape().size(r) != m || b.shape().size(r) != k || b.shape().size(r + 1) != n) {
      throw new IllegalArgumentException("a product of " + a + " and " + b + " does not give " + out);
    }
    if (out.numel() == 0) return;
    if (out.type() == ElementType.UINT8) {
      NdArray wide = ints(out);
      multiply(wide, ints(a), ints(b), accumulate);
      Loops.copy(out, wide);
      return;
    }
    if (r == 0) {
      one(m, n, k, out, out.offset(), a, a.offset(), b, b.offset(), accumulate);
      return;
    }
    int[] to = starts(out, r);
    int[] left = starts(a, r);
    int[] right = starts(b, r);
    long work = Math.max(1, (long) m * n * k);
    int grain = work >= LARGE ? to.length : (int) Math.max(1, GRAIN / work);
    Parallel.forRange(to.length, grain, (from, end) -> {
      for (int i = from; i < end; i++) one(m, n, k, out, to[i], a, left[i], b, right[i], accumulate);
    });
  }

  private static NdArray ints(NdArray x) {
    NdArray y = NdArray.unwritten(ElementType.INT32, x.shape());
    Loops.copy(y, x);
    return y;
  }

  /** Where each matrix of a batch starts. */
  private static int[] starts(NdArray x, int lead) {
    return Elements.positions(x.offset(), Shape.of(Arrays.copyOf(x.shape().sizes(), lead)),
        Arrays.copyOf(x.strides(), lead));
  }

  private static void one(int m, int n, int k, NdArray out, int to, NdArray a, int left, NdArray b, int right,
      boolean accumulate) {
    int r = out.rank() - 2;
    int aRow = a.stride(r);
    int aCol = a.stride(r + 1);
    int bRow = b.stride(r);
    int bCol = b.stride(r + 1);
    int row = out.stride(r);
    switch (out.type()) {
      case FLOAT32 -> Gemm.sgemm(m, n, k, a.floats(), left, aRow, aCol, b.floats(), right, bRow, bCol, out.floats(), to,
          row, accumulate);
      case FLOAT64 -> Gemm.dgemm(m, n, k, a.doubles(), left, aRow, aCol, b.doubles(), right, bRow, bCol, out.doubles(),
          to, row, accumulate);
      case INT64 -> Gemm.lgemm(m, n, k, a.longs(), left, aRow, aCol, b.longs(), right, bRow, bCol, out.longs(), to, row,
          accumulate);
      case INT32 ->
          Gemm.igemm(m, n, k, a.ints(), left, aRow, aCol, b.ints(), right, bRow, bCol, out.ints(), to, row, accumulate);
      case UINT8, BOOL -> throw new IllegalArgumentException(
          "there is no matrix product of " + out.type() + "; convert to INT32 first");
    }
  }
}
