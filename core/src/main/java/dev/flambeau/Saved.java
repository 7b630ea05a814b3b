package dev.flambeau;

import dev.flambeau.array.Shape;

/** What an operation finds again on the way back: what it asked to keep, and the shapes and dtypes of all its inputs. */
public interface Saved {
  /**
   * Input {@code k}, as it was.
   *
   * @throws IllegalStateException if it was changed in place since, or was freed by an earlier backward
   */
  Tensor input(int k);

  /**
   * Output {@code k}, as it was.
   *
   * @throws IllegalStateException if it was changed in place since, or was freed by an earlier backward
   */
  Tensor output(int k);

  /** The only output, as it was. */
  default Tensor output() { return output(0); }

  /** Shape of input {@code k}. */
  Shape shapeOf(int k);

  /** Dtype of input {@code k}. */
  DType dtypeOf(int k);

  /** Number of inputs. */
  int inputs();
}
