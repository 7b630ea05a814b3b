/**
 * Reads the golden files: what real PyTorch computed, as plain arrays. Sees no other package, so that every test may use it.
 */
@NullMarked
package dev.flambeau.golden;

import org.jspecify.annotations.NullMarked;
