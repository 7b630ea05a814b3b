/** LibTorch through the JavaCPP presets, as one side of the comparison. */
@NullMarked
package dev.flambeau.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
