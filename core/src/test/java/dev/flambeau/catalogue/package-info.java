/**
 * The catalogue of operations: a row for each key of the golden files, and the tests that hold every row against what PyTorch computed. Sees the public
 * API and {@code dev.flambeau.golden}.
 */
@NullMarked
package dev.flambeau.catalogue;

import org.jspecify.annotations.NullMarked;
