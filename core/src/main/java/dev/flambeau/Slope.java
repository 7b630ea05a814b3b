package dev.flambeau;

import dev.flambeau.array.NdArray;
import dev.flambeau.kernel.Loops;
import dev.flambeau.scalar.Scalar;
import org.jspecify.annotations.Nullable;

/**
 * ∂y/∂xᵢ of a pointwise operation, reduced to what it reads.
 *
 * @param constant its value if it reads nothing
 * @param reads the operation's arguments that it reads, by index; index {@code arity} is the output
 * @param saves the same as a set
 * @param derivative g · ∂y/∂xᵢ as an operation on g and what is read
 */
record Slope(@Nullable Double constant, Ints reads, Saves saves, Derivative derivative) {
  static Slope of(Pointwise op, int arity, int i) {
    Scalar slope = formula(op, arity, i);
    int[] reads = new int[arity + 1];
    int count = 0;
    Saves saves = Saves.NOTHING;
    for (int k = 0; k <= arity; k++) {
      if (!slope.uses(k)) continue;
      reads[count++] = k;
      saves = saves.and(k == arity ? Saves.OUTPUT : Saves.input(k));
    }
    Double constant = slope instanceof Scalar.Constant c ? c.value() : null;
    return new Slope(constant, Ints.of(java.util.Arrays.copyOf(reads, count)), saves, new Derivative(op, arity, i));
  }

  static Scalar formula(Pointwise op, int arity, int i) {
    return op.slope(i, Scalar.arg(arity), PointwiseKernel.arguments(arity)).simplify();
  }

  /** g · ∂y/∂xᵢ. */
  Tensor times(Tensor g, Saved s) {
    if (constant != null)
      return constant == 0 ? Torch.zerosLike(g) : constant == 1 ? g : constant == -1 ? g.neg() : g.mul(constant);
    Tensor[] inputs = new Tensor[1 + reads.size()];
    inputs[0] = g;
    for (int k = 0; k < reads.size(); k++) {
      inputs[k + 1] = reads.at(k) == s.inputs() ? s.output() : s.input(reads.at(k));
    }
    return g.holders == Ownership.LAST_READER && overwrites(inputs) ? g : Op.apply(derivative, inputs);
  }

  /** Writes the result over g, the first of {@code inputs}, if it fits there. */
  private boolean overwrites(Tensor... inputs) {
    NdArray[] x = new NdArray[inputs.length];
    for (int k = 0; k < x.length; k++) x[k] = inputs[k].array();
    NdArray g = x[0];
    if (g.overlapsItself() || PointwiseKernel.computeType(derivative, x) != g.type()
        || !PointwiseKernel.broadcast(derivative, x).equals(g.shape()))
      return false;
    Loops.map(PointwiseKernel.of(derivative, x.length).formula(), g.type(), g, x);
    return true;
  }
}
