package dev.flambeau.kernel;

/** A {@link GemmTile} of floats whose A is not a packed panel: it lies in stretches, as transformations write it. */
@FunctionalInterface
interface ConvTile {
  /** As {@link GemmTile#multiply}; from one stretch of A to the next are {@code aStep} elements. */
  void multiply(Object a, int aFrom, int aEnd, Object b, int bFrom, int bRow, Object c, int cFrom, int cRow,
      boolean accumulate, int aStep);
}
