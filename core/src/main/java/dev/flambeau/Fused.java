package dev.flambeau;

/**
 * An operation that could be written with others and is faster in one piece.
 *
 * <p>{@link #reference} is its specification in plain tensor operations, against which the op catalogue holds it.
 */
public non-sealed interface Fused extends Single {
  /** The same result from plain tensor operations. */
  Tensor reference(Tensor... x);
}
