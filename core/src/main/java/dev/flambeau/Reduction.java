package dev.flambeau;

/** Many elements to one: sums, products, extremes, and what runs along a dimension. */
public non-sealed interface Reduction extends Single {}
