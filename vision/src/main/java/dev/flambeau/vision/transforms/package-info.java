/**
 * What is done to pictures before a network sees them. Sees the core only.
 */
@NullMarked
package dev.flambeau.vision.transforms;

import org.jspecify.annotations.NullMarked;
