/**
 * Data sets, the order in which they are read, and batches made of them in the background. Sees {@code dev.flambeau}.
 */
@NullMarked
package dev.flambeau.data;

import org.jspecify.annotations.NullMarked;
