/**
 * The tutorials and training programs: each one file that reads like its PyTorch original.
 *
 * <p>Sees everything that is published.
 */
@NullMarked
package dev.flambeau.examples;

import org.jspecify.annotations.NullMarked;
