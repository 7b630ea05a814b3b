package dev.flambeau.kernel;

import dev.flambeau.scalar.BinaryOp;
import dev.flambeau.scalar.Scalar;

/** How a reduction or a scan combines two values. */
public enum Reducer {
  SUM(BinaryOp.ADD), PROD(BinaryOp.MUL),
  /** The smaller; NaN if one is. */
  MIN(BinaryOp.MIN),
  /** The larger; NaN if one is. */
  MAX(BinaryOp.MAX);

  private final BinaryOp op;

  Reducer(BinaryOp op) { this.op = op; }

  /** The value that changes nothing; for integers it is converted, which for the extrema saturates. */
  double identity() {
    return switch (this) {
      case SUM -> 0;
      case PROD -> 1;
      case MIN -> Double.POSITIVE_INFINITY;
      case MAX -> Double.NEGATIVE_INFINITY;
    };
  }

  Scalar combine(Scalar a, Scalar b) { return a.binary(op, b); }
}
