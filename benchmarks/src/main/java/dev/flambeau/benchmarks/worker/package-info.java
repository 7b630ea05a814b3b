/**
 * One side of a comparison: a process that makes the inputs of a row, computes it and times it when it is told to.
 *
 * <p>Sees the JDK alone, so that a peer is compiled with it and without Flambeau. The driver writes one command to a
 * line and reads one answer:
 *
 * <pre>
 * (start)                        → ready VERSION
 * result ROW FILE                → done                 the row's result is in FILE, float32, little-endian
 * warm ROW MILLIS                → step NANOS           nanoseconds per step at the end of so many milliseconds
 * row ROW WARMUP SAMPLES STEPS   → times BYTES MILLIS T1 T2 …
 *                                    allocated bytes and milliseconds of collection over all timed steps, or - where
 *                                    they are not known; then for each sample of STEPS steps its nanoseconds per step
 * resident ROW STEPS             → bytes N              by so much making the row and so many steps have raised the most
 *                                    memory that the process ever had; - where that is not known
 * reachable ROW STEPS            → bytes N              the most that was reachable in so many steps, without what was
 *                                    before the row was made: only workers on a JVM know it
 * folder                         → folder PATH          where the library is installed: only Python's worker knows it
 * anything that fails            → failed REASON
 * </pre>
 */
@NullMarked
package dev.flambeau.benchmarks.worker;

import org.jspecify.annotations.NullMarked;
