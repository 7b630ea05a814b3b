package dev.flambeau;

/**
 * The distinct elements or slices of a tensor.
 *
 * @param values each once
 * @param inverse for each element or slice of the tensor the index of its value, int64
 * @param counts how often each value occurs, int64
 */
public record Distinct(Tensor values, Tensor inverse, Tensor counts) {}
