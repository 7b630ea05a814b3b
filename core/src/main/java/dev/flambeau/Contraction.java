package dev.flambeau;

/** Sums of products: linear in each of its inputs, so its derivatives are contractions too. */
public non-sealed interface Contraction extends Single {}
