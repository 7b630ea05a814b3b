package dev.flambeau.kernel;

import org.jspecify.annotations.Nullable;

/**
 * One pass over a row.
 *
 * @param reducer what the values are combined with, if they are
 * @param lanes whether in {@link LoopCompiler#LANES} accumulators
 * @param target the operand to which they go, or −1 if the pass gives a number that later passes read
 */
record LoopPass(Code code, @Nullable Reducer reducer, boolean lanes, int target) {
  boolean givesNumber() { return target < 0; }
}
