package dev.flambeau;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.kernel.Formula;
import dev.flambeau.kernel.Matmul;
import dev.flambeau.kernel.Reducer;
import dev.flambeau.scalar.Scalar;
import org.jspecify.annotations.Nullable;

/** Products of vectors, matrices and batches of matrices. */
final class MatrixProducts {
  static final Dot DOT = new Dot("Dot");
  static final Dot VDOT = new Dot("Vdot");
  static final Mv MV = new Mv();
  private static final Mm[] MM = {new Mm(false, false), new Mm(true, false), new Mm(false, true), new Mm(true, true)};
  static final Outer OUTER = new Outer();
  static final Bmm BMM = new Bmm();
  private static final Formula PRODUCT = Formula.of(Scalar.arg(0).mul(Scalar.arg(1)), 2);

  private MatrixProducts() {}

  /** x as one matrix of all its rows. */
  static Tensor rows(Tensor x) {
    if (x.dim() == 2) return x;
    if (x.dim() == 0) throw Errors.argument("linear",
        "expected at least one dimension, but got a single number; reshape(1) makes it a vector");
    NdArray a = x.array();
    int width = a.shape().size(a.rank() - 1);
    int count = 1;
    for (int d = 0; d < a.rank() - 1; d++) count *= a.shape().size(d);
    return x.reshape(count, width);
  }

  static Tensor mm(Tensor a, Tensor b) { return Op.apply(Mm.of(a, b), a, b); }

  static Tensor matmul(Tensor a, Tensor b) {
    int p = a.dim();
    int q = b.dim();
    if (p == 2 && q == 2) return mm(a, b);
    if (q == 1 && p == 2) return Op.apply(MV, a, b);
    return p == 1 && q == 1 ? Op.apply(DOT, a, b) : Op.apply(MatMul.of(a, b), a, b);
  }

