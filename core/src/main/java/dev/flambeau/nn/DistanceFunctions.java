package dev.flambeau.nn;

import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The functions of {@link Functional} that tell how far vectors, or distributions, are from each other. */
abstract sealed class DistanceFunctions extends SpatialFunctions permits Functional {
  DistanceFunctions() {}

  /** {@link #pairwiseDistance(Tensor, Tensor, double, double, boolean)} with p = 2 and ε = 1e-6. */
  public static Tensor pairwiseDistance(Tensor a, Tensor b) { return pairwiseDistance(a, b, 2, 1e-6, false); }

  /** The p-norm of a − b + ε along the last dimension. */
  public static Tensor pairwiseDistance(Tensor a, Tensor b, double p, double eps, boolean keepDim) {
    return a.sub(b).add(eps).norm(p, -1, keepDim);
  }

  /** x₁ᵀ W x₂ + bias over the last dimensions of x₁ and x₂, for each matrix W of {@code weight}, of shape [out, in₁, in₂]. */
  public static Tensor bilinear(Tensor x1, Tensor x2, Tensor weight, @Nullable Tensor bias) {
    boolean fits = x1.dim() > 0 && x1.dim() == x2.dim() && weight.dim() == 3 && x1.size(-1) == weight.size(1)
        && x2.size(-1) == weight.size(2) && (bias == null || bias.dim() == 1 && bias.size(0) == weight.size(0));
    for (int d = 0; fits && d < x1.dim() - 1; d++) fits = x1.size(d) == x2.size(d);
    if (!fits) throw new IllegalArgumentException(
        "bilinear: expected inputs [.., in₁] and [.., in₂], a weight [out, in₁, in₂] and a bias [out], but got "
            + Arrays.toString(x1.shape()) + ", " + Arrays.toString(x2.shape()) + " and "
            + Arrays.toString(weight.shape()));
    long out = weight.size(0);
    Tensor left = x1.reshape(-1, weight.size(1)).matmul(weight.transpose(0, 1).reshape(weight.size(1), -1));
    Tensor y = left.view(-1, out, weight.size(2)).mul(x2.reshape(-1, 1, weight.size(2))).sum(-1);
    long[] shape = x1.shape();
    shape[shape.length - 1] = out;
    y = y.view(shape);
    return bias == null ? y : y.add(bias);
  }

  /** {@link #cosineEmbeddingLoss(Tensor, Tensor, Tensor, double, LossReduction)} with margin 0, its mean. */
  public static Tensor cosineEmbeddingLoss(Tensor a, Tensor b, Tensor target) {
    return cosineEmbeddingLoss(a, b, target, 0, LossReduction.MEAN);
  }

  /** 1 − cos where the target is 1, max(0, cos − margin) where it is −1, for the cosine of the angle between the vectors a and b. */
  public static Tensor cosineEmbeddingLoss(Tensor a, Tensor b, Tensor target, double margin, LossReduction reduction) {
    if (target.dim() > 1 || a.dim() != target.dim() + 1 || b.dim() != a.dim()) throw new IllegalArgumentException(
        "cosineEmbeddingLoss: expected vectors and a number, or matrices with a row for each target, but the inputs have "
            + a.dim() + " and " + b.dim() + " dimensions, and the target has " + target.dim());
    int last = target.dim();
    Tensor sizes = a.mul(a).sum(last).add(1e-12).mul(b.mul(b).sum(last).add(1e-12)).sqrt();
    Tensor cosine = a.mul(b).sum(last).div(sizes);
    Tensor zero = Torch.zerosLike(cosine);
    Tensor similar = cosine.neg().add(1).where(target.eq(1), zero);
    return reduced(similar.add(cosine.sub(margin).clampMin(0).where(target.eq(-1), zero)), reduction);
  }

  /** {@link #tripletMarginLoss(Tensor, Tensor, Tensor, double, double, double, boolean, LossReduction)} with margin 1 and p = 2, its mean. */
  public static Tensor tripletMarginLoss(Tensor anchor, Tensor positive, Tensor negative) {
    return tripletMarginLoss(anchor, positive, negative, 1, 2, 1e-6, false, LossReduction.MEAN);
  }

  /**
   * max(0, margin + d(anchor, positive) − d(anchor, negative)) for the {@link #pairwiseDistance} d.
   *
   * @param swap whether d(positive, negative) is taken where it is smaller than d(anchor, negative)
   * @throws IllegalArgumentException if the margin is not above 0
   */
  public static Tensor tripletMarginLoss(Tensor anchor, Tensor positive, Tensor negative, double margin, double p,
      double eps, boolean swap, LossReduction reduction) {
    if (!(margin > 0))
      throw new IllegalArgumentException("tripletMarginLoss: the margin must be above 0, but is " + margin);
    if (anchor.dim() != positive.dim() || anchor.dim() != negative.dim()) throw new IllegalArgumentException(
        "tripletMarginLoss: anchor, positive and negative must have as many dimensions each, but have " + anchor.dim()
            + ", " + positive.dim() + " and " + negative.dim());
    Tensor near = pairwiseDistance(anchor, positive, p, eps, false);
    Tensor far = pairwiseDistance(anchor, negative, p, eps, false);
    if (swap) far = far.minimum(pairwiseDistance(positive, negative, p, eps, false));
    return reduced(near.add(margin).sub(far).clampMin(0), reduction);
  }

