/**
 * Optimizers: what changes parameters by their gradients. Sees {@code dev.flambeau} and its formulas.
 */
@NullMarked
package dev.flambeau.optim;

import org.jspecify.annotations.NullMarked;
