/** LibTorch with MKL through DJL, as one side of the comparison. */
@NullMarked
package dev.flambeau.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
