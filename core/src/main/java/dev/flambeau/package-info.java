/**
 * Tensors that remember how they were made: operations as records, the graph they leave behind, gradients of any order.
 *
 * <p>This package is the one knot of the house: {@link dev.flambeau.Tensor} builds {@linkplain dev.flambeau.Op operations}, operations compute on
 * arrays and pass gradients on with tensors, and a tensor holds the {@link dev.flambeau.Node} that made it. It sees {@code kernel}, {@code graph},
 * {@code array} and {@code scalar}.
 */
@NullMarked
@CheckReturnValue
package dev.flambeau;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
