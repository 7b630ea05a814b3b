package dev.flambeau.nn;

import dev.flambeau.Attentions;
import dev.flambeau.DType;
import dev.flambeau.Layers;
import dev.flambeau.Losses;
import dev.flambeau.Normalizations;
import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Stateless functions of neural networks, for static import, as in <a href="https://pytorch.org/docs/stable/nn.functional.html">torch.nn.functional</a>. */
public final class Functional extends DistanceFunctions {
  private Functional() {}

  /** max(x, 0). */
  public static Tensor relu(Tensor x) { return x.relu(); }

  /** x pushed into 0 … 6. */
  public static Tensor relu6(Tensor x) { return x.relu6(); }

  /** x · Φ(x), Φ being the normal distribution. */
  public static Tensor gelu(Tensor x) { return x.gelu(); }

  /** x · σ(x). */
  public static Tensor silu(Tensor x) { return x.silu(); }

  /** x · tanh(log(1 + eˣ)). */
  public static Tensor mish(Tensor x) { return x.mish(); }

  /** 1 / (1 + e⁻ˣ). */
  public static Tensor sigmoid(Tensor x) { return x.sigmoid(); }

  /** log σ(x). */
  public static Tensor logsigmoid(Tensor x) { return x.logsigmoid(); }

  /** Hyperbolic tangent. */
  public static Tensor tanh(Tensor x) { return x.tanh(); }

  /** x where x > 0, else 0.01 · x. */
  public static Tensor leakyRelu(Tensor x) { return x.leakyRelu(); }

  /** x where x > 0, else eˣ − 1. */
  public static Tensor elu(Tensor x) { return x.elu(); }

  /** {@link #elu} with the α and the scale that keep mean 0 and variance 1. */
  public static Tensor selu(Tensor x) { return x.selu(); }

  /** x where x > 0, else eˣ − 1. */
  public static Tensor celu(Tensor x) { return x.celu(); }

  /** log(1 + eˣ). */
  public static Tensor softplus(Tensor x) { return x.softplus(); }

  /** x / (1 + |x|). */
  public static Tensor softsign(Tensor x) { return x.softsign(); }

  /** x pushed into −1 … 1. */
  public static Tensor hardtanh(Tensor x) { return x.hardtanh(); }

  /** (x + 3) / 6 pushed into 0 … 1. */
  public static Tensor hardsigmoid(Tensor x) { return x.hardsigmoid(); }

  /** x · hardsigmoid(x). */
  public static Tensor hardswish(Tensor x) { return x.hardswish(); }

  /** x, but 0 for −0.5 ≤ x ≤ 0.5. */
  public static Tensor hardshrink(Tensor x) { return x.hardshrink(); }

  /** x moved by 0.5 towards 0. */
  public static Tensor softshrink(Tensor x) { return x.softshrink(); }

  /** x − tanh x. */
  public static Tensor tanhshrink(Tensor x) { return x.tanhshrink(); }

  /**
   * {@link #gelu(Tensor)}, exact for {@code approximate} "none", with a hyperbolic tangent for "tanh".
   *
   * @throws IllegalArgumentException for any other
   */
  public static Tensor gelu(Tensor x, String approximate) {
    return switch (approximate) {
      case "none" -> x.gelu();
      case "tanh" -> x.geluTanh();
      default -> throw new IllegalArgumentException(
          "gelu: approximate must be \"none\" or \"tanh\", but is \"" + approximate + "\"");
    };
  }

  /** x where x > 0, else s · x. */
  public static Tensor leakyRelu(Tensor x, double negativeSlope) { return x.leakyRelu(negativeSlope); }

  /** x where x > 0, else w · x, with one weight for all or one for each index of dimension 1. */
  public static Tensor prelu(Tensor x, Tensor weight) { return x.prelu(weight); }

  /** x where x > 0, else α · (eˣ − 1). */
  public static Tensor elu(Tensor x, double alpha) { return x.elu(alpha); }

