package dev.flambeau.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** The greatest of some taps in each of many lanes, and its place. */
final class LaneMaxima {
  private LaneMaxima() {}

  /**
   * For each lane l the first tap k with the greatest {@code src[offsets[k] + l]}, or the last with a NaN: the value to {@code out[at + l]} and
   * {@code places[k]} to {@code found[to + l]}.
   */
  static void find(float[] src, int[] offsets, int[] places, int taps, int lanes, float[] out, int at,
      int[] found, int to) {
    if (VectorSupport.available() && lanes >= Vectors.LANES && Vectors.WARM_UP.isDone()) {
      Vectors.find(src, offsets, places, taps, lanes, out, at, found, to);
    } else {
      oneByOne(src, offsets, places, taps, lanes, out, at, found, to);
    }
  }

  static void oneByOne(float[] src, int[] offsets, int[] places, int taps, int lanes,
      float[] out, int at, int[] found, int to) {
    for (int l = 0; l < lanes; l++) {
      float best = Float.NEGATIVE_INFINITY;
      int place = places[0];
      for (int k = 0; k < taps; k++) {
        float value = src[offsets[k] + l];
        if (value > best || Float.isNaN(value)) {
          best = value;
          place = places[k];
        }
      }
      out[at + l] = best;
      found[to + l] = place;
    }
  }

  /** The same in vectors. Loaded only where the module {@code jdk.incubator.vector} is. */
  static final class Vectors {
    static final int LANES = Species.FLOATS.length();
    static final WarmUp WARM_UP = warmUp();

    private static WarmUp warmUp() {
      float[] src = new float[9 * 64];
      int[] offsets = new int[9];
      Arrays.setAll(offsets, k -> 64 * k);
      float[] out = new float[64];
      int[] found = new int[64];
      return WarmUp.of(() -> find(src, offsets, offsets, 9, 64, out, 0, found, 0), 2_000);
    }

    static void find(float[] src, int[] offsets, int[] places, int taps, int lanes, float[] out, int at,
        int[] found, int to) {
      for (int i = 0; i < lanes; i += LANES) {
        int l = Math.min(i, lanes - LANES);
        FloatVector best = FloatVector.fromArray(Species.FLOATS, src, offsets[0] + l);
        IntVector place = IntVector.broadcast(Species.INTS, places[0]);
        for (int k = 1; k < taps; k++) {
          FloatVector value = FloatVector.fromArray(Species.FLOATS, src, offsets[k] + l);
          VectorMask<Float> better =
              value.compare(VectorOperators.GT, best).or(value.test(VectorOperators.IS_NAN));
          best = best.blend(value, better);
          place = place.blend(places[k], better.cast(Species.INTS));
        }
        best.intoArray(out, at + l);
        place.intoArray(found, to + l);
      }
    }
  }
}
