/**
 * Formulas over scalars: trees that are evaluated, differentiated and simplified here, and compiled to loops elsewhere.
 *
 * <pre>
 *   Scalar    = Arg(index) | Constant(value) | Unary(op, Scalar) | Binary(op, Scalar, Scalar) | Select(condition, then, otherwise)
 *   UnaryOp   = negation, absolute value, roots, exponentials, logarithms, circular and hyperbolic functions, rounding, predicates …
 *   BinaryOp  = arithmetic, powers, remainders, extrema, bits, comparisons, logic
 * </pre>
 *
 * <p>A comparison, a logical operation or a predicate is 1 where it holds and 0 where it does not; a condition holds where it is not 0. Parts that are
 * equal are one object, so a formula is a directed acyclic graph, and every algorithm here takes time in proportion to its distinct parts.
 *
 * <p>{@link dev.flambeau.scalar.Scalar#evaluate} on doubles is the specification of what a compiled loop computes. This package sees nothing but the
 * JDK.
 */
@NullMarked
@CheckReturnValue
package dev.flambeau.scalar;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
