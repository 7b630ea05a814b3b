package dev.flambeau.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/** Copies of rows so short that the call to copy one takes longer than its elements, or of every other element. */
final class RowCopy {
  private static final int LONGEST = 64;

  private RowCopy() {}

  /** As {@link ConvLoops#copy}, if vectors are worth while and there are any; otherwise nothing is done. */
  static boolean copy(float[] from, int at, int row, int step, float[] to, int toAt, int toRow, int toStep, int rows,
      int columns) {
    boolean gather = step == 2 && toStep == 1;
    boolean scatter = step == 1 && toStep == 2;
    boolean shortRows = step == 1 && toStep == 1 && columns <= LONGEST;
    if (!gather && !scatter && !shortRows || !VectorSupport.available() || !Vectors.WARM_UP.isDone()) return false;
    if (gather) Vectors.gather(from, at, row, to, toAt, toRow, rows, columns);
    else if (scatter) Vectors.scatter(from, at, row, to, toAt, toRow, rows, columns);
    else Vectors.copy(from, at, row, to, toAt, toRow, rows, columns);
    return true;
  }

  /** Loaded only where the module {@code jdk.incubator.vector} is. */
  static final class Vectors {
    private static final int LANES = Species.FLOATS.length();
    private static final VectorMask<Float> EVEN = VectorMask.fromLong(Species.FLOATS, 0x5555555555555555L);
    private static final VectorShuffle<Float> EVENS = VectorShuffle.fromOp(Species.FLOATS, i -> 2 * i);
    private static final VectorShuffle<Float> LOW = VectorShuffle.fromOp(Species.FLOATS, i -> i / 2);
    private static final VectorShuffle<Float> HIGH = VectorShuffle.fromOp(Species.FLOATS, i -> (i + LANES) / 2);
    static final WarmUp WARM_UP = warmUp();

    private static WarmUp warmUp() {
      float[] a = new float[4096];
      float[] b = new float[4096];
      return WarmUp.of(() -> {
        copy(a, 0, 40, b, 0, 50, 16, 40);
        gather(a, 0, 80, b, 0, 50, 16, 40);
        scatter(a, 0, 40, b, 0, 80, 16, 40);
      }, 4_000);
    }

    static void copy(float[] from, int at, int row, float[] to, int toAt, int toRow, int rows, int columns) {
      int whole = columns / LANES * LANES;
      VectorMask<Float> rest = Species.FLOATS.indexInRange(whole, columns);
      for (int r = 0, i = at, o = toAt; r < rows; r++, i += row, o += toRow) {
        for (int j = 0; j < whole; j += LANES) {
          FloatVector.fromArray(Species.FLOATS, from, i + j).intoArray(to, o + j);
        }
        if (whole < columns)
          FloatVector.fromArray(Species.FLOATS, from, i + whole, rest).intoArray(to, o + whole, rest);
      }
    }

    /** Every other element to neighbouring ones. */
    static void gather(float[] from, int at, int row, float[] to, int toAt, int toRow, int rows, int columns) {
      for (int j = 0; j < columns; j += LANES) {
        VectorMask<Float> all = Species.FLOATS.indexInRange(j, columns);
        VectorMask<Float> low = Species.FLOATS.indexInRange(2 * j, 2 * columns - 1);
        VectorMask<Float> high = Species.FLOATS.indexInRange(2 * j + LANES, 2 * columns - 1);
        for (int r = 0, i = at + 2 * j, o = toAt + j; r < rows; r++, i += row, o += toRow) {
          FloatVector a = FloatVector.fromArray(Species.FLOATS, from, i, low);
          FloatVector b = FloatVector.fromArray(Species.FLOATS, from, i + LANES, high);
          a.rearrange(EVENS, b).intoArray(to, o, all);
        }
      }
    }

    /** Neighbouring elements to every other one. */
    static void scatter(float[] from, int at, int row, float[] to, int toAt, int toRow, int rows, int columns) {
      for (int j = 0; j < columns; j += LANES) {
        VectorMask<Float> all = Species.FLOATS.indexInRange(j, columns);
        VectorMask<Float> low = Species.FLOATS.indexInRange(2 * j, 2 * columns).and(EVEN);
        VectorMask<Float> high = Species.FLOATS.indexInRange(2 * j + LANES, 2 * columns).and(EVEN);
        for (int r = 0, i = at + j, o = toAt + 2 * j; r < rows; r++, i += row, o += toRow) {
          FloatVector a = FloatVector.fromArray(Species.FLOATS, from, i, all);
          a.rearrange(LOW).intoArray(to, o, low);
          a.rearrange(HIGH).intoArray(to, o + LANES, high);
        }
      }
    }
  }
}
