package dev.flambeau;

import org.jspecify.annotations.Nullable;

/**
 * Where the gradient of one input goes.
 *
 * @param node the node that takes it, or null where nobody does
 * @param inputNr which of the node's gradients it is
 */
public record Edge(@Nullable Node node, int inputNr) {}
