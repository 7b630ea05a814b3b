package dev.flambeau;

import org.jspecify.annotations.Nullable;

/** One place between the brackets of Python's {@code x[1:, ..., None, i]}; see {@link Tensor#get(Index...)}. */
public sealed interface Index {
  /** Python's {@code :}, all of a dimension. */
  Index ALL = new Part(null, null, 1);
  /** Python's {@code ...}, all of as many dimensions as are left. */
  Index ELLIPSIS = Mark.ELLIPSIS;
  /** Python's {@code None}, a new dimension of size 1. */
  Index NEW_AXIS = Mark.NEW_AXIS;

  /** Index {@code i}, negative from the end; the dimension goes. */
  static Index at(long i) { return new At(i); }

  /** Python's {@code start:stop:step}; null is left out, negative counts from the end. */
  static Index slice(@Nullable Long start, @Nullable Long stop, long step) { return new Part(start, stop, step); }

  /** Python's {@code start:stop}. */
  static Index slice(long start, long stop) { return new Part(start, stop, 1); }

  /** Python's {@code start:}. */
  static Index from(long start) { return new Part(start, null, 1); }

  /** Python's {@code :stop}. */
  static Index until(long stop) { return new Part(null, stop, 1); }

  /** The indices, or for truth values the places where these are true; a mask takes as many dimensions as it has. */
  static Index of(Tensor indices) { return new Of(indices); }

  /** One index. */
  record At(long index) implements Index {}

  /** A slice. */
  record Part(@Nullable Long start, @Nullable Long stop, long step) implements Index {}

  /** Indices or a mask. */
  record Of(Tensor tensor) implements Index {}

  /** What takes no argument. */
  enum Mark implements Index {
    /** Python's {@code ...}. */
    ELLIPSIS,
    /** Python's {@code None}. */
    NEW_AXIS
  }
}
