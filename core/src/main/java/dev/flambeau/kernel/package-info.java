/**
 * What computes: loops compiled from formulas, matrix products, sorting, indexing, random numbers, threads.
 *
 * <p>Kernels take arrays and give arrays. They know shapes, layouts and threads, and no calculus. Not exported; sees {@code array} and {@code scalar}.
 */
@NullMarked
@CheckReturnValue
package dev.flambeau.kernel;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
