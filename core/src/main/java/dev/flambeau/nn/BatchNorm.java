package dev.flambeau.nn;

import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Normalisation by the statistics of a batch, or of each sample, which may be remembered for evaluation. */
abstract sealed class BatchNorm extends Module permits BatchNorm1d, BatchNorm2d, InstanceNorm1d, InstanceNorm2d {
  private final int fewestDims, mostDims;
  final long numFeatures;
  final double eps;
  final @Nullable Double momentum;
  /** Shape (C): a factor of each channel, ones at first. */
  public @Nullable Tensor weight;
  /** Shape (C): a summand of each channel, zeros at first. */
  public @Nullable Tensor bias;
  /** Shape (C): the mean of each channel in evaluation. */
  @Buffer
  public @Nullable Tensor runningMean;
  /** Shape (C): the variance of each channel in evaluation. */
  @Buffer
  public @Nullable Tensor runningVar;
  /** A number: of steps in training. */
  @Buffer
  public @Nullable Tensor numBatchesTracked;

  BatchNorm(int fewestDims, int mostDims, long features, double eps, @Nullable Double momentum, boolean affine,
      boolean track) {
    this.fewestDims = fewestDims;
    this.mostDims = mostDims;
    this.numFeatures = features;
    this.eps = eps;
    this.momentum = momentum;
    weight = affine ? parameter(Torch.ones(features)) : null;
    bias = affine ? parameter(Torch.zeros(features)) : null;
    runningMean = track ? Torch.zeros(features) : null;
    runningVar = track ? Torch.ones(features) : null;
    numBatchesTracked = track ? Torch.tensor(0L) : null;
  }

  @Override
  public Tensor forward(Tensor x) {
    if (x.dim() < fewestDims || x.dim() > mostDims) {
      throw new IllegalArgumentException(name() + ": takes " + fewestDims
          + (mostDims == fewestDims ? "" : " or " + mostDims) + " dimensions, but the input has shape "
          + Arrays.toString(x.shape()));
    }
    return normalized(x, isTraining() || runningMean == null && runningVar == null);
  }

  /** By the statistics of x, if {@code measured}, which the running ones then follow. */
  Tensor normalized(Tensor x, boolean measured) {
    Tensor counter = isTraining() ? numBatchesTracked : null;
    double share = momentum != null ? momentum : counter != null ? 1 / (counter.item() + 1) : 0;
    Tensor y = Functional.batchNorm(x, runningMean, runningVar, weight, bias, measured, share, eps);
    if (counter != null) counter.add_(1);
    return y;
  }

  /** By the statistics of each sample, if {@code measured}. */
  final Tensor eachSample(Tensor x, boolean measured) {
    Tensor y = Functional.instanceNorm(x.dim() == mostDims ? x : x.unsqueeze(0), runningMean, runningVar, weight, bias,
        measured, momentum == null ? 0 : momentum, eps);
    return x.dim() == mostDims ? y : y.squeeze(0);
  }

  @Override
  protected String extraRepr() {
    return PythonText.arguments("", numFeatures, "eps", eps, "momentum", momentum, "affine", weight != null, "bias",
        bias != null, "track_running_stats", runningMean != null);
  }
}
