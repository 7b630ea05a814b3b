package dev.flambeau;

/** What gradients can be taken of, or with respect to: a tensor, or the edge that stands for one. */
public sealed interface Differentiable permits Tensor, GradientEdge {}
