package dev.flambeau.kernel;

import java.util.Arrays;

/**
 * The loops of a convolution over one element type.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
interface ConvLoops<A> {
  /** Steps gathered at a time: what they fill stays in the first cache. */
  int STRETCH = 64;

  /** Elements side by side that are worth a call to copy them. */
  int LONG_RUN = 12;

  /** The value in {@code [from, to)}. */
  void fill(A a, int from, int to, double value);

  /** Zeros in {@code [from, to)}. */
  default void zero(A a, int from, int to) { fill(a, from, to, 0); }

  /** Copies rows, {@code row} and {@code toRow} apart: every {@code step}-th element to every {@code toStep}-th. */
  void copy(A from, int at, int row, int step, A to, int toAt, int toRow, int toStep, int rows, int columns);

  /** For each of {@code depth} steps the elements at some places: {@code to[k, j] = from[steps[k] + places[j]]}. */
  void gather(A from, int at, int[] steps, int depth, int[] places, int used, A to, int toAt, int width);

  /** The elements at some places, of which always {@code run} lie side by side: {@code to[j] = from[places[j]]}. */
  void spread(A from, int at, int[] places, int run, A to, int toAt);

  /** Adds {@code from[j, t]}, rows being {@code row} apart, to {@code to[places[j] + steps[t]]}. */
  void collect(A from, int at, int row, A to, int[] places, int[] steps);

  /** Adds {@code bias[biasAt]} to every {@code step}-th element. */
  void add(A bias, int biasAt, A to, int toAt, int count, int step);

  /** Floats. */
  final class Floats implements ConvLoops<float[]> {
    @Override
    public void fill(float[] a, int from, int to, double value) { Arrays.fill(a, from, to, (float) value); }

    @Override
    public void copy(float[] from, int at, int row, int step, float[] to, int toAt, int toRow, int toStep, int rows,
        int columns) {
      boolean runs = step == 1 && toStep == 1;
      if (runs && row == columns && toRow == columns) {
        System.arraycopy(from, at, to, toAt, rows * columns);
        return;
      }
      if (RowCopy.copy(from, at, row, step, to, toAt, toRow, toStep, rows, columns)) return;
      for (int r = 0, i = at, o = toAt; r < rows; r++, i += row, o += toRow) {
        if (runs) System.arraycopy(from, i, to, o, columns);
        else if (step == 2 && toStep == 1) for (int j = 0; j < columns; j++) to[o + j] = from[i + 2 * j];
        else if (step == 1 && toStep == 2) for (int j = 0; j < columns; j++) to[o + 2 * j] = from[i + j];
        else for (int j = 0; j < columns; j++) to[o + j * toStep] = from[i + j * step];
      }
    }

    @Override
    public void gather(float[] from, int at, int[] steps, int depth, int[] places, int used, float[] to, int toAt,
        int width) {
      for (int k = 0; k < depth; k += STRETCH) {
        int end = Math.min(depth, k + STRETCH);
        for (int j = 0; j < used; j++) gather(from, at + places[j], steps, k, end, to, toAt + j, width);
      }
    }

    private static void gather(float[] from, int at, int[] steps, int begin, int end, float[] to, int toAt, int width) {
      for (int k = begin; k < end; k++) to[toAt + k * width] = from[at + steps[k]];
    }

    @Override
    public void spread(float[] from, int at, int[] places, int run, float[] to, int toAt) {
      if (run < LONG_RUN) for (int j = 0; j < places.length; j++) to[toAt + j] = from[at + places[j]];
      else for (int j = 0; j < places.length; j += run) System.arraycopy(from, at + places[j], to, toAt + j, run);
    }

    @Override
    public void collect(float[] from, int at, int row, float[] to, int[] places, int[] steps) {
      for (int j = 0; j < places.length; j++) {
        int read = at + j * row;
        int place = places[j];
        for (int t = 0; t < steps.length; t++) to[place + steps[t]] += from[read + t];
      }
    }

    @Override
    public void add(float[] bias, int biasAt, float[] to, int toAt, int count, int step) {
      float b = bias[biasAt];
      if (step == 1) for (int i = 0; i < count; i++) to[toAt + i] += b;
      else for (int i = 0; i < count; i++) to[toAt + i * step] += b;
    }
  }

  /** Doubles. */
  final class Doubles implements ConvLoops<double[]> {
    @Override
    public void fill(double[] a, int from, int to, double value) { Arrays.fill(a, from, to, value); }

    @Override
    public void copy(double[] from, int at, int row, int step, double[] to, int toAt, int toRow, int toStep, int rows,
        int columns) {
      boolean runs = step == 1 && toStep == 1;
      if (runs && row == columns && toRow == columns) {
        System.arraycopy(from, at, to, toAt, rows * columns);
        return;
      }
      for (int r = 0, i = at, o = toAt; r < rows; r++, i += row, o += toRow) {
        if (runs) System.arraycopy(from, i, to, o, columns);
        else if (step == 2 && toStep == 1) for (int j = 0; j < columns; j++) to[o + j] = from[i + 2 * j];
        else if (step == 1 && toStep == 2) for (int j = 0; j < columns; j++) to[o + 2 * j] = from[i + j];
        else for (int j = 0; j < columns; j++) to[o + j * toStep] = from[i + j * step];
      }
    }

    @Override
    public void gather(double[] from, int at, int[] steps, int depth, int[] places, int used, double[] to, int toAt,
        int width) {
      for (int k = 0; k < depth; k += STRETCH) {
        int end = Math.min(depth, k + STRETCH);
        for (int j = 0; j < used; j++) gather(from, at + places[j], steps, k, end, to, toAt + j, width);
      }
    }

    private static void gather(double[] from, int at, int[] steps, int begin, int end, double[] to, int toAt,
        int width) {
      for (int k = begin; k < end; k++) to[toAt + k * width] = from[at + steps[k]];
    }

    @Override
    public void spread(double[] from, int at, int[] places, int run, double[] to, int toAt) {
      if (run < LONG_RUN) for (int j = 0; j < places.length; j++) to[toAt + j] = from[at + places[j]];
      else for (int j = 0; j < places.length; j += run) System.arraycopy(from, at + places[j], to, toAt + j, run);
    }

    @Override
    public void collect(double[] from, int at, int row, double[] to, int[] places, int[] steps) {
      for (int j = 0; j < places.length; j++) {
        int read = at + j * row;
        int place = places[j];
        for (int t = 0; t < steps.length; t++) to[place + steps[t]] += from[read + t];
      }
    }

    @Override
    public void add(double[] bias, int biasAt, double[] to, int toAt, int count, int step) {
      double b = bias[biasAt];
      if (step == 1) for (int i = 0; i < count; i++) to[toAt + i] += b;
      else for (int i = 0; i < count; i++) to[toAt + i * step] += b;
    }
  }
}