  /** x where x > 0, else α · (exp(x/α) − 1). */
  public static Tensor celu(Tensor x, double alpha) { return x.celu(alpha); }

  /** log(1 + exp(βx)) / β, x itself where βx is above the threshold. */
  public static Tensor softplus(Tensor x, double beta, double threshold) { return x.softplus(beta, threshold); }

  /** x pushed into min … max. */
  public static Tensor hardtanh(Tensor x, double min, double max) { return x.hardtanh(min, max); }

  /** x above the threshold, else the value. */
  public static Tensor threshold(Tensor x, double threshold, double value) { return x.threshold(threshold, value); }

  /** x, but 0 for −λ ≤ x ≤ λ. */
  public static Tensor hardshrink(Tensor x, double lambda) { return x.hardshrink(lambda); }

  /** x moved by λ towards 0, 0 for −λ ≤ x ≤ λ. */
  public static Tensor softshrink(Tensor x, double lambda) { return x.softshrink(lambda); }

  /** a · σ(b) for the halves a, b of x along {@code dim}. */
  public static Tensor glu(Tensor x, int dim) { return x.glu(dim); }

  /** exp x, divided by its sum along {@code dim}. */
  public static Tensor softmax(Tensor x, int dim) { return x.softmax(dim); }

  /** {@link #softmax} of −x. */
  public static Tensor softmin(Tensor x, int dim) { return x.neg().softmax(dim); }

  /** x − log Σ exp x along {@code dim}. */
  public static Tensor logSoftmax(Tensor x, int dim) { return x.logSoftmax(dim); }

  /** x @ weightᵀ, over the last dimension of x. */
  public static Tensor linear(Tensor x, Tensor weight) { return x.linear(weight, null); }

