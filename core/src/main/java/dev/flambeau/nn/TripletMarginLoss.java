package dev.flambeau.nn;

import dev.flambeau.Tensor;

/**
 * max(0, d(anchor, positive) − d(anchor, negative) + margin) with the p-norm as distance d, {@code (N, D)} (<a
 * href="https://bmva-archive.org.uk/bmvc/2016/papers/paper119/">Balntas et al. 2016</a>).
 */
public final class TripletMarginLoss extends Module {
  private final double margin, p, eps;
  private final boolean swap;
  private final LossReduction reduction;

  /** Its mean, with margin 1 and the Euclidean distance. */
  public TripletMarginLoss() { this(1, 2, 1e-6, false, LossReduction.MEAN); }

  /** With all choices; {@code swap} takes the distance of positive and negative if it is smaller. */
  public TripletMarginLoss(double margin, double p, double eps, boolean swap, LossReduction reduction) {
    this.margin = margin;
    this.p = p;
    this.eps = eps;
    this.swap = swap;
    this.reduction = reduction;
  }

  /** The loss. */
  public Tensor apply(Tensor anchor, Tensor positive, Tensor negative) {
    return call(in -> one(Functional.tripletMarginLoss(in[0], in[1], in[2], margin, p, eps, swap, reduction)),
        anchor, positive, negative)[0];
  }
}
