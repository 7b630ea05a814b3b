package dev.flambeau.nn;

import dev.flambeau.Tensor;

/** p-norm of a − b + ε along the last dimension: {@code (N, D)} → {@code (N)}. */
public final class PairwiseDistance extends Module {
  private final double p, eps;
  private final boolean keepDim;

  /** Euclidean, with ε = 1e-6. */
  public PairwiseDistance() { this(2, 1e-6, false); }

  /** With this norm; {@code keepDim} leaves a last dimension of size 1. */
  public PairwiseDistance(double p, double eps, boolean keepDim) {
    this.p = p;
    this.eps = eps;
    this.keepDim = keepDim;
  }

  /** The distances. */
  public Tensor apply(Tensor a, Tensor b) {
    return call(in -> one(in[0].sub(in[1]).add(eps).norm(p, -1, keepDim)), a, b)[0];
  }
}