  /** x @ weightᵀ + bias, over the last dimension of x. */
  public static Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias) { return x.linear(weight, bias); }

  /** Vectors with a one at each class and as many elements as the greatest class needs. */
  public static Tensor oneHot(Tensor classes) { return classes.oneHot(); }

  /** Vectors of {@code numClasses} elements with a one at each class. */
  public static Tensor oneHot(Tensor classes, long numClasses) { return classes.oneHot(numClasses); }

  /** x with a rim of zeros: pairs of widths before and after, from the last dimension on. */
  public static Tensor pad(Tensor x, long... pads) { return x.pad(pads); }

  /** As {@link #pad(Tensor, long...)}; the mode is "constant", with {@code value}, or "reflect", "replicate", "circular". */
  public static Tensor pad(Tensor x, long[] pads, String mode, double value) { return x.pad(pads, mode, value); }

  /**
   * In training each element becomes 0 with probability {@code p}, the others grow by 1 / (1 − p); else x itself. Random numbers are those of
   * {@link Torch#manualSeed}.
   *
   * @throws IllegalArgumentException unless 0 ≤ p ≤ 1
   */
  public static Tensor dropout(Tensor x, double p, boolean training) {
    if (!(p >= 0 && p <= 1)) throw new IllegalArgumentException("dropout: p is a probability, in 0 … 1, but is " + p);
    if (!training || p == 0) return x;
    if (p == 1) return x.mul(Torch.zerosLike(x)); // draws nothing, as in PyTorch
    return x.mul(Torch.bernoulli(Torch.fullLike(x, 1 - p)).div_(1 - p));
  }

  /** x divided by its norm along dimension 1. */
  public static Tensor normalize(Tensor x) { return normalize(x, 2, 1, 1e-12); }

  /** x divided by its p-norm along {@code dim}, which counts as at least {@code eps}. */
  public static Tensor normalize(Tensor x, double p, int dim, double eps) {
    return x.div(x.norm(p, dim, true).clampMin(eps).expandAs(x));
  }

  /** Cosine of the angle of a and b along dimension 1. */
  public static Tensor cosineSimilarity(Tensor a, Tensor b) { return cosineSimilarity(a, b, 1, 1e-8); }

  /** Cosine of the angle of a and b along {@code dim} of what they broadcast to; norms count as at least {@code eps}. */
  public static Tensor cosineSimilarity(Tensor a, Tensor b, int dim, double eps) {
    if (!Arrays.equals(a.shape(), b.shape())) {
      Tensor both = a.detach().mul(b.detach());
      return cosineSimilarity(a.expandAs(both), b.expandAs(both), dim, eps);
    }
    Tensor ofA = a.div(a.norm(2, dim, true).clampMin(eps));
    return ofA.mul(b.div(b.norm(2, dim, true).clampMin(eps))).sum(dim);
  }

  /** Rows of {@code weight}, a matrix, by their numbers {@code index}. */
  public static Tensor embedding(Tensor index, Tensor weight) { return Layers.embedding(index, weight, -1); }

  /** {@link #embedding(Tensor, Tensor)} in which the row {@code paddingIndex}, negative ones counting from the end, gets no gradient. */
  public static Tensor embedding(Tensor index, Tensor weight, long paddingIndex) {
    long padding = paddingIndex < 0 ? paddingIndex + weight.size(0) : paddingIndex;
    if (padding < 0 || padding >= weight.size(0)) {
      throw new IllegalArgumentException(
          "embedding: the padding " + paddingIndex + " is none of the " + weight.size(0) + " rows of the weight");
    }
    return Layers.embedding(index, weight, padding);
  }

  /** x with mean 0 and variance 1 over its last dimensions, of this shape. */
  public static Tensor layerNorm(Tensor x, long... normalizedShape) {
    return layerNorm(x, normalizedShape, null, null, 1e-5);
  }

  /** (x − mean) / √(variance + ε) over the last dimensions, of shape {@code normalizedShape}, times weight, plus bias. */
  public static Tensor layerNorm(Tensor x, long[] normalizedShape, @Nullable Tensor weight, @Nullable Tensor bias,
      double eps) {
    return Normalizations.layerNorm(x, normalizedShape, weight, bias, eps);
  }

  /** softmax(q kᵀ / √d) v over the last two dimensions, d being the size of the last of q. */
  public static Tensor scaledDotProductAttention(Tensor query, Tensor key, Tensor value) {
    return scaledDotProductAttention(query, key, value, null, 0, false, null);
  }

  /**
   * softmax(scale · q kᵀ + mask) v over the last two dimensions; zero where all is masked.
   *
   * @param mask truth values, true where a key may be looked at, or numbers to add
   * @param causal whether the query i only looks at the keys 0 … i; then there is no mask
   * @throws IllegalArgumentException if there is a mask and {@code causal} is true
   */
  public static Tensor scaledDotProductAttention(
      Tensor query, Tensor key, Tensor value, @Nullable Tensor mask, double dropout, boolean causal,
      @Nullable Double scale) {
    double factor = scale != null ? scale : 1 / Math.sqrt((double) query.size(-1));
    if (causal && mask != null) throw new IllegalArgumentException(
        "scaledDotProductAttention: a causal attention has its own mask; give one, or the other");
    Tensor seen = causal ? Torch.ones(DType.BOOL, query.size(-2), key.size(-2)).tril() : mask;
    if (dropout == 0) return Attentions.attention(query, key, value, seen, factor);
    return dropout(Attentions.shares(query, key, seen, factor), dropout, true).matmul(value);
  }

  // ---------------------------------------------------------------- losses

  /** Mean of (x − target)². */
  public static Tensor mseLoss(Tensor x, Tensor target) { return mseLoss(x, target, LossReduction.MEAN); }

  /** (x − target)². */
  public static Tensor mseLoss(Tensor x, Tensor target, LossReduction reduction) {
    return Losses.mse(x, target, reduction.how());
  }

  /** Mean of |x − target|. */
  public static Tensor l1Loss(Tensor x, Tensor target) { return l1Loss(x, target, LossReduction.MEAN); }

  /** |x − target|. */
  public static Tensor l1Loss(Tensor x, Tensor target, LossReduction reduction) {
    return reduced(x.sub(target).abs(), reduction);
  }

  /** {@link #smoothL1Loss(Tensor, Tensor, double, LossReduction)} with β = 1, its mean. */
  public static Tensor smoothL1Loss(Tensor x, Tensor target) { return smoothL1Loss(x, target, 1, LossReduction.MEAN); }

  /** d² / 2β where d = |x − target| &lt; β, else d − β/2. */
  public static Tensor smoothL1Loss(Tensor x, Tensor target, double beta, LossReduction reduction) {
    return beta == 0 ? l1Loss(x, target, reduction) : Losses.smoothL1(x, target, beta, reduction.how());
  }

  /** {@link #huberLoss(Tensor, Tensor, double, LossReduction)} with δ = 1, its mean. */
  public static Tensor huberLoss(Tensor x, Tensor target) { return huberLoss(x, target, 1, LossReduction.MEAN); }

  /** d² / 2 where d = |x − target| &lt; δ, else δ · (d − δ/2). */
  public static Tensor huberLoss(Tensor x, Tensor target, double delta, LossReduction reduction) {
    return Losses.huber(x, target, delta, reduction.how());
  }

  /** Mean of log(1 + exp(−target · x)), targets being −1 or 1. */
  public static Tensor softMarginLoss(Tensor x, Tensor target) { return softMarginLoss(x, target, LossReduction.MEAN); }

  /** log(1 + exp(−target · x)), targets being −1 or 1. */
  public static Tensor softMarginLoss(Tensor x, Tensor target, LossReduction reduction) {
    return Losses.softMargin(x, target, reduction.how());
  }

  /** max(0, margin − target · (a − b)), targets being 1 where a should rank higher, else −1. */
  public static Tensor marginRankingLoss(Tensor a, Tensor b, Tensor target, double margin, LossReduction reduction) {
    return reduced(target.neg().mul(a.sub(b)).add(margin).clampMin(0), reduction);
  }

  /** Mean of −target · log x − (1 − target) · log(1 − x), for probabilities x. */
  public static Tensor binaryCrossEntropy(Tensor x, Tensor target) {
    return binaryCrossEntropy(x, target, null, LossReduction.MEAN);
  }

  /** −weight · (target · log x + (1 − target) · log(1 − x)), for probabilities x; logarithms count as at least −100. */
  public static Tensor binaryCrossEntropy(Tensor x, Tensor target, @Nullable Tensor weight, LossReduction reduction) {
    return Losses.binaryCrossEntropy(x, target, weight, reduction.how());
  }

  /** Mean of the binary cross entropy of σ(x), exact for any x. */
  public static Tensor binaryCrossEntropyWithLogits(Tensor x, Tensor target) {
    return binaryCrossEntropyWithLogits(x, target, null, LossReduction.MEAN, null);
  }

  /** Binary cross entropy of σ(x), times {@code weight}; what belongs to target 1 counts {@code posWeight} times. */
  public static Tensor binaryCrossEntropyWithLogits(Tensor x, Tensor target, @Nullable Tensor weight,
      LossReduction reduction, @Nullable Tensor posWeight) {
    return Losses.binaryCrossEntropyWithLogits(x, target, weight, posWeight, reduction.how());
  }

  /** {@link #klDiv(Tensor, Tensor, LossReduction, boolean)} for probabilities, its mean. */
  public static Tensor klDiv(Tensor x, Tensor target) { return klDiv(x, target, LossReduction.MEAN, false); }

  /** target · (log target − x), for logarithms x of probabilities; {@code target} holds probabilities, or logarithms if {@code logTarget}. */
  public static Tensor klDiv(Tensor x, Tensor target, LossReduction reduction, boolean logTarget) {
    Tensor losses = logTarget ? target.exp().mul(target.sub(x)) : target.xlogy(target).sub(target.mul(x));
    return reduction == LossReduction.BATCH_MEAN ? losses.sum().div(x.size(0)) : reduced(losses, reduction);
  }

  /** {@link #nllLoss(Tensor, Tensor, Tensor, long, LossReduction)} without weights, its mean; −100 is ignored. */
  public static Tensor nllLoss(Tensor x, Tensor target) { return nllLoss(x, target, null, -100, LossReduction.MEAN); }

  /**
   * −weight[c] · x[c] for the class c that {@code target} tells, along dimension 1 of x, or 0 of a vector. The mean is weighted. Elements whose class is
   * {@code ignoreIndex} do not count.
   *
   * @throws IllegalArgumentException if shapes do not fit, or a class is out of range
   */
  public static Tensor nllLoss(Tensor x, Tensor target, @Nullable Tensor weight, long ignoreIndex,
      LossReduction reduction) {
    return Losses.nll(x, target, weight, ignoreIndex, reduction.how());
  }

  /** {@link #crossEntropy(Tensor, Tensor, Tensor, long, LossReduction, double)} without weights and smoothing, its mean; −100 is ignored. */
  public static Tensor crossEntropy(Tensor x, Tensor target) { return crossEntropy(x, target, LossReduction.MEAN); }

  /** {@link #crossEntropy(Tensor, Tensor, Tensor, long, LossReduction, double)} without weights and smoothing; −100 is ignored. */
  public static Tensor crossEntropy(Tensor x, Tensor target, LossReduction reduction) {
    return crossEntropy(x, target, null, -100, reduction, 0);
  }

  /**
   * Cross entropy of softmax(x) along dimension 1, or 0 of a vector.
   *
   * @param target integers: a class at each place; real numbers, in the shape of x: the probability of each class
   * @param labelSmoothing the share of probability that is spread over all classes
   * @throws IllegalArgumentException if shapes do not fit, or a class is out of range
   */
  public static Tensor crossEntropy(Tensor x, Tensor target, @Nullable Tensor weight, long ignoreIndex,
      LossReduction reduction, double labelSmoothing) {
    if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
      throw new IllegalArgumentException(
          "crossEntropy: label smoothing is a share, in 0 … 1, but is " + labelSmoothing);
    }
    int dim = x.dim() == 1 ? 0 : 1;
    Tensor scores = x.logSoftmax(dim);
    if (target.isFloatingPoint()) {
      Tensor wanted = labelSmoothing == 0 ? target : target.mul(1 - labelSmoothing).add(labelSmoothing / x.size(dim));
      return Losses.nllOfProbabilities(scores, wanted, weight, reduction.how());
    }
    Tensor loss = nllLoss(scores, target, weight, ignoreIndex, reduction);
    if (labelSmoothing == 0) return loss;
    Tensor spread = spread(scores, target, weight, ignoreIndex, reduction, dim);
    return loss.mul(1 - labelSmoothing).add(spread.mul(labelSmoothing / x.size(dim)));
  }

  /** Losses summed over all classes, as if each were the target. */
  private static Tensor spread(Tensor scores, Tensor target, @Nullable Tensor weight, long ignoreIndex,
      LossReduction reduction, int dim) {
    Tensor weighted = weight == null ? scores : scores.mul(Losses.perClass(weight, scores.dim()));
    Tensor ignored = target.eq(ignoreIndex);
    Tensor losses = weighted.sum(dim).neg().maskedFill(ignored, 0);
    if (reduction != LossReduction.MEAN) return reduced(losses, reduction);
    Tensor counts = ignored.logicalNot().to(scores.dtype());
    return losses.sum()
        .div(weight == null ? counts.sum() : weight.take(target.maskedFill(ignored, 0)).mul(counts).sum());
  }
}
