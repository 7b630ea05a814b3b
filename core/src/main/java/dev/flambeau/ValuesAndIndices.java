package dev.flambeau;

/**
 * Elements found along a dimension, and where they were.
 *
 * @param indices int64, along that dimension
 */
public record ValuesAndIndices(Tensor values, Tensor indices) {
  static ValuesAndIndices of(Several op, Tensor x) {
    Tensor[] y = Op.apply(op, x);
    return new ValuesAndIndices(y[0], y[1]);
  }
}
