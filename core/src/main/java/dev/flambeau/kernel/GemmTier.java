package dev.flambeau.kernel;

/** Which tiles this machine and JVM can run, decided when the first large product comes. */
final class GemmTier {
  /** Machines with the widest vectors have twice as many registers for them, which a taller tile fills. */
  private static final int ROWS = VectorSupport.vectorBits() >= 512 ? 12 : VectorSupport.available() ? 6 : 8;

  static final GemmTiles<float[]> FLOATS = new GemmTilesFloat(ROWS, VectorSupport.vectorBits());
  static final GemmTiles<double[]> DOUBLES = new GemmTilesDouble(ROWS, VectorSupport.vectorBits());

  private GemmTier() {}
}
