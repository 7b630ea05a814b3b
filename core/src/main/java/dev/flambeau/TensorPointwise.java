package dev.flambeau;

/** Element-by-element operations; operands broadcast and meet in the greater dtype. */
public sealed interface TensorPointwise extends TensorArithmetic, TensorFunctions, TensorComparisons, TensorInPlace
    permits Tensor {
  @Override
  Tensor self();
}
