/**
 * The reverse sweep over a graph of any values that can be summed: vertices, and the engine that runs them in order.
 *
 * <p>This package knows no tensor; its tests run it on plain doubles. It sees nothing but the JDK.
 */
@NullMarked
package dev.flambeau.graph;

import org.jspecify.annotations.NullMarked;