  /** x Wᵀ + b; rows of x are what is mapped. */
  static Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias) {
    if (bias == null) return matmul(x, weight.t());
    Tensor y = addmm(bias, rows(x), weight.t(), 1, 1);
    if (x.dim() == 2) return y;
    Shape in = x.array().shape();
    return Views.reshape(y, x.dim() == 1 ? Shape.of(y.size(1)) : in.with(in.rank() - 1, y.array().shape().size(1)));
  }

  static Tensor addmm(Tensor c, Tensor a, Tensor b, double beta, double alpha) {
    return Op.apply(new AddedProduct("Addmm", Mm.of(a, b), beta, alpha), c, a, b);
  }

  static Tensor kron(Tensor a, Tensor b) {
    int rank = Math.max(a.dim(), b.dim());
    int[] left = new int[2 * rank];
    int[] right = new int[2 * rank];
    int[] sizes = new int[rank];
    for (int d = 0; d < rank; d++) {
      left[2 * d] = size(a, d - rank);
      right[2 * d] = 1;
      left[2 * d + 1] = 1;
      right[2 * d + 1] = size(b, d - rank);
      sizes[d] = Dims.exact("kron", (long) left[2 * d] * right[2 * d + 1]);
    }
    Tensor product = Views.reshape(a, Shape.of(left)).mul(Views.reshape(b, Shape.of(right)));
    return Op.apply(new Views.UnsafeView(Shape.of(sizes)), product);
  }

  /** The size of dimension {@code fromEnd} (negative), 1 if there is none. */
  private static int size(Tensor x, int fromEnd) {
    return x.dim() + fromEnd < 0 ? 1 : x.array().shape().size(x.dim() + fromEnd);
  }

  /** Whether a matrix lies column by column, so that its gradient had better, too. */
  static boolean columns(Tensor x) {
    NdArray a = x.array();
    return a.rank() == 2 && a.stride(0) == 1 && a.stride(1) == a.shape().size(0) && !a.isContiguous();
  }

  static void check(String operation, int rankA, int rankB, NdArray a, NdArray b) {
    if (rankA != a.rank() || rankB != b.rank()) {
      throw Errors.argument(operation,
          "expected operands of " + rankA + " and " + rankB + " dimensions, but got shapes " + a.shape() + " and "
              + b.shape()
              + "; matmul takes any number of dimensions");
    }
    checkTypes(operation, a, b);
  }

  static void checkTypes(String operation, NdArray a, NdArray... others) {
    for (NdArray b : others) {
      if (a.type() != b.type()) {
        throw Errors.argument(operation,
            "operands must have one dtype, but are " + DType.of(a.type()).torchName() + " and "
                + DType.of(b.type()).torchName()
                + "; convert one of them with to(…)");
      }
    }
    if (a.type() == ElementType.BOOL)
      throw Errors.argument(operation, "there is no product of truth values; convert them with to(DType.INT64)");
  }

  static IllegalArgumentException unfit(String operation, NdArray a, NdArray b) {
    return Errors.argument(operation,
        "shapes " + a.shape() + " and " + b.shape() + " do not fit: the last dimension of the first must equal the "
            + (b.rank() == 1 ? "length" : "second to last dimension") + " of the second (transpose one of them?)");
  }

  /** A product of two that can be added to what is there. */
  interface Product extends Contraction {
    /** Shape of the product. */
    Shape shape(NdArray a, NdArray b);

    /** out (+)= a b. */
    void multiply(NdArray out, NdArray a, NdArray b, boolean accumulate);

    @Override
    default NdArray forward(NdArray... x) {
      NdArray y = NdArray.unwritten(x[0].type(), shape(x[0], x[1]));
      multiply(y, x[0], x[1], false);
      return y;
    }

    @Override
    default Saves saves(int i) { return Saves.input(1 - i); }
  }

  static NdArray column(NdArray v) { return v.view(Shape.of(v.numel(), 1), new int[] {v.stride(0), 1}, v.offset()); }

  static NdArray row(NdArray v) { return v.view(Shape.of(1, v.numel()), new int[] {0, v.stride(0)}, v.offset()); }

  /**
   * y = Σ a · b for two vectors;  da = g · b, db = g · a.
   *
   * @param name the one of two by which it was called
   */
  record Dot(String name) implements Contraction {
    @Override
    public NdArray forward(NdArray... x) {
      check(Errors.operation(this), 1, 1, x[0], x[1]);
      if (x[0].numel() != x[1].numel()) {
        throw Errors.argument(Errors.operation(this),
            "vectors must have one length, but have shapes " + x[0].shape() + " and " + x[1].shape());
      }
      NdArray y = Over.ALL.reduceKept(Reducer.SUM, PRODUCT, x[0].type(), x[0].type(), x);
      return y.reshaped(Shape.SCALAR);
    }

    @Override
    public Saves saves(int i) { return Saves.input(1 - i); }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) { return g.mul(s.input(1 - i)); }
  }

  /** y = A v;  dA = g vᵀ, dv = Aᵀ g. */
  record Mv() implements Product {
    @Override
    public Shape shape(NdArray a, NdArray v) {
      check("mv", 2, 1, a, v);
      if (a.shape().size(1) != v.numel()) throw unfit("mv", a, v);
      return Shape.of(a.shape().size(0));
    }

    @Override
    public void multiply(NdArray out, NdArray a, NdArray v, boolean accumulate) {
      Matmul.multiply(column(out), a, column(v), accumulate);
    }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) { return i == 0 ? g.outer(s.input(1)) : s.input(0).t().mv(g); }
  }

  /** Y = a bᵀ for two vectors;  da = g b, db = gᵀ a. */
  record Outer() implements Product {
    @Override
    public Shape shape(NdArray a, NdArray b) {
      check("addr", 1, 1, a, b);
      return Shape.of(a.numel(), b.numel());
    }

    @Override
    public void multiply(NdArray out, NdArray a, NdArray b, boolean accumulate) {
      Matmul.multiply(out, column(a), row(b), accumulate);
    }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) { return i == 0 ? g.mv(s.input(1)) : g.t().mv(s.input(0)); }
  }

  /**
   * y = A B;  dA = g Bᵀ, dB = Aᵀ g.
   *
   * @param aTurned whether A lay column by column; then its gradient does, too
   * @param bTurned the same for B
   */
  record Mm(boolean aTurned, boolean bTurned) implements Product {
    static Mm of(Tensor a, Tensor b) { return MM[(columns(a) ? 1 : 0) + (columns(b) ? 2 : 0)]; }

    @Override
    public Shape shape(NdArray a, NdArray b) {
      check("mm", 2, 2, a, b);
      if (a.shape().size(1) != b.shape().size(0)) throw unfit("mm", a, b);
      return Shape.of(a.shape().size(0), b.shape().size(1));
    }

    @Override
    public void multiply(NdArray out, NdArray a, NdArray b, boolean accumulate) {
      Matmul.multiply(out, a, b, accumulate);
    }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) {
      if (i == 1) return transposedTimes(s.input(0), g, bTurned);
      Tensor b = s.input(1);
      return aTurned ? b.mm(g.t()).t() : g.mm(b.t());
    }
  }

  /** Aᵀ g, laid out by columns if {@code turned}. */
  static Tensor transposedTimes(Tensor a, Tensor g, boolean turned) { return turned ? g.t().mm(a).t() : a.t().mm(g); }

  /** y = A B for each pair of two equally large batches;  dA = g Bᵀ, dB = Aᵀ g. */
  record Bmm() implements Product {
    @Override
    public Shape shape(NdArray a, NdArray b) {
      check("bmm", 3, 3, a, b);
      if (a.shape().size(0) != b.shape().size(0)) {
        throw Errors.argument("bmm", "batches must be equally large, but the shapes are " + a.shape() + " and "
            + b.shape() + "; matmul broadcasts them");
      }
      if (a.shape().size(2) != b.shape().size(1)) throw unfit("bmm", a, b);
      return a.shape().with(2, b.shape().size(2));
    }

    @Override
    public void multiply(NdArray out, NdArray a, NdArray b, boolean accumulate) {
      Matmul.multiply(out, a, b, accumulate);
    }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) {
      return i == 0 ? g.bmm(s.input(1).transpose(1, 2)) : s.input(0).transpose(1, 2).bmm(g);
    }
  }
}
