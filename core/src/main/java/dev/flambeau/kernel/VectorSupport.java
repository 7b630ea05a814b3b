package dev.flambeau.kernel;

import java.lang.System.Logger.Level;
import jdk.incubator.vector.FloatVector;

/**
 * Whether the Vector API is there, and how wide its vectors are.
 *
 * <p>The system property {@code flambeau.vector} forces a choice: {@code off}, {@code 128}, {@code 256} or {@code 512}
 * bits, at most what the machine has. Results are the same but for the rounding of convolutions.
 */
final class VectorSupport {
  private static final int BITS = bits();

  private VectorSupport() {}

  /** Whether vectors can be used. */
  static boolean available() { return BITS > 0; }

  /** The width of a vector, 0 without. */
  static int vectorBits() { return BITS; }

  private static int bits() {
    String forced = System.getProperty("flambeau.vector", "");
    if (forced.equals("off")) return 0;
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      System.getLogger("dev.flambeau").log(Level.INFO,
          "running without the Vector API, several times slower; start the JVM with --add-modules jdk.incubator.vector");
      return 0;
    }
    int widest = FloatVector.SPECIES_PREFERRED.vectorBitSize();
    return forced.isEmpty() ? widest : Math.min(widest, Integer.parseInt(forced));
  }
}
