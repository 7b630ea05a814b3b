package dev.flambeau;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/** Random numbers in the place of this tensor's elements, from the generator that {@link Torch#manualSeed} starts anew. Each returns the tensor. */
public sealed interface TensorRandom permits Tensor {
  /** This tensor. */
  Tensor self();

  /** Uniform numbers of [0, 1). */
  @CanIgnoreReturnValue
  default Tensor uniform_() { return uniform_(0, 1); }

  /**
   * Uniform numbers of [from, to).
   *
   * @throws IllegalArgumentException if {@code from} is greater than {@code to}, or the tensor is not of real numbers
   */
  @CanIgnoreReturnValue
  default Tensor uniform_(double from, double to) {
    return Recorder.applyInPlace(new Draws.Uniform(from, to), self());
  }

  /** Normal numbers of mean 0 and variance 1. */
  @CanIgnoreReturnValue
  default Tensor normal_() { return normal_(0, 1); }

  /**
   * Normal numbers.
   *
   * @throws IllegalArgumentException if {@code std} is negative, or the tensor is not of real numbers
   */
  @CanIgnoreReturnValue
  default Tensor normal_(double mean, double std) {
    return Recorder.applyInPlace(new Draws.Normal(mean, std), self());
  }

  /**
   * Exponentially distributed numbers of mean 1/lambda.
   *
   * @throws IllegalArgumentException if {@code lambda} is not positive, or the tensor is not of real numbers
   */
  @CanIgnoreReturnValue
  default Tensor exponential_(double lambda) { return Recorder.applyInPlace(new Draws.Exponential(lambda), self()); }

  /**
   * 1 with probability {@code p}, else 0.
   *
   * @throws IllegalArgumentException if {@code p} is outside of [0, 1]
   */
  @CanIgnoreReturnValue
  default Tensor bernoulli_(double p) { return Recorder.applyInPlace(new Draws.Bernoulli(p), self()); }
}
