package dev.flambeau.kernel;

import java.util.Arrays;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Vectors as wide as {@link VectorSupport} says. Loaded only where the module {@code jdk.incubator.vector} is. */
final class Species {
  private static final VectorShape SHAPE = VectorShape.forBitSize(VectorSupport.vectorBits());
  static final VectorSpecies<Float> FLOATS = SHAPE.withLanes(float.class);
  static final VectorSpecies<Double> DOUBLES = SHAPE.withLanes(double.class);
  static final VectorSpecies<Integer> INTS = SHAPE.withLanes(int.class);
  static final VectorSpecies<Long> LONGS = SHAPE.withLanes(long.class);

  /** The lanes that each step of a transposition selects from two vectors, see {@link GemmTileTurnCompiler}. */
  static final int[] INT_EXCHANGES = exchanges(INTS.length());
  static final long[] LONG_EXCHANGES = Arrays.stream(exchanges(LONGS.length())).asLongStream().toArray();

  private Species() {}

  private static int[] exchanges(int lanes) {
    int[] table = new int[2 * Integer.numberOfTrailingZeros(lanes) * lanes];
    int at = 0;
    for (int half = 1; half < lanes; half *= 2) {
      for (int l = 0; l < lanes; l++) table[at++] = (l & half) == 0 ? l : lanes + l - half;
      for (int l = 0; l < lanes; l++) table[at++] = (l & half) == 0 ? l + half : lanes + l;
    }
    return table;
  }
}
