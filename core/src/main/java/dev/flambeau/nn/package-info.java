/**
 * Neural networks: stateless functions, layers and losses. Sees the public face of {@code dev.flambeau} and nothing below it.
 */
@NullMarked
package dev.flambeau.nn;

import org.jspecify.annotations.NullMarked;
