/**
 * Networks for pictures with their pretrained weights, and data sets of pictures. Sees the core and {@code dev.flambeau.io}.
 */
@NullMarked
package dev.flambeau.vision;

import org.jspecify.annotations.NullMarked;
