package dev.flambeau;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.jspecify.annotations.Nullable;

/**
 * Products of vectors, matrices and batches of matrices. Operands have one dtype, not that of truth values; other dtypes, and shapes that do not fit, are an
 * {@link IllegalArgumentException}.
 */
public sealed interface TensorLinear permits Tensor {
  /** This tensor. */
  Tensor self();

  /** y = A B over the last two dimensions, the leading ones broadcast; a vector is a row on the left and a column on the right;  dA = g Bᵀ, dB = Aᵀ g. */
  default Tensor matmul(Tensor other) { return MatrixProducts.matmul(self(), other); }

  /** y = A B for two matrices;  dA = g Bᵀ, dB = Aᵀ g. */
  default Tensor mm(Tensor other) { return MatrixProducts.mm(self(), other); }

  /** y = A B for two equally large batches of matrices;  dA = g Bᵀ, dB = Aᵀ g. */
  default Tensor bmm(Tensor other) { return Op.apply(MatrixProducts.BMM, self(), other); }

  /** y = A v for a matrix and a vector;  dA = g vᵀ, dv = Aᵀ g. */
  default Tensor mv(Tensor vector) { return Op.apply(MatrixProducts.MV, self(), vector); }

  /** y = Σ x · other for two vectors;  dx = g · other, dother = g · x. */
  default Tensor dot(Tensor other) { return Op.apply(MatrixProducts.DOT, self(), other); }

  /** As {@link #dot}: the two differ for complex numbers only. */
  default Tensor vdot(Tensor other) { return Op.apply(MatrixProducts.VDOT, self(), other); }

  /** y = Σ x · other over the last dimension of both, for each pair of their rows; the product if one is a single number. */
  default Tensor inner(Tensor other) {
    return self().dim() == 0 || other.dim() == 0 ? self().mul(other) : tensordot(other, new int[] {-1}, new int[] {-1});
  }

  /** y = x otherᵀ for two vectors, of shape [length of x, length of other];  dx = g · other, dother = gᵀ · x. */
  default Tensor outer(Tensor other) {
    if (self().dim() != 1 || other.dim() != 1) {
      throw Errors.argument("outer",
          "expected two vectors, but got shapes " + self().array().shape() + " and " + other.array().shape());
    }
    return self().unsqueeze(1).mul(other);
  }

  /** y = x + A B, where x broadcasts to the product;  dx = g, dA = g Bᵀ, dB = Aᵀ g. */
  default Tensor addmm(Tensor a, Tensor b) { return addmm(a, b, 1, 1); }

  /** y = beta · x + alpha · A B;  dx = beta · g, dA = alpha · g Bᵀ, dB = alpha · Aᵀ g. With beta = 0, x is not read. */
  default Tensor addmm(Tensor a, Tensor b, double beta, double alpha) {
    return MatrixProducts.addmm(self(), a, b, beta, alpha);
  }

  /** x = x + A B. */
  @CanIgnoreReturnValue
  default Tensor addmm_(Tensor a, Tensor b) { return addmm_(a, b, 1, 1); }

  /** x = beta · x + alpha · A B. */
  @CanIgnoreReturnValue
  default Tensor addmm_(Tensor a, Tensor b, double beta, double alpha) {
    return Recorder.applyInPlace(new AddedProduct("Addmm", MatrixProducts.Mm.of(a, b), beta, alpha), self(), a, b);
  }

  /** y = x + A v;  dx = g, dA = g vᵀ, dv = Aᵀ g. */
  default Tensor addmv(Tensor a, Tensor v) { return addmv(a, v, 1, 1); }

  /** y = beta · x + alpha · A v;  dx = beta · g, dA = alpha · g vᵀ, dv = alpha · Aᵀ g. With beta = 0, x is not read. */
  default Tensor addmv(Tensor a, Tensor v, double beta, double alpha) {
    return Op.apply(new AddedProduct("Addmv", MatrixProducts.MV, beta, alpha), self(), a, v);
  }

  /** y = x + a bᵀ for two vectors;  dx = g, da = g b, db = gᵀ a. */
  default Tensor addr(Tensor a, Tensor b) { return addr(a, b, 1, 1); }

  /** y = beta · x + alpha · a bᵀ;  dx = beta · g, da = alpha · g b, db = alpha · gᵀ a. With beta = 0, x is not read. */
  default Tensor addr(Tensor a, Tensor b, double beta, double alpha) {
    return Op.apply(new AddedProduct("Addr", MatrixProducts.OUTER, beta, alpha), self(), a, b);
  }

  /** y = x + A B for two equally large batches of matrices;  dx = g, dA = g Bᵀ, dB = Aᵀ g. */
  default Tensor baddbmm(Tensor a, Tensor b) { return baddbmm(a, b, 1, 1); }

  /** y = beta · x + alpha · A B;  dx = beta · g, dA = alpha · g Bᵀ, dB = alpha · Aᵀ g. With beta = 0, x is not read. */
  default Tensor baddbmm(Tensor a, Tensor b, double beta, double alpha) {
    return Op.apply(new AddedProduct("Baddbmm", MatrixProducts.BMM, beta, alpha), self(), a, b);
  }

  /** y = Σ x · other over the last {@code dims} dimensions of x and the first of other, for each pair of the rest. */
  default Tensor tensordot(Tensor other, int dims) {
    if (dims < 0 || dims > Math.min(self().dim(), other.dim())) {
      throw Errors.argument("tensordot", "cannot sum over " + dims + " dimensions of shapes " + self().array().shape()
          + " and " + other.array().shape());
    }
    int[] last = Ints.range(dims).toArray();
    for (int k = 0; k < dims; k++) last[k] += self().dim() - dims;
    return tensordot(other, last, Ints.range(dims).toArray());
  }

  /** y = Σ x · other over {@code dims} of x, one by one with {@code otherDims} of other, for each pair of the rest. */
  default Tensor tensordot(Tensor other, int[] dims, int[] otherDims) {
    return Einsum.tensordot(self(), other, dims, otherDims);
  }

  /** y = x with each element replaced by its product with all of {@code other}: sizes multiply. */
  default Tensor kron(Tensor other) { return MatrixProducts.kron(self(), other); }

  /** y = x weightᵀ + bias for each row of x, with a weight of shape [out, in];  dx = g weight, dweight = gᵀ x, dbias = Σ g over the rows. */
  default Tensor linear(Tensor weight, @Nullable Tensor bias) { return MatrixProducts.linear(self(), weight, bias); }

  /** y = Σ of the diagonal of a matrix;  dx = g on the diagonal. */
  default Tensor trace() { return Op.apply(new Sums.Trace(), self()); }
}
