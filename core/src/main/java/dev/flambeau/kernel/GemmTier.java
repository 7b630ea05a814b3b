package dev.flambeau.kernel;

/** Which tiles this machine and JVM can run, decided when the first large product comes. */
final class GemmTier {
  static final GemmTiles<float[]> FLOATS =
      VectorSupport.available() ? GemmTileVectors.floats() : GemmTileScalar.floats();
  static final GemmTiles<double[]> DOUBLES =
      VectorSupport.available() ? GemmTileVectors.doubles() : GemmTileScalar.doubles();

  private GemmTier() {}
}
