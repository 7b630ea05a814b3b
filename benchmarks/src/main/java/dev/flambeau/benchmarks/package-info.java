/**
 * The table of {@code docs/benchmarks.md}: Flambeau and its peers, each in its own process, in turn on the same inputs.
 *
 * <p>{@link dev.flambeau.benchmarks.Main} starts the processes, compares their results, lets them measure, and writes
 * the table. Of Flambeau only {@code FlambeauWorker} and the rows that it serves know anything.
 */
@NullMarked
package dev.flambeau.benchmarks;

import org.jspecify.annotations.NullMarked;
