package dev.flambeau.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * What each output reads: from output (p, q), tap t looks at input row {@code p·stepDown + down[t]} and column
 * {@code q·stepAcross + across[t]}, with the element {@code weight[t]} of a filter's plane.
 *
 * <p>Rows and columns are numbered by their remainder, the phase, and their quotient by the steps: within a phase,
 * neighbouring outputs read neighbouring elements.
 */
final class ConvTaps {
  private final int[][] down;
  private final int[][] across;
  private final int kernelAcross;
  final int count;
  final int stepDown;
  final int stepAcross;
  final int[] weight;
  /** The phase of each tap, and within it how many rows and columns further it looks than the first. */
  final int[] phase;
  final int[] rowShift;
  final int[] columnShift;
  /** Where output (0, 0) looks in each phase. */
  final int[] phaseRow;
  final int[] phaseColumn;
  /** The largest shifts. */
  final int reachDown;
  final int reachAcross;

  /** All pairs of a tap down and a tap across, the kernel being {@code kernelAcross} wide. */
  ConvTaps(int stepDown, int[][] down, int stepAcross, int[][] across, int kernelAcross) {
    this.down = down;
    this.across = across;
    this.kernelAcross = kernelAcross;
    this.stepDown = stepDown;
    this.stepAcross = stepAcross;
    count = down.length * across.length;
    weight = new int[count];
    phase = new int[count];
    rowShift = new int[count];
    columnShift = new int[count];
    int top = least(down);
    int left = least(across);
    List<Integer> rows = new ArrayList<>();
    List<Integer> columns = new ArrayList<>();
    int farDown = 0;
    int farAcross = 0;
    for (int t = 0; t < count; t++) {
      int[] y = down[t / across.length];
      int[] x = across[t % across.length];
      weight[t] = y[0] * kernelAcross + x[0];
      int row = top + Math.floorMod(y[1] - top, stepDown);
      int column = left + Math.floorMod(x[1] - left, stepAcross);
      int known = 0;
      while (known < rows.size() && (rows.get(known) != row || columns.get(known) != column)) known++;
      if (known == rows.size()) {
        rows.add(row);
        columns.add(column);
      }
      phase[t] = known;
      rowShift[t] = (y[1] - row) / stepDown;
      columnShift[t] = (x[1] - column) / stepAcross;
      farDown = Math.max(farDown, rowShift[t]);
      farAcross = Math.max(farAcross, columnShift[t]);
    }
    phaseRow = rows.stream().mapToInt(Integer::intValue).toArray();
    phaseColumn = columns.stream().mapToInt(Integer::intValue).toArray();
    reachDown = farDown;
    reachAcross = farAcross;
  }

  /** The same for all columns, of which this looks from every {@code stepAcross}-th. */
  ConvTaps ofAllColumns() { return stepAcross == 1 ? this : new ConvTaps(stepDown, down, 1, across, kernelAcross); }

  private static int least(int[][] taps) {
    int least = Integer.MAX_VALUE;
    for (int[] tap : taps) least = Math.min(least, tap[1]);
    return least;
  }

  /** The taps of a convolution. */
  static ConvTaps forward(ConvAxis down, ConvAxis across) {
    return new ConvTaps(down.stride(), forward(down), across.stride(), forward(across), across.kernel());
  }

  /** Pairs of an index in the kernel and the place where output 0 looks. */
  private static int[][] forward(ConvAxis axis) {
    int[][] taps = new int[axis.kernel()][];
    for (int r = 0; r < taps.length; r++) taps[r] = new int[] {r, r * axis.dilation() - axis.before()};
    return taps;
  }

  /** The same for the gradients of every {@code stride}-th input from {@code first} on, by outputs. */
  static int[][] backward(ConvAxis axis, int first) {
    List<int[]> taps = new ArrayList<>();
    for (int r = 0; r < axis.kernel(); r++) {
      int reached = first + axis.before() - r * axis.dilation();
      if (reached % axis.stride() == 0) taps.add(new int[] {r, reached / axis.stride()});
    }
    return taps.toArray(int[][]::new);
  }
}
