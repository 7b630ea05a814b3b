package dev.flambeau;

import dev.flambeau.scalar.Scalar;

/**
 * y = g · ∂f/∂xᵢ for the formula f of {@code op}: the way back through a pointwise operation, itself pointwise.
 *
 * <p>Its inputs are g and those arguments of f that the slope reads.
 */
record Derivative(Pointwise op, int arity, int wrt) implements Pointwise {
  @Override
  public String name() { return op.name() + "Backward"; }

  @Override
  public Scalar of(Scalar... x) {
    Scalar slope = Slope.formula(op, arity, wrt);
    Scalar[] renamed = new Scalar[arity + 1];
    int next = 1;
    for (int k = 0; k <= arity; k++) renamed[k] = slope.uses(k) ? x[next++] : Scalar.constant(0);
    return x[0].mul(slope.substitute(renamed));
  }
}
