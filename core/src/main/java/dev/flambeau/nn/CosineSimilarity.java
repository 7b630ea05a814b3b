package dev.flambeau.nn;

import dev.flambeau.Tensor;

/** Cosine of the angle of a and b along a dimension. */
public final class CosineSimilarity extends Module {
  private final int dim;
  private final double eps;

  /** Along dimension 1, norms counting as at least 1e-8. */
  public CosineSimilarity() { this(1, 1e-8); }

  /** Along {@code dim}, norms counting as at least {@code eps}. */
  public CosineSimilarity(int dim, double eps) {
    this.dim = dim;
    this.eps = eps;
  }

  /** The cosines. */
  public Tensor apply(Tensor a, Tensor b) {
    return call(in -> one(Functional.cosineSimilarity(in[0], in[1], dim, eps)), a, b)[0];
  }
}
