package dev.flambeau;

/** Values in an order along a dimension, with the indices that they had: the gradient goes back to those indices. */
public non-sealed interface Ranking extends Several {
  @Override
  default boolean savesOutput(int k) { return k == 1; }
}
