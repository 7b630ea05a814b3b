package dev.flambeau.benchmarks.worker;

/** A row of the table, ready to run: its inputs are made. */
public interface Row extends AutoCloseable {
  /** One step of what is timed, the release of native memory included; its result is kept until the next step. */
  Object step();

  /** The numbers by which the results of two libraries are compared, computed from the row's first state. */
  float[] result();

  /** Releases the inputs. */
  @Override
  default void close() {}
}
