package dev.flambeau;

import dev.flambeau.array.NdArray;
import dev.flambeau.kernel.Formula;
import dev.flambeau.kernel.Loops;
import dev.flambeau.scalar.Scalar;
import java.util.Arrays;
import java.util.List;

/**
 * New values for several tensors at once, from their old ones, from other tensors and from numbers: one loop over the elements, as an optimizer's step
 * is. Made once, applied often; the loop is compiled when it first runs.
 *
 * <p>Nothing is recorded: tensors change as they do in no-grad mode, leaves that require grad among them, and their versions are incremented.
 */
public final class FusedUpdate {
  private final Formula formula;
  private final int targets;

  /**
   * The simultaneous assignment of {@code newValues[k]} to argument k, for each k.
   *
   * @param arity the number of arguments: the tensors that change, then those only read, then the numbers; at most 10
   * @param newValues formulas over all arguments, each of which stands for an old value
   * @throws IllegalArgumentException without a formula, or if there are more formulas or arguments than {@code arity}
   */
  public FusedUpdate(int arity, Scalar... newValues) {
    if (newValues.length == 0 || newValues.length > arity) {
      throw Errors.argument("FusedUpdate", "expected a formula for each tensor that changes, from 1 to " + arity
          + ", but there are " + newValues.length);
    }
    formula = Formula.of(newValues[0], arity, Arrays.copyOfRange(newValues, 1, newValues.length));
    targets = newValues.length;
  }

  /**
   * Changes the first of these tensors, one for each formula. They must not overlap each other; any strides will do.
   *
   * @throws IllegalArgumentException if shapes differ, a tensor that changes is not of real numbers or repeats elements, or the number of arguments is wrong
   */
  public void apply(List<Tensor> tensors, double... numbers) {
    int n = tensors.size();
    if (n < targets || n + numbers.length != formula.arity()) {
      throw Errors.argument("FusedUpdate", "expected " + targets + " tensors or more, with the numbers "
          + formula.arity() + " arguments, but there are " + n + " and " + numbers.length);
    }
    Modes modes = Modes.current();
    NdArray[] x = new NdArray[formula.arity()];
    for (int k = 0; k < n; k++) {
      x[k] = tensors.get(k).array();
      if (!x[k].shape().equals(x[0].shape())) throw Errors.argument("FusedUpdate", "all tensors must have one shape, "
          + "but tensor 0 has " + x[0].shape() + " and tensor " + k + " has " + x[k].shape());
      if (k < targets) check(tensors.get(k), k, modes);
      else separate(x, k);
    }
    for (int k = 0; k < numbers.length; k++) x[n + k] = NdArray.scalar(numbers[k]);
    for (int k = 0; k < targets; k++) MutationGuard.beforeWrite(modes.mutation, x[k].data());
    Loops.map(formula, x[0].type(), x[0], x);
    for (int k = 0; k < targets; k++) tensors.get(k).versionCounter().increment();
  }

  private static void check(Tensor target, int k, Modes modes) {
    if (!target.isFloatingPoint() || target.array().overlapsItself()) {
      throw Errors.argument("FusedUpdate", "tensor " + k + " (" + target.dtype().torchName() + ", shape "
          + target.array().shape() + ") must hold real numbers, each in a place of its own; convert or clone it first");
    }
    if (target.inference && !modes.inference) throw new IllegalStateException(
        "FusedUpdate: a tensor made in inference mode cannot be changed in place outside of it; clone it first");
  }

  /** What is read from the storage of a tensor that changes, in another order, is read before. */
  private void separate(NdArray[] x, int k) {
    for (int t = 0; t < targets; t++) {
      boolean sameOrder = x[k].offset() == x[t].offset() && Arrays.equals(x[k].strides(), x[t].strides());
      if (x[k].data() == x[t].data() && !sameOrder) x[k] = Layout.copy(x[k]);
    }
  }
}
