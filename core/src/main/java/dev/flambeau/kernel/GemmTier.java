package dev.flambeau.kernel;

import java.lang.System.Logger.Level;

/** Which tiles this machine and JVM can run, decided when the first large product comes. */
final class GemmTier {
  private static final boolean VECTORS = hasVectorModule();

  static final GemmTiles<float[]> FLOATS = VECTORS ? GemmTileVectors.floats() : GemmTileScalar.floats();
  static final GemmTiles<double[]> DOUBLES = VECTORS ? GemmTileVectors.doubles() : GemmTileScalar.doubles();

  private GemmTier() {}

  private static boolean hasVectorModule() {
    boolean present = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    if (!present) {
      System.getLogger(GemmTier.class.getPackageName()).log(Level.INFO,
          "Matrix products run without the Vector API, several times slower; "
              + "start the JVM with --add-modules jdk.incubator.vector");
    }
    return present;
  }
}