  /** Mean of x where the target is 1, of max(0, 1 − x) where it is −1. */
  public static Tensor hingeEmbeddingLoss(Tensor x, Tensor target) {
    return hingeEmbeddingLoss(x, target, 1, LossReduction.MEAN);
  }

  /** x where the target is 1, max(0, margin − x) where it is −1. */
  public static Tensor hingeEmbeddingLoss(Tensor x, Tensor target, double margin, LossReduction reduction) {
    Tensor zero = Torch.zerosLike(x);
    Tensor apart = x.neg().add(margin).clampMin(0).where(target.ne(1), zero);
    return reduced(apart.add(x.where(target.ne(-1), zero)), reduction);
  }

  /** Mean of eˣ − target · x, for logarithms x of rates. */
  public static Tensor poissonNllLoss(Tensor x, Tensor target) {
    return poissonNllLoss(x, target, true, false, 1e-8, LossReduction.MEAN);
  }

  /**
   * −log of the Poisson probability of {@code target}: eˣ − target · x for logarithms x of rates if {@code logInput}, x − target · log(x + ε) for rates.
   *
   * @param full whether the part that does not depend on x is added, by Stirling's formula
   */
  public static Tensor poissonNllLoss(Tensor x, Tensor target, boolean logInput, boolean full, double eps,
      LossReduction reduction) {
    Tensor loss = logInput ? x.exp().sub(target.mul(x)) : x.sub(target.mul(x.add(eps).log()));
    if (!full) return reduced(loss, reduction);
    Tensor rest = target.mul(target.log()).sub(target).add(target.mul(2 * Math.PI).log().mul(0.5));
    return reduced(loss.add(rest.maskedFill(target.le(1), 0)), reduction);
  }

  /** {@link #gaussianNllLoss(Tensor, Tensor, Tensor, boolean, double, LossReduction)} without the constant, its mean. */
  public static Tensor gaussianNllLoss(Tensor x, Tensor target, Tensor variance) {
    return gaussianNllLoss(x, target, variance, false, 1e-6, LossReduction.MEAN);
  }

  /**
   * −log of the normal probability of {@code target}: (log v + (x − target)² / v) / 2, v being the variance, which counts as at least ε.
   *
   * @param variance in the shape of x, or without its last dimension, or with one of size 1
   * @param full whether log(2π) / 2 is added
   * @throws IllegalArgumentException if a variance is negative, or the shapes do not fit
   */
  public static Tensor gaussianNllLoss(Tensor x, Tensor target, Tensor variance, boolean full, double eps,
      LossReduction reduction) {
    if (variance.lt(0).any().item() != 0)
      throw new IllegalArgumentException("gaussianNllLoss: variances must not be negative");
    boolean withoutLast = variance.dim() == x.dim() - 1;
    Tensor v = withoutLast ? variance.unsqueeze(-1) : variance;
    int differing = v.dim() == x.dim() ? 0 : 2;
    for (int d = 0; differing < 2 && d < x.dim(); d++) {
      if (v.size(d) != x.size(d)) differing += v.size(d) == 1 ? 1 : 2;
    }
    if (differing > 1) throw new IllegalArgumentException(
        "gaussianNllLoss: the variance must have the input's shape, or lack its last dimension, or have one of size 1");
    Tensor least = v.clone();
    try (var _ = Torch.noGrad()) {
      Tensor _ = least.clampMin_(eps);
    }
    Tensor loss = least.log().add(x.sub(target).square().div(least)).mul(0.5);
    return reduced(full ? loss.add(0.5 * Math.log(2 * Math.PI)) : loss, reduction);
  }

  /** Mean of {@link #multilabelSoftMarginLoss(Tensor, Tensor, Tensor, LossReduction)} without weights. */
  public static Tensor multilabelSoftMarginLoss(Tensor x, Tensor target) {
    return multilabelSoftMarginLoss(x, target, null, LossReduction.MEAN);
  }

  /** −weight · (target · log σ(x) + (1 − target) · log σ(−x)), its mean over the classes, the last dimension. */
  public static Tensor multilabelSoftMarginLoss(Tensor x, Tensor target, @Nullable Tensor weight,
      LossReduction reduction) {
    Tensor loss = target.mul(x.logsigmoid()).add(target.neg().add(1).mul(x.neg().logsigmoid())).neg();
    if (weight != null) loss = loss.mul(weight);
    return reduced(loss.sum(-1).div((double) x.size(-1)), reduction);
  }

  static Tensor reduced(Tensor losses, LossReduction reduction) {
    return switch (reduction.how()) {
      case MEAN -> losses.mean();
      case SUM -> losses.sum();
      case NONE -> losses;
    };
  }
}
